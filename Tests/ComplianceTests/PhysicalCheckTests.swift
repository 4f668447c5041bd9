import Compliance
import MarketModel
import MarketRules
import MarketTestSupport
import Testing

@Suite("Capacity, minimum output, reserve")
struct PhysicalCheckTests {
  private func plan(_ changes: [Int: Double], base: Double = 200) -> [Double] {
    (0..<96).map { changes[$0] ?? base }
  }

  @Test("P01: a unit in a ticketed derating bids in full")
  func capacity() throws {
    #expect(try answer("P01", bid()) == .passed)
    #expect(
      try answer("P01", bid(), units: [derated(to: 290)]).sentences == [
        "Unit A1, 2023-03-15: the curve ends at 330 MW, above the largest available capacity 290 MW (outages on file). "
          + "End the curve at 290 MW, or correct the outage."
      ])
    #expect(
      try answer("P01", bid(plan: plan([40: 331]))).sentences.first?.hasPrefix("Unit A1, 2023-03-15 10:15: ") == true)
    let off = bid(commitment: runs((true, 95), (false, 1)))
    #expect(
      try answer("P01", off).sentences == [
        "Unit A1, 2023-03-15 24:00: the planned output is 200 MW while the unit is declared off line (outages on file). "
          + "Plan within what is available, or correct the outage."
      ])
    #expect(try answer("P01", bid(plan: []), units: [derated(to: 100)]).sentences.count == 97)
    #expect(try answer("P01", bid(unit: "A3")).reason == "unit A3 is not in the portfolio")
  }

  @Test("P02, P14: what is not among the data is never confirmed")
  func withoutData() throws {
    #expect(try answer("P02", bid()).reason.contains("compare them by hand"))
    #expect(try answer("P14", bid()).reason.contains("no exclusion zones"))
  }

  @Test("P03: a heating unit offers 40 % while heat needs 62 %")
  func minimumOutput() throws {
    #expect(try answer("P03", bid()) == .passed)
    var heating = Example.unit()
    heating.heatSupply = HeatSupply(minimumOutput: .megawatts(205), firstMonthDay: 1_115, lastMonthDay: 315)
    let unit = Example.unitDay(heating)
    #expect(
      try answer("P03", bid(plan: []), units: [unit]).sentences == [
        "Unit A1, 2023-03-15, segment 1: the curve offers output from 165 MW on, below the unit's lowest output 205 MW "
          + "(unit register). Put the first point at 205 MW: the stable minimum, or what the heat supply needs."
      ])
    let stopped = bid([(0, 205, -80), (205, 330, 300)], commitment: runs((true, 95), (false, 1)), plan: [])
    #expect(
      try answer("P03", stopped, units: [unit]).sentences == [
        "Unit A1, 2023-03-15 24:00: the unit is declared off line while it must run for heat supply (unit register). "
          + "Declare the unit on line."
      ])
    #expect(try answer("P03", bid(plan: plan([40: 160]))).sentences.count == 1)
    #expect(try answer("P03", bid([(0, .nan, 0)])).reason.contains("no number of MW"))
  }

  @Test("P09: a plan at the largest output keeps no reserve")
  func reserve() throws {
    // 10 % of 330 MW is 33 MW: the plan lies between 198 and 297 MW.
    #expect(try answer("P09", bid(plan: plan([10: 198, 20: 297]))) == .passed)
    #expect(
      try answer("P09", bid(plan: plan([20: 297.001, 30: 197.999]))).sentences == [
        "Unit A1, 2023-03-15 05:15: the plan 297.001 MW leaves 32.999 MW free above it, less than 10 % of the rated "
          + "capacity (example 2022-01, §7.2). Plan lower, or take the unit out of the reserve.",
        "Unit A1, 2023-03-15 07:45: the plan 197.999 MW leaves 32.999 MW free below it, less than 10 % of the rated "
          + "capacity (example 2022-01, §7.2). Plan higher, or take the unit out of the reserve.",
      ])
    #expect(try answer("P09", bid(plan: [])).reason == "no planned output is declared")
  }

  @Test("P13: auxiliary power forgotten")
  func auxiliaryPower() throws {
    #expect(try answer("P13", bid()) == .passed)
    var unit = Example.unit()
    unit.auxiliaryPowerPartsPerMillion = 0
    #expect(
      try answer("P13", bid(), units: [Example.unitDay(unit)]).sentences == [
        "Unit A1, 2023-03-15: the auxiliary power is 0 %, so gross output would be taken for net (unit register). "
          + "Enter the unit's own use in the register."
      ])
  }

  @Test("P04: +75 MW in a quarter of an hour at 3 MW/min")
  func ramp() throws {
    var slow = Example.unit()
    slow.rampUp = .megawattsPerMinute(3)
    slow.rampDown = .megawattsPerMinute(3)
    let unit = Example.unitDay(slow)
    #expect(try answer("P04", bid(plan: plan([40: 245])), units: [unit]) == .passed)
    #expect(
      try answer("P04", bid(plan: plan([40: 275])), units: [unit]).sentences == [
        "Unit A1, 2023-03-15 10:15: the planned output rises by 75 MW from 200 MW; the unit can rise by 45 MW in "
          + "15 minutes (unit register). Spread the change over more intervals.",
        "Unit A1, 2023-03-15 10:30: the planned output falls by 75 MW from 275 MW; the unit can fall by 45 MW in "
          + "15 minutes (unit register). Spread the change over more intervals.",
      ])
    // The first change is counted from the state at the start of the day, 200 MW.
    #expect(try answer("P04", bid(plan: plan([:], base: 246)), units: [unit]).sentences.count == 1)
    #expect(try answer("P04", bid(plan: [])).reason == "no planned output is declared")
  }

  @Test("P04: a unit starts and stops at or below its lowest output and one ramp step")
  func rampAtStart() throws {
    // 165 MW + 15 min · 4.95 MW/min = 239.25 MW.
    let commitment = runs((false, 40), (true, 40), (false, 16))
    func path(_ first: Double, _ last: Double) -> [Double] {
      (0..<96).map { commitment[$0] ? ($0 == 40 ? first : ($0 == 79 ? last : 239)) : 0 }
    }
    let unit = Example.unitDay(state: .off(minutes: 3_000))
    #expect(
      try answer("P04", bid(commitment: commitment, plan: path(165, 239.25)), units: [unit]) == .passed)
    #expect(
      try answer("P04", bid(commitment: commitment, plan: path(240, 240)), units: [unit]).sentences == [
        "Unit A1, 2023-03-15 10:15: the unit starts with 240 MW; at most its lowest output and one ramp step, 239.25 MW, "
          + "is possible (unit register). Plan the start or stop at a lower output.",
        "Unit A1, 2023-03-15 20:15: the unit stops from 240 MW; at most its lowest output and one ramp step, 239.25 MW, "
          + "is possible (unit register). Plan the start or stop at a lower output.",
      ])
    let halted = bid(commitment: runs((false, 96)), plan: Array(repeating: 0, count: 96))
    #expect(
      try answer("P04", halted, units: [Example.unitDay(state: .on(minutes: 900, output: .megawatts(300)))]).sentences
        .count == 1)
  }
}
