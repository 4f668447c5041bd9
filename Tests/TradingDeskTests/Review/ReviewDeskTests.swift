import Clearing
import Foundation
import MarketModel
import MarketStore
import MarketTestSupport
import Review
import Spreadsheets
import Testing

@testable import TradingDesk

/// On line as is best at prices.
func bestSchedule(_ day: UnitDay, at path: [Double]) throws -> [Bool]? {
  let basis = PriceBasis(
    stage: .dayAhead, place: .node, standing: .disclosed, includesCapacityAdder: false, includesTax: true)
  let prices = MarketPrices(
    basis: basis, prices: try IntervalSeries(day.grid, path.map { .perMegawattHour(($0 * 100).rounded() / 100) }))
  return try perfectForesight(unitDays: [day], at: prices).first?.commitment.values
}

@Suite("Days with planted causes, through the desk") struct ReviewDeskTests {
  static let workspace = Result { try ReviewWorkspace() }
  static let whole = MarketDayRange(
    ReviewWorkspace.first, through: ReviewWorkspace.first.advanced(by: ReviewWorkspace.days - 1))

  static let reviewed = Result { try workspace.get().desk.review(ReviewRequest(days: whole, threads: 2)) }
  static func month() throws -> ReviewReport { try reviewed.get() }

  @Test("each planted cause is what took most on its day, and is named")
  func planted() throws {
    let report = try Self.month()
    func worst(_ number: Int) -> String? { report.days[number].worst }
    #expect(worst(ReviewWorkspace.biasedWind) == "load-and-renewable-error")
    #expect(worst(ReviewWorkspace.outage) == "physics-and-outages")
    #expect(worst(ReviewWorkspace.badSegment) == "bid-shape")
    func finding(_ number: Int) -> ReviewReport.Finding? {
      report.findings.first { $0.day == ReviewWorkspace.first.advanced(by: number) }
    }
    #expect(finding(ReviewWorkspace.biasedWind)?.sentence.contains("wind") == true)
    #expect(finding(ReviewWorkspace.outage)?.unit == "A2")
    #expect(finding(ReviewWorkspace.outage)?.sentence.contains("outage") == true)
    #expect(finding(ReviewWorkspace.badSegment)?.unit == "A1")
    #expect(finding(ReviewWorkspace.badSegment)?.sentence.contains("segment") == true)
    let three = report.findings.prefix(3).map(\.day)
    let planned = [ReviewWorkspace.biasedWind, ReviewWorkspace.outage, ReviewWorkspace.badSegment]
    #expect(Set(three) == Set(planned.map { ReviewWorkspace.first.advanced(by: $0) }), "they lead the list")
  }

  @Test("every waterfall closes to the cent: days, units, fleet, and the statement is what was realised")
  func closes() throws {
    let report = try Self.month()
    for view in [report.waterfall] + report.days.map(\.waterfall) + report.units.map(\.waterfall) {
      #expect(view.unexplained == 0)
      let sum = view.steps.dropFirst().dropLast().reduce(view.perfectForesight) { $0 + $1.amount }
      #expect(abs(sum - view.realised) < 0.005)
    }
    #expect(abs(report.days.reduce(0) { $0 + $1.realised } - report.waterfall.realised) < 0.005)
    #expect(abs(report.units.reduce(0) { $0 + $1.waterfall.realised } - report.waterfall.realised) < 0.005)
    let desk = try Self.workspace.get().desk
    let statement = try desk.settle(SettleRequest(days: Self.whole, withPeriods: false))
    #expect(abs(report.metrics.totalMeanPricePerMWh ?? 0) > 0 && statement.total > .zero)
    #expect(abs(report.waterfall.realised - report.metrics.marginalContribution) < 0.05)
    #expect(statement.lines.allSatisfy { $0.amount == $0.amount.rounded })
  }

