import MarketModel
import MarketTestSupport
import Testing

@Suite("Quantities") struct QuantityTests {
  @Test("300 MW over a quarter-hour at 420 per MWh is 31,500 exactly")
  func worked() {
    let energy = Power.megawatts(300).energy(over: .quarterHour)
    #expect(energy.megawattHours == 75)
    #expect(energy.value(at: .perMegawattHour(420)).text == "31500.00")
  }

  @Test("one kilowatt over five minutes is exact, and twelve of them are one kilowatt-hour")
  func fiveMinutes() {
    let piece = Power(kilowatts: 1).energy(over: .fiveMinutes)
    let sum = (0..<12).reduce(Energy.zero) { total, _ in total + piece }
    #expect(sum == Power(kilowatts: 1).energy(over: .hour))
  }

  @Test("a year of a 10 GW fleet at 1,500 adds up exactly")
  func fleetYear() throws {
    let quarter = Power.megawatts(10_000).energy(over: .quarterHour).value(at: .perMegawattHour(1_500))
    let year = try Money.sum((0..<35_040).map { _ in quarter })
    // 10,000 MW × 8,760 h × 1,500 = 131.4 billion
    #expect(year.text == "131400000000.00")
  }

  @Test("money that leaves its range throws instead of trapping")
  func overflow() {
    #expect(throws: QuantityError.self) { try Money(quanta: Int128.max) + Money(quanta: 1) }
    #expect(throws: QuantityError.self) { try Money(quanta: Int128.min) - Money(quanta: 1) }
  }

  @Test("money rounds half to even at the hundredth, on both sides of zero")
  func rounding() {
    let half = Money(quanta: Money(hundredths: 1).quanta / 2)
    #expect(half.rounded == .zero)
    #expect(Money(quanta: Money(hundredths: 1).quanta + half.quanta).rounded == Money(hundredths: 2))
    #expect(Money(quanta: -Money(hundredths: 1).quanta - half.quanta).rounded == Money(hundredths: -2))
  }

  @Test("a whole number of hundredths is the nearest number to its decimal, however large")
  func moneyAmount() {
    #expect(Money(hundredths: 261_382_045).amount == 2_613_820.45)
    #expect(Money(hundredths: -3_309_872_346).amount == -33_098_723.46)
    #expect(Money(hundredths: 20_511_994_445).amount == 205_119_944.45)
  }

  @Test("a power that is no number is refused")
  func notANumber() {
    #expect(throws: QuantityError.self) { try Power(megawatts: .nan) }
    #expect(throws: QuantityError.self) { try Power(megawatts: 1e13) }
  }

  @Test(
    "decimal text is read exactly or not at all",
    arguments: [
      ("-80", -80_000_000), ("312.50", 312_500_000), ("+0.000001", 1), (".5", 500_000),
    ])
  func decimals(text: String, micro: Int64) {
    #expect(scaledInteger(fromDecimalText: text, decimals: 6) == micro)
  }

  @Test(
    "text that is not plain decimal is refused", arguments: ["", "-", "abc", "1e3", "1,300", "0.0000001", "1.2.3", "."])
  func notDecimal(text: String) {
    #expect(scaledInteger(fromDecimalText: text, decimals: 6) == nil)
  }

  @Test("net output is gross less auxiliary power, to the kilowatt")
  func netOutput() {
    #expect(Example.unit().netOutput(ofGross: .megawatts(300)) == .megawatts(282))
  }
}
