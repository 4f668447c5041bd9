internal import Foundation
internal import MarketData
internal import MarketModel
internal import MarketRules
internal import MarketStore
internal import NumericMethods
internal import Review

/// What `spotdesk review` is asked for.
public struct ReviewRequest: Sendable {
  public var days: MarketDayRange
  /// One unit; nil for the fleet.
  public var unit: String?
  public var threads: Int

  public init(days: MarketDayRange, unit: String? = nil, threads: Int) {
    self.days = days
    self.unit = unit
    self.threads = threads
  }
}

extension TradingDesk {
  /// What one or more prepared days brought, and where the rest of perfect foresight went.
  public func review(_ request: ReviewRequest) throws -> ReviewReport {
    let store = try openStore()
    let prepared = try preparedDays(request.days, store)
    let span = max(SpaceHistory.stackDays, prepared.count)
    let history = try SpaceHistory(
      store, from: prepared[0].advanced(by: -span), through: prepared[prepared.count - 1])
    let chosen = request.unit.map { UnitID($0) }
    let inside = prepared.count > 1 ? 1 : request.threads
    let work = concurrentMap(count: prepared.count, threads: request.threads) { index in
      Result { try reviewed(prepared[index], store, history, chosen, threads: inside) }
    }
    var run = ReviewRun()
    run.days = try work.map { try $0.get() }
    try run.seeHorizon(threads: request.threads)
    let drift = try DriftWatch(through: prepared[prepared.count - 1], store: store)
    var report = try run.report(
      request, history: history, drift: drift.latest, simulated: isSimulated(store))
    if let note = drift.note { report.notes.append(note) }
    report.notes += try plantedNotes(store, request.days)
    report.provenance = ReviewReport.Provenance(
      program: programVersion,
      command: "spotdesk review \(request.days)" + (request.unit.map { " --unit \($0)" } ?? ""),
      workspace: workspace.name, dataHash: try reviewedDigest(request.days, store))
    if request.days.isOneDay, chosen == nil {
      try locked {
        try Workspace.write([("review.json", try encodedDocument(report))], in: workspace.dayDirectory(prepared[0]))
      }
    }
    return report
  }
}

extension TradingDesk {
  private func reviewed(
    _ day: MarketDay, _ store: MarketStore, _ history: SpaceHistory, _ chosen: UnitID?, threads: Int
  ) throws -> ReviewedDay {
    let past = try PastDay(day, store: store, desk: self)
    if let chosen, !past.unitDays.contains(where: { $0.unit.id == chosen }) {
      let known = past.unitDays.map(\.unit.id.text).joined(separator: ", ")
      throw DeskProblem(.notFound, "There is no unit \(chosen) on \(day); there are \(known).")
    }
    return try inDeskTerms {
      try ReviewedDay(past, store: store, history: history, chosen: chosen, threads: threads)
    }
  }

  /// SHA-256 over what was stored of some days and the prices that came.
  private func reviewedDigest(_ range: MarketDayRange, _ store: MarketStore) throws -> String {
    let digest = ContentDigest()
    let (documents, prices) = try inDeskTerms {
      (
        try store.documents(StoredDay.kind, strategy: "", from: range.first, through: range.last, asOf: .distantFuture),
        try store.observations(
          of: SeriesKey(.price, .dayAhead), from: range.first, through: range.last, asOf: .distantFuture)
      )
    }
    for document in documents { document.content.withUnsafeBytes { digest.add($0) } }
    for day in prices { day.values.withUnsafeBytes { digest.add($0) } }
    return digest.finish()
  }
}

/// Sums over the days of a review.
struct ReviewRun {
  var days: [ReviewedDay] = []

  struct UnitSums {
    var standard: [UnitResult] = []
    var optimised: [UnitResult] = []
    var perfectForesight: [UnitResult] = []
    var waterfall = ProfitWaterfall.zero
    var gap = EnergyGap.zero
    var sums = MetricSums()

    mutating func add(_ unit: ReviewedUnit) throws(QuantityError) {
      standard.append(unit.standard)
      optimised.append(unit.optimised)
      perfectForesight.append(unit.perfectForesight)
      try waterfall.add(unit.waterfall)
      gap.add(unit.gap)
      sums.add(unit.sums)
    }
  }

