internal import Foundation
internal import NumericMethods

/// Tells of expansions, stops and relocations from daily energy alone.
///
/// A residual to the same weekdays' median, without the portfolio's common factor, is judged by a two-sided CUSUM (Page,
/// Biometrika 41, 1954) and by persistence: the median of the last week and the share of its days that lean the same way. The
/// threshold is the customer's own: a multiple of what it usually does.
public struct LoadAlertDetector: Sendable {
  public let settings: AlertSettings

  public init(settings: AlertSettings = AlertSettings()) { self.settings = settings }

  /// - Parameters:
  ///   - holidays: public holidays; ``UnusualDays`` widens them.
  ///   - first: first day on which something may be told.
  /// - Returns: alerts by customer and day, the same at any number of threads.
  public func watch(
    _ loads: DailyLoads, unusual: UnusualDays, from first: Int, threads: Int = 1
  ) -> LoadWatch {
    let residuals = LoadResiduals(loads, holidays: unusual, settings: settings, threads: threads)
    let found = concurrentMap(count: loads.customers.count, threads: threads) { customer in
      let range = (customer * loads.days)..<((customer + 1) * loads.days)
      let watch = CustomerWatch(
        residuals: residuals.residuals[range], unusual: residuals.unusual, settings: settings)
      return (watch, alerts(of: customer, watch, residuals, loads, from: first))
    }
    return LoadWatch(
      alerts: found.flatMap(\.1), thresholds: found.flatMap { $0.0.thresholds },
      deviations: found.flatMap { $0.0.deviations }, residuals: residuals, days: loads.days)
  }

  private func alerts(
    of customer: Int, _ watch: CustomerWatch, _ residuals: LoadResiduals, _ loads: DailyLoads, from first: Int
  ) -> [LoadAlert] {
    var found: [LoadAlert] = []
    var cusum = (rise: 0.0, fall: 0.0)
    var quietUntil: [AlertSeverity: [Bool: Int]] = [:]
    let start = customer * loads.days
    for day in 0..<loads.days {
      let residual = Double(residuals.residuals[start + day])
      if residual.isFinite, !residuals.unusual[day], watch.usual[day].isFinite {
        step(&cusum, residual / max(watch.usual[day], 1e-3))
      }
      guard day >= first, watch.thresholds[day].isFinite else { continue }
      for severity in [AlertSeverity.watch, .alert] {
        guard let deviation = deviation(severity, watch, residuals, start: start, day: day) else { continue }
        let sum = deviation > 0 ? cusum.rise : cusum.fall
        guard severity == .watch || sum >= settings.cusumLimit else { continue }
        if let quiet = quietUntil[severity]?[deviation > 0], day <= quiet { continue }
        quietUntil[severity, default: [:]][deviation > 0] = day + settings.refractoryDays
        found.append(
          alert(customer, day, severity, deviation, sum, threshold: watch.thresholds[day], residuals, loads))
      }
    }
    return found
  }

  private func step(_ cusum: inout (rise: Double, fall: Double), _ score: Double) {
    let held = min(max(score, -settings.cusumClip), settings.cusumClip)
    cusum.rise = max(0, cusum.rise + held - settings.cusumSlack)
    cusum.fall = max(0, cusum.fall - held - settings.cusumSlack)
  }

  /// The deviation of the day if it is to be told with this severity.
  private func deviation(
    _ severity: AlertSeverity, _ watch: CustomerWatch, _ residuals: LoadResiduals, start: Int, day: Int
  ) -> Double? {
    guard severity == .alert else { return fastFall(residuals, start: start, day: day) }
    let deviation = watch.deviations[day]
    guard deviation.isFinite, abs(deviation) > watch.thresholds[day] else { return nil }
    let judged = ((day - settings.window + 1)...day).filter {
      !residuals.unusual[$0] && residuals.residuals[start + $0].isFinite
    }
    let leaning = judged.count {
      Double(residuals.residuals[start + $0]) * (deviation > 0 ? 1 : -1) > settings.leastDeviation / 2
    }
    return leaning >= min(settings.agreeingDays, judged.count - 1) ? deviation : nil
  }

