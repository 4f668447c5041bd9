import MarketModel
import MarketTestSupport
import Testing

@testable import Settlement

@Suite("Reconciliation") struct ReconciliationTests {
  static func own() throws -> Statement {
    let (position, prices) = SettlementLawTests.example(seed: 11)
    return Statement(
      currency: "CNY",
      lines: try settleEnergy(
        position, at: prices, under: SettlementTerms(mode: .contractForDifference, contractPoint: .asContracted),
        currency: "CNY"))
  }

  /// The operator's lines as they would be written: quantities of three, prices and amounts of two decimals.
  static func written(_ statement: Statement) throws -> [OperatorLine] {
    var lines: [OperatorLine] = []
    for line in statement.lines {
      for period in line.periods {
        let key = StatementKey(
          day: line.day, unit: line.unit, item: line.item, contract: line.contract, period: period.period)
        lines.append(
          OperatorLine(
            row: lines.count + 2, key: key, quantity: try number(period.quantity.megawattHours, 5),
            price: try number(period.price.perMegawattHour, 2), amount: try #require(WrittenDecimal(period.amount.text))
          )
        )
      }
    }
    return lines
  }

  static func number(_ value: Double, _ decimals: Int) throws -> WrittenDecimal {
    let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
    return try #require(
      WrittenDecimal(decimalText(Int128((value * scale).rounded()), decimals: decimals, minimumDecimals: decimals)))
  }

  static func changed(_ line: OperatorLine, quantity: String? = nil, price: String? = nil, amount: String? = nil) throws
    -> OperatorLine
  {
    OperatorLine(
      row: line.row, key: line.key, quantity: try quantity.map { try #require(WrittenDecimal($0)) } ?? line.quantity,
      price: try price.map { try #require(WrittenDecimal($0)) } ?? line.price,
      amount: try amount.map { try #require(WrittenDecimal($0)) } ?? line.amount)
  }

  @Test("the same statement has no difference")
  func same() throws {
    let own = try Self.own()
    let found = try reconcile(own, with: try Self.written(own), currency: "CNY")
    #expect(found.differences.isEmpty)
    #expect(found.comparedLines == 384 && found.equalLines == 384)
  }

  @Test("each planted error is found, alone, with its cause")
  func planted() throws {
    let own = try Self.own()
    let lines = try Self.written(own)
    let mine = own.lines[0].periods[9]
    func causes(_ change: (inout [OperatorLine]) throws -> Void) throws -> [DifferenceCause] {
      var copy = lines
      try change(&copy)
      return try reconcile(own, with: copy, currency: "CNY").differences.map(\.cause)
    }
    let lower = Energy(wattMinutes: mine.quantity.wattMinutes - 60_000_000)
    let less = try Self.number(lower.megawattHours, 5).text
    #expect(
      try causes {
        $0[9] = try Self.changed($0[9], quantity: less, amount: lower.value(at: mine.price).text)
      } == [.quantity])
    let dearer = mine.price + .perMegawattHour(10)
    #expect(
      try causes {
        $0[9] = try Self.changed($0[9], price: dearer.text, amount: mine.quantity.value(at: dearer).text)
      } == [.price])
    let cent = try mine.amount.rounded + Money(hundredths: 1)
    #expect(try causes { $0[9] = try Self.changed($0[9], amount: cent.text) } == [.rounding])
    let wrong = try mine.amount.rounded + Money(hundredths: 100_000)
    #expect(try causes { $0[9] = try Self.changed($0[9], amount: wrong.text) } == [.arithmetic])
    #expect(try causes { $0.remove(at: 9) } == [.missingLine])
    #expect(try causes { $0.append($0[9]) } == [.duplicate])
    #expect(
      try causes {
        let key = StatementKey(day: Example.day, unit: UnitID("A9"), item: .agcMileage, contract: "", period: 1)
        $0.append(OperatorLine(row: 999, key: key, quantity: nil, price: nil, amount: $0[9].amount))
      } == [.unexpectedLine])
  }

  @Test("the effects of quantity and price and their product add up to the difference")
  func effects() throws {
    let own = try Self.own()
    var lines = try Self.written(own)
    let mine = own.lines[0].periods[20]
    let quantity = Energy(wattMinutes: mine.quantity.wattMinutes + 120_000_000)
    let price = mine.price + .perMegawattHour(7)
    lines[20] = try Self.changed(
      lines[20], quantity: try Self.number(quantity.megawattHours, 5).text, price: price.text,
      amount: quantity.value(at: price).text)
    let found = try #require(try reconcile(own, with: lines, currency: "CNY").differences.first)
    #expect(found.cause == .quantityAndPrice)
    let cross = Energy.megawattHours(2).value(at: .perMegawattHour(7)).amount
    #expect(abs(found.quantityEffect.amount + found.priceEffect.amount + cross - found.difference.amount) < 0.02)
    #expect(found.sentence.contains("quantity") && found.sentence.contains("price"))
  }

  @Test("written numbers keep their decimals")
  func numbers() throws {
    let number = try #require(WrittenDecimal("-312.50"))
    #expect(number.value == -31_250 && number.decimals == 2 && number.text == "-312.50")
    #expect(number.money.amount == -312.5 && number.energyPrice?.text == "-312.5")
    #expect(try #require(WrittenDecimal("2.5")).energy.megawattHours == 2.5)
    #expect(WrittenDecimal("1,000") == nil && WrittenDecimal("") == nil && WrittenDecimal("1e3") == nil)
  }
}

