internal import Foundation
internal import NumericMethods

/// How alerts compare with the events that were put in.
///
/// Nobody has labelled what really happened to the customers, so an alert that meets no injected event is judged with hindsight
/// from the untouched loads: if the customer stayed `hindsightDeviation` log points or more away from the alert's baseline, the
/// same way, on `hindsightDays` of the four weeks around the alert, it is a real change and set apart; else it is false.
/// The strict numbers count every alert that is not an injected event as false.
public struct AlertScores: Sendable, Hashable {
  /// An alert belongs to an event of its direction from the first day to so many days later.
  public static let matchingDays = 28
  public static let hindsightDays = 10
  public static let hindsightDeviation = 0.25

  public var events = 0
  public var detected = 0
  public var alerts = 0
  /// Later alerts about a customer with an event, as on its recovery: neither right nor wrong.
  public var aftermath = 0
  public var realChanges = 0
  public var falseAlarms = 0
  public var delays: [Int] = []
  public var eventsByKind: [LoadAlertKind: Int] = [:]
  public var detectedByKind: [LoadAlertKind: Int] = [:]
  public var customerYears = 0.0
  public var watchedShare = 0.0

  public var recall: Double { events == 0 ? 0 : Double(detected) / Double(events) }
  public var precision: Double { ratio(detected, detected + falseAlarms) }
  public var strictPrecision: Double { ratio(detected, detected + falseAlarms + realChanges) }
  public var falseAlarmsPerYear: Double { customerYears > 0 ? Double(falseAlarms) / customerYears : 0 }
  public var strictFalseAlarmsPerYear: Double {
    customerYears > 0 ? Double(falseAlarms + realChanges) / customerYears : 0
  }
  public var medianDelay: Double? { delays.isEmpty ? nil : median(delays.map(Double.init)) }

  private func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }

  /// - Parameters:
  ///   - told: alerts on the loads with events, in order of time for each customer.
  ///   - untouched: the loads before the events, and what the detector computes from them.
  public init(
    _ told: [LoadAlert], events injected: [InjectedEvent], untouched: DailyLoads, hindsight: LoadWatch, from first: Int
  ) {
    events = injected.count
    alerts = told.count
    customerYears = Double(untouched.customers.count * (untouched.days - first)) / 365
    watchedShare = hindsight.watchedShare(from: first)
    for event in injected { eventsByKind[event.kind, default: 0] += 1 }
    let byCustomer = Dictionary(uniqueKeysWithValues: injected.map { ($0.customer, $0) })
    var found: Set<Int> = []
    for alert in told {
      if let event = byCustomer[alert.customer], alert.day >= event.day {
        let isMatch = alert.isRise == (event.kind == .expansion) && alert.day <= event.day + Self.matchingDays
        if isMatch, found.insert(alert.customer).inserted {
          detected += 1
          delays.append(alert.day - event.day)
          detectedByKind[event.kind, default: 0] += 1
        } else {
          aftermath += 1
        }
      } else if hindsight.confirms(alert, in: untouched) {
        realChanges += 1
      } else {
        falseAlarms += 1
      }
    }
  }
}

extension LoadWatch {
  /// Whether the loads stayed away from the alert's baseline for long enough, seen with hindsight.
  func confirms(_ alert: LoadAlert, in loads: DailyLoads) -> Bool {
    let place = alert.customer * days + alert.day
    let baseline = Double(residuals.baselines[place])
    let offset = Double(residuals.offsets[place])
    guard baseline.isFinite, offset > 0 else { return true }
    var lasting = 0
    for day in (alert.day - 6)...(alert.day + 21) where day >= 0 && day < days && !residuals.unusual[day] {
      // Every day against its own weekday's baseline as it stood at the alert.
      let reference = Double(residuals.baselines[alert.customer * days + sameWeekday(of: day, notAfter: alert.day)])
      guard reference.isFinite, loads[alert.customer, day].isFinite else { continue }
      let residual =
        log((max(loads[alert.customer, day], 0) + offset) / (reference + offset)) - residuals.common[day]
      if residual * (alert.isRise ? 1 : -1) >= AlertScores.hindsightDeviation { lasting += 1 }
    }
    return lasting >= AlertScores.hindsightDays
  }

  private func sameWeekday(of day: Int, notAfter last: Int) -> Int {
    day <= last ? day : day - 7 * ((day - last + 6) / 7)
  }
}

/// The rule that products use (a day 50 % off the mean of the last 30 days), as a control.
public struct NaiveLoadRule: Sendable {
  public init() {}

  public func alerts(in loads: DailyLoads, from first: Int) -> [LoadAlert] {
    var found: [LoadAlert] = []
    for customer in loads.customers.indices {
      var quiet = (rise: -1, fall: -1)
      for day in max(first, 30)..<loads.days {
        let past = ((day - 30)..<day).map { loads[customer, $0] }.filter(\.isFinite)
        let value = loads[customer, day]
        guard past.count >= 20, value.isFinite else { continue }
        let mean = mean(past)
        guard mean > 0, abs(value / mean - 1) > 0.5 else { continue }
        let isRise = value > mean
        guard day > (isRise ? quiet.rise : quiet.fall) else { continue }
        if isRise { quiet.rise = day + 35 } else { quiet.fall = day + 35 }
        found.append(
          LoadAlert(
            customer: customer, day: day, kind: isRise ? .expansion : .decline, severity: .alert,
            deviation: log((value + 0.1 * mean) / (1.1 * mean)), threshold: log(1.5), cusum: 0,
            baseline: mean, observed: value))
      }
    }
    return found
  }
}