  private func fastFall(_ residuals: LoadResiduals, start: Int, day: Int) -> Double? {
    guard day >= settings.fastDays else { return nil }
    var sum = 0.0
    for past in (day - settings.fastDays + 1)...day {
      let residual = Double(residuals.residuals[start + past])
      let offset = Double(residuals.offsets[start + past])
      let baseline = Double(residuals.baselines[start + past])
      // The residual at which the load is the share of its baseline that counts as stopped.
      let limit = log((settings.fastShare * baseline + offset) / (baseline + offset))
      guard !residuals.unusual[past], residual.isFinite, baseline > 2 * offset, residual < limit else { return nil }
      sum += residual
    }
    return sum / Double(settings.fastDays)
  }

  private func alert(
    _ customer: Int, _ day: Int, _ severity: AlertSeverity, _ deviation: Double, _ cusum: Double, threshold: Double,
    _ residuals: LoadResiduals, _ loads: DailyLoads
  ) -> LoadAlert {
    let start = customer * loads.days
    let width = severity == .alert ? settings.window : settings.fastDays
    let span = (day - width + 1)...day
    let known = span.filter { loads[customer, $0].isFinite && residuals.baselines[start + $0].isFinite }
    let count = Double(max(known.count, 1))
    let observed = known.reduce(0) { $0 + loads[customer, $1] } / count
    let baseline = known.reduce(0) { $0 + Double(residuals.baselines[start + $1]) } / count
    return LoadAlert(
      customer: customer, day: day, kind: kind(deviation, observed / max(baseline, 1e-9), residuals, start, day),
      severity: severity, deviation: deviation, threshold: threshold, cusum: cusum, baseline: baseline,
      observed: observed)
  }

  /// A rise is an expansion; a fall to below a quarter at once is a stop, one that came in steps a relocation, others a decline.
  private func kind(
    _ deviation: Double, _ share: Double, _ residuals: LoadResiduals, _ start: Int, _ day: Int
  ) -> LoadAlertKind {
    if deviation > 0 { return .expansion }
    let past = ((day - 13)...(day - 3)).filter { $0 >= 0 }.map { Double(residuals.residuals[start + $0]) }
    let halfway = past.count { $0.isFinite && $0 < -0.15 && $0 > deviation * 0.75 }
    if halfway >= 5 { return .relocation }
    return share < settings.fastShare ? .productionStop : .decline
  }
}

/// What a detector saw.
public struct LoadWatch: Sendable {
  public let alerts: [LoadAlert]
  /// [customer · days + day]: the deviation that would be told; infinite where the customer is not watched.
  public let thresholds: [Double]
  let deviations: [Double]
  let residuals: LoadResiduals
  let days: Int

  public func threshold(_ customer: Int, _ day: Int) -> Double { thresholds[customer * days + day] }

  /// The median residual of the last known days with the mean baseline and load; nil with fewer than four fifths of them.
  func rise(of customer: Int, _ loads: DailyLoads, days span: Int) -> (
    residual: Double, baseline: Double, observed: Double
  )? {
    let start = customer * days
    let known = (max(0, days - span)..<days).filter {
      residuals.residuals[start + $0].isFinite && residuals.baselines[start + $0].isFinite
        && loads[customer, $0].isFinite
        && !residuals.unusual[$0]
    }
    guard known.count * 5 >= span * 4 else { return nil }
    let count = Double(known.count)
    return (
      median(known.map { Double(residuals.residuals[start + $0]) }),
      known.reduce(0) { $0 + Double(residuals.baselines[start + $1]) } / count,
      known.reduce(0) { $0 + loads[customer, $1] } / count
    )
  }

  /// Share of the customers' days from `first` on that are watched.
  public func watchedShare(from first: Int) -> Double {
    let customers = thresholds.count / max(days, 1)
    guard customers > 0, first < days else { return 0 }
    var watched = 0
    for customer in 0..<customers {
      for day in first..<days where thresholds[customer * days + day].isFinite { watched += 1 }
    }
    return Double(watched) / Double(customers * (days - first))
  }
}
