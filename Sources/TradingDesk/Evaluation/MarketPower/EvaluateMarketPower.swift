internal import Bidding
internal import Clearing
internal import Forecasting
internal import Foundation
internal import MarketData
internal import MarketGames
public import MarketModel
internal import MarketRules
internal import NumericMethods
internal import ProvinceSimulation

/// What a test of market power is asked for.
public struct MarketPowerRequest: Sendable {
  public var from: MarketDay
  public var days: Int
  /// Shares of our output that contracts settle.
  public var covers: [Double]
  /// Days, spread over the period, on which the strategic groups play to an equilibrium.
  public var equilibriumDays: Int
  /// Share of every group's output that contracts settle in the equilibrium.
  public var equilibriumCover: Double
  public var rounds: Int
  /// Joint sets of curves on which an offer is judged against rivals at equilibrium.
  public var judgedSets = 5
  public var seed: UInt64
  /// Seed of the province; nil for the demonstration's own.
  public var provinceSeed: UInt64?
  public var threads: Int

  public init(
    from: MarketDay, days: Int, covers: [Double] = [0, 0.5, 0.7, 0.8, 0.9, 1], equilibriumDays: Int = 1,
    equilibriumCover: Double = 0.8, rounds: Int = 60, seed: UInt64 = 1, provinceSeed: UInt64? = nil, threads: Int = 1
  ) {
    self.from = from
    self.days = days
    self.covers = covers
    self.equilibriumDays = equilibriumDays
    self.equilibriumCover = equilibriumCover
    self.rounds = rounds
    self.seed = seed
    self.provinceSeed = provinceSeed
    self.threads = threads
  }
}

extension TradingDesk {
  /// Clears the whole market of the demonstration province again with each way of offering our fleet, and lets the strategic
  /// groups play to an equilibrium. Nothing of it enters the trading day.
  public func evaluateMarketPower(_ request: MarketPowerRequest) throws -> MarketPowerReport {
    guard request.covers.allSatisfy({ (0...1.5).contains($0) }), !request.covers.isEmpty else {
      throw DeskProblem(.badData, "A contract cover is a share of the output from 0 to 1.5.")
    }
    let (run, seed) = try marketPowerRun(request)
    try run.requireDays(from: request.from, count: request.days)
    return try run.report(seed: seed, progress: progress)
  }

  /// Lets a policy learn the shape of our fleet's offers on days of the past, and clears unseen days with it.
  public func evaluateLearnedOffer(_ request: LearnedOfferRequest) throws -> LearnedOfferReport {
    let (run, _) = try marketPowerRun(
      MarketPowerRequest(from: request.from, days: request.days, seed: request.seed, threads: request.threads))
    try run.requireDays(from: request.trainFrom, count: request.trainDays)
    try run.requireDays(from: request.from, count: request.days)
    guard request.trainDays >= 10, request.trainFrom.advanced(by: request.trainDays) <= request.from else {
      throw DeskProblem(
        .badData, "Learning takes 10 days or more, and all of them before the first unseen day, \(request.from).")
    }
    let (report, policy) = try inDeskTerms { try run.learned(request, progress: progress) }
    let lines = report.course.map { "\($0.epoch),\($0.trainingPercent),\($0.heldOutPercent)\n" }
    let curve = "epoch,training_percent,held_out_percent\n" + lines.joined()
    for (file, content) in [
      (request.policy, try encodedDocument(policy)), (request.curve, Data(curve.utf8)),
      (request.page, Data(LearnedOfferPage(report: report).document().utf8)),
    ] {
      if let file { try writeFile(content, to: file) }
    }
    return report
  }

  private func marketPowerRun(_ request: MarketPowerRequest) throws -> (run: MarketPowerRun, seed: UInt64) {
    let folder = dataDirectory.appending(path: "demonstration")
    let settings = try inDeskTerms { try SettingsFile.read(from: folder.appending(path: "workspace.csv")) }
    guard let market = settings["market"], let standardSeed = settings["seed"].flatMap({ UInt64($0) }) else {
      throw DeskProblem(.badData, "\(folder.path)/workspace.csv must name a market and a seed.")
    }
    progress("simulating the demonstration province")
    let seed = request.provinceSeed ?? standardSeed
    let province = simulateProvince(try provinceParameters(folder), seed: seed)
    let groups = MarketGroups(
      try MarketGroups.read(folder.appending(path: "groups.csv")), capacities: province.fleetCapacities)
    let limits = try MarketGroups.limits(folder.appending(path: "market-power.csv"))
    let library = try library()
    return (
      MarketPowerRun(
        province: province, groups: groups, limits: limits, library: library, rules: market, request: request), seed
    )
  }
}

extension MarketPowerRun {
  /// Days outside the province, or too early for a history, are refused.
  func requireDays(from first: MarketDay, count: Int) throws {
    let last = first.advanced(by: count - 1)
    let earliest = province.firstDay.advanced(by: Self.historyDays)
    guard count >= 1, first >= earliest, last <= province.lastDay else {
      throw DeskProblem(
        .badData,
        "The days are \(first) to \(last); with \(Self.historyDays) days of history the province has \(earliest) to \(province.lastDay)."
      )
    }
  }
}
