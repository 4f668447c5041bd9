import MarketModel
import MarketTestSupport
import NumericMethods
import Testing

@testable import RetailValue

/// Daily loads made by construction: sizes, weekly patterns, seasons, holidays, autocorrelated noise, outages of a day or two.
enum ExampleLoads {
  static let first = Example.day(2024, 1, 1)

  static let holidays: Set<MarketDay> = Set(
    (0..<8).flatMap { [Example.day(2024, 2, 10).advanced(by: $0), Example.day(2025, 1, 28).advanced(by: $0)] }
      + (0..<7).map { Example.day(2024, 10, 1).advanced(by: $0) })

  static func loads(customers: Int, days: Int, seed: UInt64) -> DailyLoads {
    var values: [Double] = []
    var random = SplitMix64(seed: seed)
    for _ in 0..<customers {
      let size = 24 * (0.8 * random.nextGaussian()).exponential
      let weekend = [1.0, 0.6, 0.1][random.nextIndex(below: 3)]
      let noise = 0.03 + 0.09 * random.nextUniform()
      let season = 0.2 * (random.nextUniform() - 0.5)
      let dip = 0.1 + 0.5 * random.nextUniform()
      var state = 0.0
      for day in 0..<days {
        let date = first.advanced(by: day)
        state = 0.6 * state + noise * 0.8 * random.nextGaussian()
        var value = size * (1 + season * (Double(date.dayOfYear % 180) / 180 - 0.5)) * state.exponential
        if date.weekday >= 6 { value *= weekend }
        if holidays.contains(date) { value *= dip }
        if random.nextUniform() < 0.004 { value *= 0.1 }
        values.append(value)
      }
    }
    return DailyLoads(
      firstDay: first, days: days, customers: (0..<customers).map { "C\($0)" }, values: values)
  }
}

extension Double {
  fileprivate var exponential: Double { (0..<20).reversed().reduce(1) { 1 + self * $0 / Double($1 + 1) } }
}

@Suite("Load alerts") struct AlertTests {
  @Test(
    "gates on hidden seeds with events in a tenth of the customers, and the naive rule as control",
    arguments: [11 as UInt64, 12])
  func gates(seed: UInt64) throws {
    let loads = ExampleLoads.loads(customers: 400, days: 500, seed: seed)
    let unusual = UnusualDays(holidays: ExampleLoads.holidays, firstDay: loads.firstDay, days: loads.days)
    let detector = LoadAlertDetector()
    let before = detector.watch(loads, unusual: unusual, from: 210, threads: 2)
    let injection = try EventInjection(EventSpecification(), into: loads, watch: before, unusual: unusual, seed: seed)
    #expect(injection.events.count == 40)
    let after = detector.watch(injection.loads, unusual: unusual, from: 210, threads: 2)
    let score = { (told: [LoadAlert]) in
      AlertScores(told, events: injection.events, untouched: loads, hindsight: before, from: 210)
    }
    let found = score(after.alerts.filter { $0.severity == .alert })
    #expect(found.strictPrecision >= 0.65 && found.recall >= 0.85, "\(found.strictPrecision) \(found.recall)")
    #expect(found.strictFalseAlarmsPerYear <= 0.05)
    let share = { (kind: LoadAlertKind) in
      Double(found.detectedByKind[kind] ?? 0) / Double(max(found.eventsByKind[kind] ?? 0, 1))
    }
    #expect(share(.productionStop) >= 0.95 && share(.expansion) >= 0.60)
    #expect((found.medianDelay ?? 99) <= 12)
    let fast = score(after.alerts.filter { $0.severity == .watch })
    let stops = fast.eventsByKind[.productionStop] ?? 1
    #expect(Double(fast.detectedByKind[.productionStop] ?? 0) >= 0.9 * Double(stops))
    #expect((fast.medianDelay ?? 99) <= 3)
    let naive = score(NaiveLoadRule().alerts(in: injection.loads, from: 210))
    #expect(naive.strictPrecision < found.strictPrecision / 2)
    #expect(detector.watch(injection.loads, unusual: unusual, from: 210, threads: 1).alerts == after.alerts)
  }

  @Test("no holiday raises an alert for 1,000 customers without events")
  func holidays() {
    let loads = ExampleLoads.loads(customers: 1_000, days: 430, seed: 21)
    let unusual = UnusualDays(holidays: ExampleLoads.holidays, firstDay: loads.firstDay, days: loads.days)
    let told = LoadAlertDetector().watch(loads, unusual: unusual, from: 380, threads: 2).alerts
    #expect(told.filter { $0.severity == .alert }.isEmpty)
  }

  @Test("a customer that falls to zero is told of, however small it has become")
  func fallToZero() throws {
    var loads = ExampleLoads.loads(customers: 60, days: 400, seed: 5)
    for day in 330..<400 { loads[7, day] = 0 }
    let unusual = UnusualDays(holidays: ExampleLoads.holidays, firstDay: loads.firstDay, days: loads.days)
    let told = LoadAlertDetector().watch(loads, unusual: unusual, from: 300).alerts.filter { $0.customer == 7 }
    #expect(told.first { $0.severity == .watch }.map { $0.day - 330 } ?? 99 <= 4)
    #expect(told.contains { $0.severity == .alert && $0.kind == .productionStop && $0.day < 340 })
  }

  @Test("specifications are read, and refused with their entry")
  func specification() throws {
    let read = try EventSpecification(
      "share=0.2,stop=1,expansion=0,relocation=0,stop-days=10..20,from-day=120,into=active")
    #expect(read.share == 0.2 && read.stopDays == 10...20 && read.fromDay == 120 && !read.intoWatchedOnly)
    for wrong in ["share=2", "stop", "colour=red", "growth=3..1", "into=all", "stop=0,expansion=0,relocation=0"] {
      #expect(throws: RetailProblem.self, "\(wrong)") { try EventSpecification(wrong) }
    }
  }

  @Test("cases open, are acknowledged, resolve, reopen; one active case for a customer and direction")
  func ledger() throws {
    let loads = ExampleLoads.loads(customers: 2, days: 200, seed: 1)
    let alert = { (day: Int, severity: AlertSeverity) in
      LoadAlert(
        customer: 0, day: day, kind: .productionStop, severity: severity, deviation: -2, threshold: 0.6, cusum: 9,
        baseline: 20, observed: 1)
    }
    var ledger = AlertLedger()
    ledger.take([alert(100, .watch), alert(105, .alert)], in: loads) { _ in 7 }
    #expect(ledger.active.count == 1 && ledger.active[0].severity == .alert && ledger.active[0].status == .open)
    let id = ledger.active[0].id
    try ledger.acknowledge(id, owner: "Wang")
    #expect(ledger.active[0].owner == "Wang")
    try ledger.resolve(id, as: "confirmed", on: loads.day(120))
    #expect(ledger.active.isEmpty)
    ledger.take([alert(100, .watch), alert(105, .alert)], in: loads) { _ in 7 }
    #expect(ledger.active.isEmpty, "what is known changes nothing")
    ledger.take([alert(150, .alert)], in: loads) { _ in 7 }
    #expect(ledger.active.map(\.status) == [.reopened] && ledger.cases.count == 1)
    #expect(throws: RetailProblem.self) { try ledger.acknowledge("nobody", owner: "x") }
    #expect(throws: RetailProblem.self) { try ledger.resolve(id, as: "perhaps", on: loads.day(160)) }
  }
}
