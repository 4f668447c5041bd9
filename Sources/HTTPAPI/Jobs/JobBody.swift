internal import MarketModel
internal import TradingDesk

/// A job as a client asks for it.
struct JobBody: Decodable {
  /// nil at the address of backtests, where it follows from the other fields.
  var kind: JobRecord.Kind?
  var day: MarketDay?
  var from: MarketDay?
  var to: MarketDay?
  var seed: UInt64?
  var scenarios: Int?
  var riskAversion: Double?
  var strategies: [String]?
  var refit: String?
  var sweep: String?

  enum CodingKeys: String, CodingKey {
    case kind, day, from, to, seed, scenarios, riskAversion = "risk_aversion", strategies, refit, sweep
  }

  static let backtestFields: Set<String> = [
    "from", "to", "seed", "scenarios", "risk_aversion", "strategies", "refit", "sweep",
  ]
  static let fields = backtestFields.union(["kind", "day"])
  /// Days of one backtest at most.
  static let longestBacktest = 1_100
  /// Strategies of one comparison at most.
  private static let mostStrategies = 12

  /// The kind of job and what it needs.
  ///
  /// - Throws: the field that is wrong.
  func request(_ desk: TradingDesk) throws -> (kind: JobRecord.Kind, request: JobRequest) {
    try checkNumbers()
    let kind = try wishedKind()
    var request = JobRequest(day: day, from: from, to: to, seed: seed, scenarios: scenarios, riskAversion: riskAversion)
    switch kind {
    case .backtest, .comparison: try checkDays(from, to)
    case .sweep: (request.from, request.to) = try sweepDays(desk)
    case .clear, .review, .position, .market:
      guard day != nil else {
        throw APIProblem.body("/day", "\(kind.rawValue) needs the market day.", "\(kind.rawValue) 需要运行日。")
      }
    case .day, .forecast: break
    }
    if kind == .comparison { request.strategies = try knownStrategies(desk) }
    if kind == .comparison, let refit {
      guard ["daily", "weekly"].contains(refit) else {
        throw APIProblem.body(
          "/refit", "refit is \(refit); use daily or weekly.", "refit 为 \(refit)，应为 daily 或 weekly。")
      }
      request.weekly = refit == "weekly"
    }
    if kind == .sweep { request.sweep = sweep }
    return (kind, request)
  }

  private func wishedKind() throws -> JobRecord.Kind {
    if sweep != nil, kind == nil || kind == .backtest || kind == .sweep {
      guard strategies == nil else {
        throw APIProblem.body("/strategies", "A sweep names its strategy itself.", "参数扫描文件自身指定策略。")
      }
      return .sweep
    }
    let wished = kind ?? .backtest
    if wished == .comparison || (wished == .backtest && strategies != nil) { return .comparison }
    guard wished != .sweep else {
      throw APIProblem.body("/sweep", "A sweep needs the text of a sweep file.", "参数扫描需要扫描文件的内容。")
    }
    for (name, isThere) in [("strategies", strategies != nil), ("refit", refit != nil), ("sweep", sweep != nil)]
    where isThere {
      throw APIProblem.body(
        "/\(name)", "\(name) does not belong to a job of the kind \(wished.rawValue).",
        "\(name) 不属于 \(wished.rawValue) 任务。")
    }
    return wished
  }

  private func checkNumbers() throws {
    if let scenarios, !(20...2_000).contains(scenarios) {
      throw APIProblem.body(
        "/scenarios", "scenarios is \(scenarios); use 20 to 2000.", "scenarios 为 \(scenarios)，应为 20 至 2000。")
    }
    if let riskAversion, !(0...1).contains(riskAversion) {
      throw APIProblem.body(
        "/risk_aversion", "risk_aversion is \(riskAversion); use 0 to 1.", "risk_aversion 为 \(riskAversion)，应为 0 至 1。")
    }
  }

  private func checkDays(_ from: MarketDay?, _ to: MarketDay?) throws {
    guard let from, let to, from <= to, from.distance(to: to) < JobBody.longestBacktest else {
      throw APIProblem.body(
        "/from", "A backtest needs from and to, in order, at most \(JobBody.longestBacktest) days.",
        "回测需要 from 与 to，先后有序，最多 \(JobBody.longestBacktest) 天。")
    }
  }

  /// Names of the library alone: a file of the server's disk is not to be had this way.
  private func knownStrategies(_ desk: TradingDesk) throws -> [String] {
    let wished = strategies ?? []
    guard (1...JobBody.mostStrategies).contains(wished.count), Set(wished).count == wished.count else {
      throw APIProblem.body(
        "/strategies", "Name 1 to \(JobBody.mostStrategies) different strategies.",
        "请指定 1 至 \(JobBody.mostStrategies) 个不同的策略。")
    }
    let known = desk.namedStrategies()
    for (place, name) in wished.enumerated() where !known.contains(name) {
      throw APIProblem.body(
        "/strategies/\(place)",
        "There is no strategy \"\(name.prefix(40))\"; there are \(known.joined(separator: ", ")).",
        "没有策略“\(name.prefix(40))”；可用策略：\(known.joined(separator: "、"))。")
    }
    return wished
  }

  private func sweepDays(_ desk: TradingDesk) throws -> (MarketDay, MarketDay) {
    do {
      let days = try desk.examineSweep(sweep ?? "")
      try checkDays(days.first, days.last)
      return (days.first, days.last)
    } catch let problem as DeskProblem {
      throw APIProblem.body("/sweep", problem.description, "扫描文件无效：\(problem.description)")
    }
  }
}