  private func sums() throws(QuantityError) -> (units: [UnitID: UnitSums], fleet: UnitSums) {
    var units: [UnitID: UnitSums] = [:]
    var fleet = UnitSums()
    for unit in days.flatMap(\.units) {
      try units[unit.unit, default: UnitSums()].add(unit)
      try fleet.add(unit)
    }
    return (units, fleet)
  }

  func report(
    _ request: ReviewRequest, history: SpaceHistory, drift: [DriftAlarm], simulated: Bool
  ) throws -> ReviewReport {
    let (first, last) = (days[0].day, days[days.count - 1].day)
    var packs: [String] = []
    for day in days where packs.last != day.packName { packs.append(day.packName) }
    let missing = request.days.days.count - days.count
    var notes: [String] = missing > 0 ? ["\(missing) days were not prepared and are left out"] : []
    let unknown = days.count { !$0.knowsSystem }
    if unknown > 0 {
      notes.append(
        "load, wind or solar of \(unknown) of \(days.count) days are not known as expected and as they came: their error stands with the price forecast's"
      )
    }
    for note in days.flatMap(\.notes) where !notes.contains(note) && notes.count < 20 { notes.append(note) }
    let (units, fleet) = try inDeskTerms { try sums() }
    return ReviewReport(
      day: request.days.isOneDay ? first : nil, from: request.days.first, to: request.days.last, simulated: simulated,
      currency: days[0].currency, rulePack: packs.joined(separator: ", "),
      units: try units.keys.sorted().map { try row($0.text, units[$0] ?? UnitSums()) },
      fleet: try row("fleet", fleet),
      contractPayment: try inDeskTerms { try Money.sum(days.map(\.contractPayment)) }.rounded.amount,
      contractedEnergyMWh: DayReport.rounded(days.map(\.contractedEnergy).reduce(.zero, +).megawattHours, 3),
      forecast: meanError(), driftAlarms: drift, waterfall: try .init(fleet.waterfall),
      metrics: .init(fleet.sums), lostEnergy: .init(fleet.gap), days: try days.map { try dayRow($0) },
      skill: days.compactMap { day in day.skill.map { .init(day.day, $0, systemShare: day.systemShare) } },
      stack: StackMove(history, first: first, last: last).map { .init($0, currency: days[0].currency) },
      findings: try ReviewFindings(days).all(), notes: notes)
  }

  private func row(_ name: String, _ sums: UnitSums) throws -> ReviewReport.UnitRow {
    let standard = ResultView(try inDeskTerms { try UnitResult.total(of: sums.standard) })
    let optimised = ResultView(try inDeskTerms { try UnitResult.total(of: sums.optimised) })
    let perfect = ResultView(try inDeskTerms { try UnitResult.total(of: sums.perfectForesight) })
    return ReviewReport.UnitRow(
      unit: name, standard: standard, optimised: optimised, perfectForesight: perfect,
      difference: DayReport.rounded(optimised.profit - standard.profit, 2),
      regret: DayReport.rounded(perfect.profit - optimised.profit, 2), waterfall: try .init(sums.waterfall),
      metrics: .init(sums.sums), lostEnergy: .init(sums.gap))
  }

  private func dayRow(_ day: ReviewedDay) throws -> ReviewReport.DayRow {
    var sums = UnitSums()
    for unit in day.units { try inDeskTerms { try sums.add(unit) } }
    let row = try row("", sums)
    return ReviewReport.DayRow(
      day: day.day, rulePack: day.packName, standardProfit: row.standard.profit,
      optimisedProfit: row.optimised.profit, perfectForesightProfit: row.perfectForesight.profit,
      realised: sums.waterfall.realised.amount, waterfall: row.waterfall, lostMWh: row.lostEnergy.totalMWh,
      worst: sums.waterfall.worst?.rawValue)
  }

  private func meanError() -> ReviewReport.ForecastError? {
    let errors = days.compactMap(\.forecastError)
    guard !errors.isEmpty else { return nil }
    func mean(_ values: [Double]) -> Double { DayReport.rounded(values.reduce(0, +) / Double(values.count), 4) }
    return ReviewReport.ForecastError(
      expectedMae: mean(errors.map(\.expectedMae)), sameAsYesterdayMae: mean(errors.map(\.sameAsYesterdayMae)),
      coverage80: mean(errors.map(\.coverage80)))
  }
}