  @Test("page and workbook hold the same figures as the document, to the cent: waterfall, days, units, energy, figures")
  func agreement() throws {
    let report = try Self.month()
    let page = reviewPage(report)
    let workbook = try Spreadsheet(xlsx: reviewWorkbook(report))
    func sheet(_ name: String) throws -> [[SheetCell]] { try #require(workbook.sheet(named: name)).rows }
    func value(_ cell: SheetCell) -> Double? { if case .number(let value) = cell { value } else { nil } }
    func agree(_ row: [SheetCell], _ figures: [Double], shown: Bool = true) {
      #expect(row.compactMap { value($0) } == figures)
      if shown { for figure in figures { #expect(page.contains(readable(figure, decimals: 2)), "\(figure)") } }
    }
    func effects(_ view: ReviewReport.WaterfallView) -> [Double] { view.steps.dropFirst().dropLast().map(\.amount) }
    for (row, step) in zip(try sheet("waterfall").dropFirst(), report.waterfall.steps) {
      #expect(row[0] == .text(step.step))
      let isLevel = step.step == "perfect-foresight" || step.step == "realised"
      agree(row, isLevel ? [step.after] : [step.amount, step.after])
    }
    let days = try sheet("days")
    #expect(days.count == report.days.count + 1)
    for (row, day) in zip(days.dropFirst(), report.days) {
      let profits = [day.standardProfit, day.optimisedProfit, day.perfectForesightProfit]
      let figures = profits + effects(day.waterfall) + [day.realised]
      agree(Array(row.dropFirst(2).prefix(figures.count)), figures)
    }
    for (row, unit) in zip(try sheet("units").dropFirst(), report.units + [report.fleet]) {
      let profits = [unit.standard.profit, unit.optimised.profit, unit.perfectForesight.profit]
      let figures = profits + effects(unit.waterfall) + [unit.waterfall.realised]
      agree(Array(row.dropFirst().prefix(figures.count)), figures)
    }
    for (row, cause) in zip(try sheet("lost energy").dropFirst(), report.lostEnergy.causes) {
      agree(row, [cause.energyMWh], shown: false)
      #expect(page.contains(readable(cause.energyMWh, decimals: 3)))
    }
    for (row, figure) in zip(
      try sheet("figures").dropFirst(), reviewMetricRows(report.metrics, currency: report.currency))
    {
      #expect(value(row[1]) == figure.value)
      #expect(page.contains(figure.text))
    }
    for (row, finding) in zip(try sheet("findings").dropFirst(), report.findings) { agree(row, [finding.amount]) }
  }

  @Test(
    "the horizon stands apart: one schedule over the days above, each day alone below; none for a day that stands alone"
  )
  func horizon() throws {
    let report = try Self.month()
    func effect(_ view: ReviewReport.WaterfallView) -> Double { view.steps[1].amount }
    #expect(report.waterfall.steps[1].step == "horizon")
    for day in report.days {
      #expect(abs(day.waterfall.perfectForesight + effect(day.waterfall) - day.perfectForesightProfit) < 0.005)
    }
    #expect(abs(report.days.reduce(0) { $0 + effect($1.waterfall) } - effect(report.waterfall)) < 0.005)
    #expect(effect(report.waterfall) != 0)
    let one = try Self.workspace.get().desk.review(
      ReviewRequest(
        days: MarketDayRange(ReviewWorkspace.first, through: ReviewWorkspace.first), unit: "A1", threads: 1))
    #expect(effect(one.waterfall) == 0)
    #expect(one.skill.first?.coverage90 == 1 && one.skill.first?.coverage80 == 1)
  }

  @Test("a statement with a planted error is found, as CSV; a half, a double and a changed one are one sentence each")
  func statement() throws {
    let desk = try Self.workspace.get().desk
    var request = SettleRequest(
      days: MarketDayRange(ReviewWorkspace.first, through: ReviewWorkspace.first), withPeriods: true)
    let lines = try desk.settle(request).table.split(separator: "\n").map(String.init)
    let file = FileManager.default.temporaryDirectory.appending(path: "statement-\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: file) }
    request.statement = file
    func reconcile(_ lines: [String]) throws -> SettlementReport.ReconciliationView? {
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
      return try desk.settle(request).reconciliation
    }
    let same = try reconcile(lines)
    #expect(same?.differences.isEmpty == true)
    var wrong = lines
    let place = try #require(
      wrong.indices.dropFirst().first { (Double(wrong[$0].split(separator: ",").last ?? "") ?? 0) > 1_000 })
    var fields = wrong[place].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    fields[7] = "1.00"
    wrong[place] = fields.joined(separator: ",")
    let found = try #require(try reconcile(wrong))
    #expect(found.differences.map(\.cause) == ["arithmetic"] && found.differences[0].line == place + 1)
    #expect(found.disputeSentence.contains("dispute"))
    func sentence(_ lines: [String]) throws -> String {
      do { _ = try reconcile(lines) } catch { return "\(error)" }
      return ""
    }
    let half = lines.filter { (Int($0.split(separator: ",", omittingEmptySubsequences: false)[2]) ?? 0) <= 48 }
    #expect(try sentence(half).contains("covers 48 of 96 settlement periods"))
    #expect(try sentence(lines + lines.dropFirst()).contains("the same statement 2 times"))
    #expect(try sentence([lines[0] + ",remark"] + lines.dropFirst().map { $0 + ",x" }).contains("changed"))
    #expect(try sentence([lines[0]]).contains("no line"))
    let other = lines.map { $0.replacing("2026-03-01", with: "2026-02-01") }
    #expect(try sentence(other).contains("2026-02-01"))
  }

  @Test("meters that are short, and days that were not prepared, are one sentence each")
  func refusals() throws {
    let desk = try Self.workspace.get().desk
    var request = SettleRequest(
      days: MarketDayRange(ReviewWorkspace.first, through: ReviewWorkspace.first), withPeriods: false)
    let file = FileManager.default.temporaryDirectory.appending(path: "meters-\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data("unit,day,interval_end,net_MWh\nA1,2026-03-01,00:15,40.5\n".utf8).write(to: file)
    request.meters = file
    do {
      _ = try desk.settle(request)
      Issue.record("a quarter-hour was a day")
    } catch { #expect("\(error)".contains("1 of 96 intervals of unit A1")) }
    let later = ReviewWorkspace.first.advanced(by: 60)
    #expect(throws: DeskProblem.self) {
      try desk.review(ReviewRequest(days: MarketDayRange(later, through: later), threads: 1))
    }
    #expect(throws: DeskProblem.self) {
      try desk.review(
        ReviewRequest(
          days: MarketDayRange(ReviewWorkspace.first, through: ReviewWorkspace.first), unit: "Z9", threads: 1))
    }
  }

  @Test(
    "capacity compensation without a price is paid at the rule pack's, with its clause; another item states its own")
  func services() throws {
    let desk = try Self.workspace.get().desk
    var request = SettleRequest(
      days: MarketDayRange(ReviewWorkspace.first, through: ReviewWorkspace.first), withPeriods: false)
    let file = FileManager.default.temporaryDirectory.appending(path: "services-\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: file) }
    request.services = file
    let head = "day,unit,item,quantity,price,reference_price,factor,clause\n"
    try Data((head + "2026-03-01,A1,capacity-compensation,1000,,,,\n").utf8).write(to: file)
    let line = try #require(try desk.settle(request).lines.first { $0.item == "capacity-compensation" })
    // 1,000 MWh at the 70.5 of the pack of 2026-01.
    #expect(line.amount.amount == 70_500 && line.clause.contains("70.6 in 2026-03"))
    try Data((head + "2026-03-01,A1,agc-mileage,1000,,,,\n").utf8).write(to: file)
    #expect(throws: DeskProblem.self) { try desk.settle(request) }
  }

  @Test("ranges of days are read strictly")
  func ranges() {
    #expect(MarketDayRange("2026-03-01..2026-03-31")?.days.count == 31)
    #expect(MarketDayRange("2026-03-01")?.isOneDay == true)
    for text in ["2026-03-31..2026-03-01", "2026-03-01..", "..", "2026-13-01", "2026-03-01..2026-03-02..2026-03-03"] {
      #expect(MarketDayRange(text) == nil, "\(text)")
    }
  }
}

@Suite("What was learned reaches the day") struct LearnedSettingsTests {
  @Test(
    "while the switch is on, the champion that was known at the gate gives risk weight and second opinion; another method none"
  )
  func champion() throws {
    let workspace = try ReviewDeskTests.workspace.get()
    let desk = workspace.desk
    let store = try desk.openStore()
    let day = ReviewWorkspace.first.advanced(by: 90)
    let known = Example.zone.start(of: day)
    func arm(_ name: String, _ parameters: [String: Double]) -> LearningReport.Arm {
      .init(name: name, summary: name, parameters: parameters, profit: 0, weight: 0.5)
    }
    func learn(_ champion: String) throws {
      let stored = StoredLearning(
        from: day, to: day, champion: champion,
        arms: [arm("pooled", ["risk_aversion": 0, "second_opinion": 0.5]), arm("standard", ["margin": 0.05])],
        changes: [], regret: 0, regretBound: 1, currency: "CNY")
      try store.save(
        document: StoredDocument(
          day: day, kind: TradingDesk.LearningSetting.document, strategy: "", content: try JSONEncoder().encode(stored),
          availableAt: known), ifKnown: .replace)
    }
    let own = DaySettings(seed: 1, scenarios: 50, riskAversion: 0.1, threads: 1)
    try learn("pooled")
    #expect(try desk.withChampion(own, asOf: known, store) == own, "the switch is off")
    _ = try desk.switchLearning(on: true)
    let learned = try desk.withChampion(own, asOf: known, store)
    #expect(learned.riskAversion == 0 && learned.secondOpinion == 0.5 && learned.seed == 1)
    #expect(try desk.withChampion(own, asOf: known - 1, store) == own, "it was not known yet")
    try learn("standard")
    #expect(try desk.withChampion(own, asOf: known, store) == own)
    _ = try desk.switchLearning(on: false)
  }
}
