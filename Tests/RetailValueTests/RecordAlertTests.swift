import MarketModel
import MarketTestSupport
import Testing

@testable import RetailValue

@Suite("Alerts from records, relocations, evidence") struct RecordAlertTests {
  static let day = Example.day(2025, 12, 31)

  private func alert(
    _ customer: String, _ kind: CustomerAlertKind, from before: Double, to after: Double, day: MarketDay = Self.day,
    value: Double = 100
  ) -> CustomerAlert {
    CustomerAlert(
      customer: customer, day: day, kind: kind, severity: .alert, deviation: after < before ? -2 : 2, threshold: 0.6,
      baselineMWh: before, observedMWh: after, valueAtStake: value, reason: "changed")
  }

  private func customer(_ id: String, group: String? = nil, code: String? = nil) -> RetailCustomer {
    var customer = RetailCustomer(id: id)
    (customer.group, customer.creditCode) = (group, code)
    return customer
  }

  @Test("a fall and a rise of one group are a relocation, counted once; of another owner, size or season they are not")
  func relocation() {
    let customers = [
      customer("A", group: "G"), customer("B", group: "G"), customer("C", group: "H"), customer("D", group: "G"),
    ]
    let pairs = RelocationPairs(customers: customers)
    let joined = pairs.joined([
      alert("A", .productionStop, from: 20, to: 1), alert("B", .expansion, from: 10, to: 28),
      alert("C", .expansion, from: 10, to: 29),
    ])
    #expect(joined[0].kind == .relocation && joined[0].partner == "B" && joined[0].valueAtStake == 100)
    #expect(joined[1].kind == .expansion && joined[1].partner == "A" && joined[1].valueAtStake == 0)
    #expect(joined[2].partner == nil && joined[2].valueAtStake == 100)
    // The nearer size wins, and one site is in one pair.
    let nearer = pairs.joined([
      alert("A", .decline, from: 20, to: 1), alert("B", .expansion, from: 10, to: 20),
      alert("D", .expansion, from: 10, to: 30),
    ])
    #expect(nearer.map(\.partner) == ["D", nil, "A"])
    for other in [
      alert("B", .expansion, from: 10, to: 12), alert("B", .expansion, from: 10, to: 90),
      alert("B", .expansion, from: 10, to: 28, day: Self.day.advanced(by: -61)),
    ] {
      #expect(pairs.joined([alert("A", .productionStop, from: 20, to: 1), other]).allSatisfy { $0.partner == nil })
    }
  }

  @Test("registers speak for an expansion, turn a stop into a relocation, and what is old or to come does not count")
  func evidence() {
    let event = { (kind: String, day: MarketDay) in RegistryEvent(company: "X1", kind: kind, day: day) }
    let evidence = { (events: [RegistryEvent]) in
      AlertEvidence(
        customers: [customer("A", code: "X1")], events: events,
        opinions: [RetailOpinion(company: "X1", day: Self.day, polarity: -0.8)])
    }
    let past = Self.day.advanced(by: -30)
    let rise = evidence([event("capital_increase", past)]).corroborated([alert("A", .expansion, from: 10, to: 20)])
    #expect(rise[0].evidence == ["capital_increase \(past)"])
    let fall = evidence([event("address_change", past)]).corroborated([alert("A", .productionStop, from: 10, to: 0)])
    #expect(fall[0].kind == .relocation && fall[0].evidence == ["address_change \(past)", "negative opinions: 1"])
    for day in [Self.day.advanced(by: 1), Self.day.advanced(by: -181)] {
      let none = evidence([event("address_change", day)]).corroborated([alert("A", .productionStop, from: 10, to: 0)])
      #expect(none[0].kind == .productionStop && none[0].evidence == ["negative opinions: 1"])
    }
  }

  private func standing(_ change: (inout CustomerStanding) -> Void) -> CustomerStanding {
    var standing = CustomerStanding(
      customer: "A", daily: [Double](repeating: 10, count: 60), day: Self.day, unitMargin: 6)
    change(&standing)
    return standing
  }

