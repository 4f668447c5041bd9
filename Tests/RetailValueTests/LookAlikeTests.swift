import MarketModel
import NumericMethods
import Testing

@testable import RetailValue

@Suite("Prospects") struct LookAlikeTests {
  /// Customers of four industries, one of which is good; whether a prospect is a good lead depends on its industry and on luck.
  @Test("leads by likeness are at least 1.6 times as precise as the largest first")
  func leads() throws {
    var random = SplitMix64(seed: 6)
    let industries = ["C17", "C26", "C30", "I65"]
    func company(_ id: String) -> RetailCustomer {
      var customer = RetailCustomer(id: id)
      customer.industry = industries[random.nextIndex(below: 4)]
      customer.voltageKV = [10, 35][random.nextIndex(below: 2)]
      customer.expectedMWh = 500 + 9_500 * random.nextUniform()
      return customer
    }
    let customers = (0..<300).map { company("C\($0)") }
    let scores = customers.map { customer in
      CustomerScore(
        customer: customer.id, total: (customer.industry == "C26" ? 68 : 45) + 6 * random.nextGaussian(),
        segment: "all",
        segmentTotal: 50, dimensions: [], indicators: [], coverage: 1, days: 365, confidence: .high, band: nil,
        tier: TierDecision(TierFacts(total: 50), previous: nil),
        costToServe: CostToServe(
          [Double](repeating: .nan, count: Indicator.all.count), amountLate: nil, assumptions: ScoreAssumptions()),
        levers: [])
    }
    let prospects = (0..<400).map { company("P\($0)") }
    let good = Set(
      prospects.filter { random.nextUniform() < ($0.industry == "C26" ? 0.6 : 0.08) }.map(\.id))
    let likes = LookAlikes(customers: customers, energies: customers.map { $0.expectedMWh ?? 0 }, scores: scores)
    let ours = likes.ranked(prospects, signals: prospects.map { _ in 0 }).prefix(50).count {
      good.contains($0.customer)
    }
    let largest = prospects.sorted { ($0.expectedMWh ?? 0) > ($1.expectedMWh ?? 0) }.prefix(50).count {
      good.contains($0.id)
    }
    #expect(Double(ours) >= 1.6 * Double(max(largest, 1)), "\(ours) of 50 against \(largest)")
  }

  @Test("signals decay by half in half a year, and what is to come does not count")
  func signals() throws {
    let day = try #require(MarketDay("2025-12-31"))
    let events = [
      RegistryEvent(company: "A", kind: "eia", day: day.advanced(by: -180)),
      RegistryEvent(company: "A", kind: "hiring", day: day),
      RegistryEvent(company: "A", kind: "eia", day: day.advanced(by: 5)),
    ]
    #expect(abs(registrySignals(events, on: day) - 0.8) < 1e-12)
  }
}

@Suite("Churn") struct ChurnTests {
  /// Who leaves depends on the months left and on the margin; two columns are noise, one is words.
  static func table(_ count: Int, seed: UInt64) -> ChurnTable {
    var random = SplitMix64(seed: seed)
    var columns: [[Double]] = [[], [], [], []]
    var words: [String] = []
    var left: [Bool] = []
    for _ in 0..<count {
      let values = (0..<4).map { _ in random.nextUniform() }
      for index in 0..<4 { columns[index].append(index == 0 ? 17_000 + (values[0] * 365).rounded() : values[index]) }
      words.append(["agent", "web"][random.nextIndex(below: 2)])
      let chance = 0.03 + 0.25 * (values[0] < 0.3 ? 1 : 0) * values[1] + (words[words.count - 1] == "agent" ? 0.08 : 0)
      left.append(random.nextUniform() < chance)
    }
    return ChurnTable(
      identifiers: (0..<count).map { "K\($0)" },
      columns: [
        ("date_end", .dates(columns[0])), ("margin", .numbers(columns[1])), ("noise", .numbers(columns[2])),
        ("more", .numbers(columns[3])), ("channel", .words(words)),
      ], left: left)
  }

  @Test("a made-up law is found and calibrated; the split keeps to groups and does not depend on the order of rows")
  func law() throws {
    let table = Self.table(1_500, seed: 2)
    var settings = ChurnSettings(seed: 3)
    settings.rounds = 60
    settings.depth = 3
    settings.forestTrees = 30
    let split = ChurnSplit.byCustomer(table, fraction: 0.7, settings: settings)
    #expect(split.training.count == 1_050 && Set(split.training).isDisjoint(with: split.test))
    let model = try ChurnModel.fit(table, rows: split.training, settings: settings, threads: 2)
    let scores = BinaryScores(
      probabilities: try model.probabilities(table, rows: split.test), outcomes: split.test.map { table.left[$0] })
    #expect(scores.areaUnderCurve > 0.62, "\(scores.areaUnderCurve)")
    #expect(scores.calibrationError < 0.05)
    let byDate = try #require(ChurnSplit.byDate(table, column: "date_end", fraction: 0.6))
    let latest = byDate.training.compactMap { table.values("date_end")?[$0] }.max() ?? 0
    #expect(byDate.test.allSatisfy { table.values("date_end")?[$0] ?? 0 > latest })
  }

  @Test("too few of one outcome is a refusal")
  func few() {
    let table = ChurnTable(
      identifiers: (0..<50).map { "K\($0)" }, columns: [("x", .numbers([Double](repeating: 1, count: 50)))],
      left: (0..<50).map { $0 < 5 })
    #expect(throws: RetailProblem.self) {
      try ChurnModel.fit(table, rows: Array(0..<50), settings: ChurnSettings())
    }
  }
}
