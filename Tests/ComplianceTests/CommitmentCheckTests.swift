import Compliance
import MarketModel
import MarketRules
import MarketTestSupport
import Testing

@Suite("Starts and minimum times")
struct CommitmentCheckTests {
  private func answerTo(
    _ id: String, _ commitment: [Bool], state: UnitState, pack: RulePack? = nil
  ) throws -> CheckResult {
    try answer(id, bid(commitment: commitment, plan: []), units: [Example.unitDay(state: state)], pack: pack)
  }

  @Test("P05: a cold unit is planned on line two hours after the order")
  func startTime() throws {
    // The plan comes at 19:30; a cold start takes 480 minutes, so the unit is on line from 03:30 on at the earliest.
    let cold = UnitState.off(minutes: 5_000)
    #expect(try answerTo("P05", runs((false, 14), (true, 82)), state: cold) == .passed)
    #expect(
      try answerTo("P05", runs((false, 13), (true, 83)), state: cold).sentences == [
        "Unit A1, 2023-03-15 03:30: a cold start is planned 465 minutes after the order at D-1T19:30; it takes 480 minutes "
          + "(example 2022-01, §7.2). Start later, or have the start ordered earlier."
      ])
    // After 300 minutes off the start is hot and takes 180 minutes.
    #expect(try answerTo("P05", runs((true, 96)), state: .off(minutes: 300)) == .passed)
  }

  @Test("P05: without the hour of the plan the gate counts; without both nothing is confirmed")
  func startTimeFromGate() throws {
    let early = runs((true, 96))
    let gateOnly = try ComplianceExample.pack(without: "dispatch_plan")
    #expect(try answerTo("P05", early, state: .off(minutes: 5_000), pack: gateOnly) == .passed)
    let later = try ComplianceExample.pack("dispatch_plan", "{ value: \"D-1T16:01\", clause: c, confidence: official }")
    #expect(try answerTo("P05", early, state: .off(minutes: 5_000), pack: later).sentences.count == 1)
    let lines = ComplianceExample.packLines.joined(separator: "\n")
      .replacing("locks: [curve]", with: "locks: []")
      .replacing(
        "dispatch_plan: { value: D-1T19:30, clause: §7.2, confidence: official }",
        with: "dispatch_plan: { unknown: why }")
    let neither = try RulePack(yaml: lines, file: "text")
    #expect(
      try answerTo("P05", early, state: .off(minutes: 5_000), pack: neither).reason.contains("operator's plan (why)"))
    #expect(
      try answer("F02", bid(), pack: neither).reason == "no gate of rule pack example 2022-01 locks the bid curve")
  }

  @Test("P06: a run of 4 hours with a minimum up time of 8 hours")
  func minimumUpTime() throws {
    let off = UnitState.off(minutes: 3_000)
    #expect(try answerTo("P06", runs((false, 20), (true, 32), (false, 44)), state: off) == .passed)
    #expect(
      try answerTo("P06", runs((false, 20), (true, 16), (false, 60)), state: off).sentences == [
        "Unit A1, 2023-03-15 09:15: the unit stops after 240 minutes on line; its minimum up time is 480 minutes "
          + "(unit register). Keep the unit on line longer, or do not start it."
      ])
    // The time before the day counts; a run into the next day is not yet judged.
    let running = runs((true, 4), (false, 92))
    #expect(try answerTo("P06", running, state: .on(minutes: 420, output: .megawatts(165))) == .passed)
    #expect(try answerTo("P06", running, state: .on(minutes: 419, output: .megawatts(165))).sentences.count == 1)
    #expect(try answerTo("P06", runs((false, 80), (true, 16)), state: off) == .passed)
    #expect(try answerTo("P06", runs((true, 9)), state: off).reason.contains("9 values"))
  }

  @Test("P06: a stop that an outage forces is excused")
  func outage() throws {
    let start = Example.zone.start(of: Example.day)
    let unit = Example.unitDay(
      outages: [
        Outage(
          unit: UnitID("A1"), from: start.addingTimeInterval(3_600), to: start.addingTimeInterval(86_400),
          availableCapacity: .zero)
      ], state: .on(minutes: 60, output: .megawatts(200)))
    #expect(try answer("P06", bid(commitment: runs((true, 4), (false, 92)), plan: []), units: [unit]) == .passed)
    #expect(
      try answer("P06", bid(commitment: runs((true, 3), (false, 93)), plan: []), units: [unit]).sentences.count == 1)
  }

  @Test("P07: a restart after 3 hours, and a declared time above the operator's bound")
  func minimumDownTime() throws {
    let on = UnitState.on(minutes: 3_000, output: .megawatts(200))
    #expect(try answerTo("P07", runs((true, 10), (false, 32), (true, 54)), state: on) == .passed)
    #expect(
      try answerTo("P07", runs((true, 10), (false, 12), (true, 74)), state: on).sentences == [
        "Unit A1, 2023-03-15 05:45: the unit starts after 180 minutes off line; its minimum down time is 480 minutes "
          + "(unit register). Start it later, or do not stop it."
      ])
    #expect(try answerTo("P07", runs((true, 96)), state: .off(minutes: 479)).sentences.count == 1)
    #expect(try answerTo("P07", runs((true, 96)), state: .off(minutes: 480)) == .passed)
    let strict = try ComplianceExample.pack(
      "largest_minimum_up_minutes", "{ value: 360, clause: notice 3, confidence: official }")
    #expect(
      try answerTo("P07", runs((true, 96)), state: on, pack: strict).sentences == [
        "Unit A1, 2023-03-15: the declared minimum up time is 480 minutes, above the operator's bound of 360 minutes "
          + "(example 2022-01, notice 3). Declare at most the bound."
      ])
  }

  @Test("P08: two starts of a unit, two starts at a plant limited to one")
  func starts() throws {
    let twice = runs((false, 10), (true, 33), (false, 20), (true, 33))
    let off = UnitState.off(minutes: 3_000)
    #expect(try answerTo("P08", runs((false, 10), (true, 86)), state: off) == .passed)
    #expect(
      try answerTo("P08", twice, state: off).sentences.first
        == "Unit A1, 2023-03-15: the unit starts 2 times; its limit is 1 a day (unit register). Join the runs.")
    let units = ["A1", "A2"].map { Example.unitDay(Example.unit($0), state: off) }
    let once = runs((false, 10), (true, 86))
    let bids = ["A1", "A2"].map { bid(unit: $0, commitment: once, plan: []) }
    let both = try report(bids, units: units).units.map { $0.outcome("P08")?.result.sentences ?? [] }
    #expect(
      both[1] == [
        "Unit A2, 2023-03-15: the units of plant A start 2 times; the plant's limit is 1 a day (example 2022-01, §7.2). "
          + "Move the start of one of its units to another day."
      ])
    let unknown = try ComplianceExample.pack(without: "maximum_starts_per_plant")
    let plants = [Plant(id: PlantID("A"), maximumStartsPerDay: 2)]
    #expect(try report(bids, units: units, plants: plants, pack: unknown).units[1].outcome("P08")?.result == .passed)
    #expect(
      try report(bids, units: units, pack: unknown).units[1].outcome("P08")?.result.reason.contains("starts of a plant")
        == true)
  }
}
