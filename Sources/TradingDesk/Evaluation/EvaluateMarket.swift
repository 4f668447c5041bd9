public import Foundation
internal import MarketData
public import MarketModel
internal import PowerSystem
internal import UnitCommitment

/// Which days of a system to clear, and where to write what.
public struct MarketRequest: Sendable {
  /// Folder of the system (RTS-GMLC).
  public var data: URL
  public var firstDay: MarketDay
  public var days: Int
  /// Length of a real-time interval in minutes (5 to 60, a divisor of 60); nil for the day-ahead market alone.
  public var realTimeMinutes: Int?
  /// Hours after each day that its commitment looks ahead, 0 to 24.
  public var lookAheadHours: Int
  /// Relative gap of each commitment, and its seconds.
  public var gap: Double
  public var timeLimit: Double
  public var withNetwork: Bool
  public var threads: Int
  /// Prices of all buses and intervals as CSV.
  public var prices: URL?
  /// Cleared schedule and dispatch of all units and hours as CSV.
  public var schedule: URL?
  public var page: URL?
  /// The command as it was given, for the report.
  public var command: String

  public init(
    data: URL, firstDay: MarketDay, days: Int, realTimeMinutes: Int? = 60, lookAheadHours: Int = 12,
    gap: Double = 0.005, timeLimit: Double = 60, withNetwork: Bool = true, threads: Int = 1, prices: URL? = nil,
    schedule: URL? = nil, page: URL? = nil, command: String = ""
  ) {
    self.data = data
    self.firstDay = firstDay
    self.days = days
    self.realTimeMinutes = realTimeMinutes
    self.lookAheadHours = lookAheadHours
    self.gap = gap
    self.timeLimit = timeLimit
    self.withNetwork = withNetwork
    self.threads = threads
    self.prices = prices
    self.schedule = schedule
    self.page = page
    self.command = command
  }
}

extension TradingDesk {
  /// Clears days of a system in a row: commitment and prices the day before, units that the better known demand needs, dispatch and
  /// prices in real time. Every decision is audited from the data.
  ///
  /// - Throws: `DeskProblem` if the data cannot be read, a day has no solution or a file cannot be written.
  public func evaluateMarket(_ request: MarketRequest) throws -> MarketReport {
    let start = now()
    let days = try inDeskTerms {
      try RtsGmlcDays(
        at: request.data, withNetwork: request.withNetwork, withActuals: request.realTimeMinutes != nil)
    }
    let last = request.firstDay.advanced(by: request.days - 1)
    guard last <= days.lastDay else {
      throw DeskProblem(.badData, "\(request.data.path) ends with \(days.lastDay); \(last) was asked for.")
    }
    let settings = MarketChainSettings(
      lookAheadHours: request.lookAheadHours, gap: request.gap, timeLimit: request.timeLimit,
      realTimeMinutes: request.realTimeMinutes)
    let run: MarketRun
    do {
      run = try inDeskTerms {
        try clearMarket(
          days, from: request.firstDay, count: request.days, settings: settings, threads: request.threads
        ) { progress($0.line) }
      }
    } catch let problem as DeskProblem {
      throw problem
    } catch {
      throw DeskProblem(.infeasible, "\(request.data.path): \(error)")
    }
    let report = try report(on: run, of: request, days, seconds: now().timeIntervalSince(start))
    if let file = request.prices { try writeFile(run.trace.priceTable(), to: file) }
    if let file = request.page { try writeFile(MarketPage(report: report, trace: run.trace).document(), to: file) }
    if let file = request.schedule { try writeFile(run.trace.scheduleTable(), to: file) }
    return report
  }

  private func report(
    on run: MarketRun, of request: MarketRequest, _ days: any MarketDays, seconds: Double
  ) throws -> MarketReport {
    let gaps = run.days.map(\.gap)
    let failed = run.days.lazy.flatMap { day in day.audit.all.map { (day.day, $0) } }.first { $0.1 != "passed" }
    let notes = try days.forecast(request.firstDay, days: 1).notes
    return MarketReport(
      provenance: MarketReport.Provenance(
        program: programVersion, command: request.command, data: request.data.lastPathComponent, sha256: days.digest),
      from: request.firstDay, to: request.firstDay.advanced(by: request.days - 1), days: run.days,
      total: MarketReport.Total(
        dayAheadCost: run.days.reduce(0) { $0 + $1.dayAhead.cost },
        realTimeCost: request.realTimeMinutes.map { _ in run.days.reduce(0) { $0 + ($1.realTime?.cost ?? 0) } },
        meanGap: gaps.reduce(0, +) / Double(max(1, gaps.count)), largestGap: gaps.max() ?? 0,
        audit: failed.map { "\($0.0): \($0.1)" } ?? "passed", seconds: seconds),
      notes: MarketReport.explanations + notes)
  }
}

extension MarketReport {
  /// How the figures came about.
  static let explanations = [
    "Each day is committed the day before on its forecast, with hours of the next day to look ahead to; the first 24 hours are "
      + "kept, dispatched with the statuses held, and priced by the duals of that dispatch.",
    "The reliability commitment sees the hourly means of real time: where the units of the schedule cannot carry them with "
      + "reserves, units are added at least cost; none is taken away. The next day begins in its end state.",
    "Real time clears one interval after the other and sees the hour after it; storages keep their cleared schedule.",
    "The cost of a day is that of its own hours: output, starts, stops, and what is missing at its price.",
  ]
}

extension MarketReport.Day {
  /// The day in a line of progress.
  var line: String {
    let audits = audit.all.first { $0 != "passed" } ?? "passed"
    let cost = [dayAhead.cost, realTime?.cost].compactMap { $0.map { readable($0) } }.joined(separator: " → ")
    let time = seconds.commitment + seconds.prices + seconds.reliability + seconds.realTime
    return
      "\(day): cost \(cost), gap \(readable(gap * 100, decimals: 2)) %, \(readable(time, decimals: 1)) s, audit \(audits)"
  }
}

extension MarketTrace {
  /// day, interval, market, bus, price, congestion.
  func priceTable() -> String {
    var text = "day,interval,market,bus,price,congestion\n"
    for (name, market) in [("day-ahead", dayAhead as Market?), ("real-time", realTime)] {
      guard let market else { continue }
      let perDay = 1_440 / market.minutes
      for interval in market.demand.indices {
        let head = "\(firstDay.advanced(by: interval / perDay)),\(interval % perDay + 1),\(name),"
        for (bus, place) in buses.enumerated() {
          let price = market.prices.total[bus][interval]
          let congestion = market.prices.congestion[bus][interval]
          text += head + "\(place),\(decimal(price)),\(decimal(congestion))\n"
        }
      }
    }
    return text
  }

  /// day, hour, unit, cleared_on, cleared_MW, on, dispatched_MW.
  func scheduleTable() -> String {
    var text = "day,hour,unit,cleared_on,cleared_MW,on,dispatched_MW\n"
    for (unit, hours) in zip(units, schedule) {
      for (index, hour) in hours.enumerated() {
        text += "\(firstDay.advanced(by: index / 24)),\(index % 24 + 1),\(unit),\(hour.isCleared ? 1 : 0),"
        text += "\(decimal(hour.cleared)),\(hour.isOn ? 1 : 0),\(hour.dispatched.map(decimal) ?? "")\n"
      }
    }
    return text
  }

  /// Four decimals, without a negative zero.
  private func decimal(_ value: Double) -> String {
    let rounded = (value * 10_000).rounded() / 10_000
    return "\(rounded == 0 ? 0 : rounded)"
  }
}