  @Test("a contract that ends in three months or less is told of; what speaks against renewal raises the probability")
  func churn() throws {
    var contract = RetailContract(customer: "A")
    contract.exitFee = 5
    contract.end = Self.day.advanced(by: 60)
    let alerts = RecordAlerts()
    let calm = try #require(alerts.churn(standing { $0.contract = contract }))
    #expect(abs(calm.deviation - 0.15) < 1e-12 && calm.severity == .watch)
    #expect(abs(calm.valueAtStake - 0.15 * 10 * 365 * 6) < 1e-9)
    let fallen = try #require(
      alerts.churn(
        standing {
          $0.contract = contract
          $0.hasFallen = true
          $0.complaints = 1
        }))
    #expect(fallen.deviation > 0.3 && fallen.severity == .alert)
    contract.end = Self.day.advanced(by: 120)
    #expect(alerts.churn(standing { $0.contract = contract }) == nil)
    contract.end = Self.day.advanced(by: -1)
    #expect(alerts.churn(standing { $0.contract = contract }) == nil)
  }

  @Test("outcomes of contracts that have ended move the assumed hazard; those of later days do not")
  func outcomes() {
    var settings = RecordAlertSettings()
    #expect(abs(settings.hazard - 0.15) < 1e-12)
    let contracts = (0..<60).map { number -> RetailContract in
      var contract = RetailContract(customer: "C\(number)")
      contract.state = number % 2 == 0 ? "lost" : "renewed"
      contract.end = Self.day.advanced(by: number < 40 ? -number : number)
      return contract
    }
    settings.learn(contracts, until: Self.day)
    #expect(settings.ended == 40 && settings.lost == 20 && abs(settings.hazard - 23.0 / 60) < 1e-12)
  }

  @Test("a bill that is not paid by the day is a risk of what is owed; a payment of a later day is not yet known")
  func payment() throws {
    let bill = { (late: Int, paid: Int?) in
      RetailPayment(
        customer: "A", due: Self.day.advanced(by: -late), paid: paid.map { Self.day.advanced(by: $0) }, amount: 1_000)
    }
    let told = { (bills: [RetailPayment]) in RecordAlerts().payment(standing { $0.payments = bills }) }
    let risk = try #require(told([bill(40, nil), bill(10, 3), bill(70, -20)]))
    #expect(risk.valueAtStake == 2_000 && risk.deviation == 40 && risk.severity == .alert)
    #expect(told([bill(10, nil)])?.severity == .watch)
    #expect(told([bill(3, nil)]) == nil && told([bill(40, -1)]) == nil && told([]) == nil)
  }

  @Test("plans that miss by a tenth are watched, by more than a seventh told of")
  func plan() throws {
    let told = { (planned: Double) in
      RecordAlerts().plan(
        standing { standing in
          standing.plan = Dictionary(
            uniqueKeysWithValues: (0..<20).map { (Self.day.dayNumber - $0, planned) })
        })
    }
    let missed = try #require(told(12))
    #expect(abs(missed.deviation - 0.2) < 1e-12 && missed.severity == .alert && missed.reason.contains("−17 %"))
    #expect(abs(missed.valueAtStake - 2 * 30 * 20) < 1e-9)
    #expect(told(8.9)?.severity == .watch && told(10.5) == nil)
    #expect(RecordAlerts().plan(standing { _ in }) == nil)
  }

  @Test("cases of records resolve when the records no longer give them, reopen, and keep what was acknowledged")
  func ledger() throws {
    var ledger = AlertLedger()
    let first = alert("A", .paymentRisk, from: 10, to: 10, value: 500)
    ledger.take([first, alert("B", .paymentRisk, from: 10, to: 10), alert("A", .churn, from: 10, to: 10, value: 900)])
    #expect(ledger.active.map(\.kind) == [.churn, .paymentRisk, .paymentRisk])
    try ledger.acknowledge("B/payment_risk/\(Self.day)", owner: "Li")
    let next = Self.day.advanced(by: 7)
    ledger.resolveGone([.paymentRisk], but: [], on: next)
    #expect(ledger.active.map(\.customer) == ["A", "B"] && ledger.active[0].kind == .churn)
    #expect(ledger.cases.first { $0.kind == .paymentRisk }?.resolution == "recovered")
    var again = first
    again.day = next.advanced(by: 7)
    again.valueAtStake = 700
    ledger.take([again])
    #expect(ledger.active.map(\.status) == [.open, .reopened, .acknowledged] && ledger.active[1].valueAtStake == 700)
  }

  @Test("a fall that becomes the usual load is settled, not recovered")
  func settled() {
    var loads = ExampleLoads.loads(customers: 40, days: 420, seed: 6)
    for day in 300..<420 { loads[3, day] *= 0.05 }
    for day in 300..<330 { loads[4, day] *= 0.05 }
    let unusual = UnusualDays(holidays: ExampleLoads.holidays, firstDay: loads.firstDay, days: loads.days)
    let watch = LoadAlertDetector().watch(loads, unusual: unusual, from: 290)
    var ledger = AlertLedger()
    ledger.take(watch.alerts.filter { $0.day < 325 && !$0.isRise }, in: loads) { _ in 1 }
    ledger.resolveRecovered(watch, in: loads)
    let resolution = { (customer: String) in ledger.cases.first { $0.customer == customer }?.resolution }
    #expect(resolution("C3") == "settled" && resolution("C4") == "recovered")
  }
}
