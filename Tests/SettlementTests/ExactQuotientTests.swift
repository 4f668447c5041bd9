import MarketModel
import Testing

@testable import Settlement

@Suite("Exact quotients") struct ExactQuotientTests {
  @Test(
    "a quotient goes to the nearest integer, a half to the even one, the same on both sides of zero",
    arguments: [
      (0, 3, 0), (5, 2, 2), (7, 2, 4), (3, 2, 2), (1, 2, 0), (9, 4, 2), (10, 4, 2), (11, 4, 3), (14, 4, 4), (8, 4, 2),
      (1, 3, 0), (2, 3, 1), (1_000_001, 2, 500_000), (1_000_003, 2, 500_002),
    ])
  func halves(numerator: Int, divisor: Int, expected: Int) {
    #expect(quotientHalfToEven(Int128(numerator), Int128(divisor)) == Int128(expected))
    #expect(quotientHalfToEven(Int128(-numerator), Int128(divisor)) == Int128(-expected))
  }

  @Test("a price ends at the limit of prices")
  func limit() {
    let limit = Int128(EnergyPrice.limitMicro)
    #expect(EnergyPrice(quotient: limit, 1)?.microPerMegawattHour == EnergyPrice.limitMicro)
    #expect(EnergyPrice(quotient: -limit, 1)?.microPerMegawattHour == -EnergyPrice.limitMicro)
    #expect(EnergyPrice(quotient: limit + 1, 1) == nil)
    #expect(EnergyPrice(quotient: -limit - 1, 1) == nil)
  }
}