/// A statement of whole days, beside which the operator writes what its layout has.
@Suite("Reconciliation of days") struct DayReconciliationTests {
  static let statement = Statement(
    currency: "CNY",
    lines: [
      line(.dayAheadEnergy, 10, 300_000), line(.deviationEnergy, 0, 0), line(.agcMileage, 0, 5_000),
    ])

  static func line(_ item: StatementItem, _ megawattHours: Double, _ hundredths: Int64) -> StatementLine {
    StatementLine(
      unit: UnitID("A1"), day: Example.day, item: item, quantity: .megawattHours(megawattHours),
      amount: Money(hundredths: hundredths), formula: "", inputs: [],
      source: .init(clause: "", confidence: .assumed), periods: [])
  }

  static func causes(_ item: StatementItem, _ quantity: String?, _ price: String?, _ amount: String) throws
    -> [DifferenceCause]
  {
    func written(_ text: String?) throws -> WrittenDecimal? { try text.map { try #require(WrittenDecimal($0)) } }
    var lines: [OperatorLine] = []
    for own in statement.lines where own.item != item && own.amount != .zero {
      lines.append(
        OperatorLine(
          row: lines.count + 2, key: key(own.item), quantity: nil, price: nil,
          amount: try #require(WrittenDecimal(own.amount.text))))
    }
    lines.append(
      OperatorLine(
        row: 9, key: key(item), quantity: try written(quantity), price: try written(price),
        amount: try #require(try written(amount))))
    let found = try reconcile(statement, with: lines, currency: "CNY")
    #expect(found.comparedLines == lines.count && found.equalLines == lines.count - found.differences.count)
    return found.differences.map(\.cause)
  }

  static func key(_ item: StatementItem, period: Int = 0) -> StatementKey {
    StatementKey(day: Example.day, unit: UnitID("A1"), item: item, contract: "", period: period)
  }

  @Test("what the layout lacks is not compared; a price beside no energy neither")
  func absent() throws {
    #expect(try Self.causes(.dayAheadEnergy, nil, nil, "3000.00").isEmpty)
    #expect(try Self.causes(.dayAheadEnergy, "10.000", nil, "3000.00").isEmpty)
    #expect(try Self.causes(.deviationEnergy, "0.000", "260.00", "0.00").isEmpty)
    #expect(try Self.causes(.deviationEnergy, "0.000", nil, "0.00").isEmpty)
  }

  @Test("an amount may differ by what the written figures' rounding moves, and by no more")
  func slack() throws {
    #expect(try Self.causes(.agcMileage, nil, nil, "50.01") == [.rounding])
    #expect(try Self.causes(.agcMileage, nil, nil, "50.02") == [.arithmetic])
    // Half of 0.1 MWh at 300 is 15, half a unit of the price on 10 MWh is 5; with the cent of the amount.
    #expect(try Self.causes(.dayAheadEnergy, "10.0", nil, "3015.01") == [.rounding])
    #expect(try Self.causes(.dayAheadEnergy, "10.0", nil, "3015.02") == [.arithmetic])
    #expect(try Self.causes(.dayAheadEnergy, nil, "300", "3005.01") == [.rounding])
    #expect(try Self.causes(.dayAheadEnergy, nil, "300", "2994.98") == [.arithmetic])
  }

  @Test("a written number is the rounding of what lies half a unit beside it; nine decimals are read")
  func halves() throws {
    let number = try #require(WrittenDecimal("2.5"))
    #expect(number.isRounding(of: Energy.megawattHours(2.55)) && number.isRounding(of: Energy.megawattHours(2.45)))
    #expect(!number.isRounding(of: Energy.megawattHours(2.56)))
    #expect(number.isRounding(of: EnergyPrice.perMegawattHour(2.55)))
    #expect(!number.isRounding(of: EnergyPrice.perMegawattHour(2.550001)))
    #expect(WrittenDecimal("0.123456789")?.decimals == 9 && WrittenDecimal("0.1234567891") == nil)
    #expect(WrittenDecimal("7.")?.decimals == WrittenDecimal("7")?.decimals)
  }

  @Test("a key names its period where it has one")
  func names() {
    #expect(!Self.key(.dayAheadEnergy).description.contains("period"))
    #expect(Self.key(.dayAheadEnergy, period: 3).description.hasSuffix("period 3"))
  }
}
