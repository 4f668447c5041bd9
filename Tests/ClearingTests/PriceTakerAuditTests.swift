import Clearing
import MarketModel
import MarketTestSupport
import Testing

@Suite("Audit of the price taker") struct PriceTakerAuditTests {
  private func day() throws -> (result: ClearingResult, book: BidBook, unitDay: UnitDay) {
    let book = try PriceTakerClearingTests.book([(165, -80), (330, 300)]) { $0 > 20 }
    let unitDay = Example.unitDay(Example.unit(state: .off(minutes: 6_000)))
    let prices = PriceTakerClearingTests.prices(Example.pricePath(valley: 250))
    return (try clearAsPriceTaker(book, unitDays: [unitDay], at: prices), book, unitDay)
  }

  private func sentences(_ change: (inout [Power], inout [Bool]) -> Void) throws -> String {
    let (result, book, unitDay) = try day()
    let right = try #require(result.schedules.first)
    var (output, commitment) = (right.output.values, right.commitment.values)
    change(&output, &commitment)
    let wrong = ClearedSchedule(
      unit: right.unit, output: Example.series(output), commitment: Example.series(commitment),
      clearedEnergy: right.clearedEnergy, revenue: right.revenue, operatingCost: right.operatingCost,
      startUpCost: right.startUpCost, starts: right.starts, finalState: right.finalState)
    let changed = ClearingResult(
      day: result.day, strategy: result.strategy, prices: result.prices, schedules: [wrong])
    return PriceTakerAudit(changed, of: book, unitDays: [unitDay]).verdict
  }

  @Test("what the clearing makes passes")
  func passes() throws {
    let (result, book, unitDay) = try day()
    #expect(PriceTakerAudit(result, of: book, unitDays: [unitDay]).verdict == "passed")
    #expect(try sentences { _, _ in } == "passed")
  }

  @Test("each wrong schedule is found and named")
  func found() throws {
    #expect(try sentences { _, on in on[50] = false }.contains("interval 51: the unit is not on line as it declared"))
    #expect(try sentences { output, _ in output[3] = .megawatts(165) }.contains("165 MW are cleared off line"))
    #expect(
      try sentences { output, _ in output[50] = .megawatts(160) }.contains("160 MW lies outside 165 MW to 330 MW"))
    #expect(try sentences { output, _ in output[50] = .megawatts(331) }.contains("outside"))
    #expect(try sentences { output, _ in output[70] = .megawatts(165) }.contains("output falls by"))
    #expect(try sentences { output, _ in output[50] = output[50] + .megawatts(1) }.contains("energy does not add up"))
    let (result, book, unitDay) = try day()
    let empty = ClearingResult(day: result.day, strategy: result.strategy, prices: result.prices, schedules: [])
    #expect(PriceTakerAudit(empty, of: book, unitDays: [unitDay]).verdict.contains("the bid has no schedule"))
  }

  @Test(
    "a change by exactly the ramp of an interval is allowed, one by a kilowatt more is not", arguments: [0.0, 0.001])
  func ramps(beyond: Double) throws {
    let ramp = try day().unitDay.unit.rampUp.largestChange(over: .quarterHour).megawatts
    let low = 165.0
    func verdict(_ high: Double, from first: Int, to last: Int) throws -> String {
      try sentences { output, on in
        for index in output.indices where on[index] {
          output[index] = .megawatts((first..<last).contains(index) ? high : low)
        }
      }
    }
    let rise = try verdict(low + ramp + beyond, from: 60, to: 96)
    #expect(rise.contains("interval 61: output rises by") == (beyond > 0), "\(rise)")
    let fall = try verdict(low + ramp + beyond, from: 0, to: 60)
    #expect(fall.contains("interval 61: output falls by") == (beyond > 0), "\(fall)")
  }
}
