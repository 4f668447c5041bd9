import Foundation
import MarketModel
import MarketTestSupport
import Testing

@Suite("Market time") struct TimeTests {
  @Test("days count through leap years and print as dates")
  func days() throws {
    #expect(Example.day(2024, 2, 28).advanced(by: 1).description == "2024-02-29")
    #expect(Example.day(2023, 12, 31).advanced(by: 1).description == "2024-01-01")
    #expect(MarketDay(year: 2023, month: 2, day: 29) == nil)
    #expect(MarketDay("2021/12/1")?.description == "2021-12-01")
    #expect(Example.day(1970, 1, 1).dayNumber == 0)
    #expect(Example.day(2023, 3, 15).weekday == 3)
    #expect(Example.day(2024, 12, 31).dayOfYear == 366)
  }

  @Test("every day of forty years survives the round trip")
  func roundTrip() {
    for number in 0..<14_610 {
      let day = MarketDay(dayNumber: number)
      #expect(MarketDay(day.description) == day)
    }
  }

  @Test("labels name the end of the interval and read back")
  func labels() {
    let first = TradingInterval(day: Example.day, number: 1, length: .quarterHour)
    let last = TradingInterval(day: Example.day, number: 96, length: .quarterHour)
    #expect(first.endLabel == "00:15")
    #expect(last.endLabel == "24:00")
    #expect(TradingInterval.number(ofEndLabel: "24:00:00", length: .quarterHour) == 96)
    #expect(TradingInterval.number(ofEndLabel: "0:15", length: .quarterHour) == 1)
    #expect(TradingInterval.number(ofEndLabel: "0:20", length: .quarterHour) == nil)
    #expect(TradingInterval.number(ofEndLabel: "00:00", length: .quarterHour) == nil)
  }

  @Test("a clock change makes days of 23 and 25 hours")
  func clockChange() throws {
    let zone = try #require(MarketZone(identifier: "Europe/Brussels", length: .hour))
    #expect(zone.grid(for: Example.day(2023, 3, 26)).count == 23)
    #expect(zone.grid(for: Example.day(2023, 10, 29)).count == 25)
    #expect(zone.grid(for: Example.day(2023, 6, 1)).count == 24)
    let quarter = try #require(MarketZone(identifier: "Europe/Brussels", length: .quarterHour))
    #expect(quarter.grid(for: Example.day(2023, 10, 29)).count == 100)
    #expect(Example.grid().count == 96)
  }

  @Test("a series of the wrong length says what it has and needs")
  func wrongLength() {
    #expect {
      try IntervalSeries(Example.grid(), [Double](repeating: 1, count: 95))
    } throws: {
      "\($0)" == "2023-03-15 has 96 trading intervals of 15 minutes; 95 values were given"
    }
  }

  @Test("a gate is an instant in the market's clock")
  func gate() throws {
    let gate = try #require(GateClosure("D-1T09:45"))
    #expect(gate.description == "D-1T09:45")
    // 2023-03-14 09:45 in Shanghai is 01:45 UTC.
    #expect(gate.instant(for: Example.day, in: Example.zone) == Date(timeIntervalSince1970: 1_678_758_300))
    #expect(GateClosure("D+1T02:00")?.dayOffset == 1)
    #expect(GateClosure("tomorrow") == nil)
  }

  @Test("an outage takes away the intervals that it touches")
  func outage() {
    let start = Example.zone.start(of: Example.day)
    let outage = Outage(
      unit: UnitID("A1"), from: start.addingTimeInterval(10 * 60), to: start.addingTimeInterval(45 * 60),
      availableCapacity: .megawatts(200))
    let day = Example.unitDay(outages: [outage])
    #expect(day.availableCapacity.values.prefix(4).map(\.megawatts) == [200, 200, 200, 330])
  }

  @Test("a heat season over the new year makes the unit must-run")
  func heat() {
    let heat = HeatSupply(minimumOutput: .megawatts(200), firstMonthDay: 1115, lastMonthDay: 331)
    #expect(heat.isInSeason(Example.day(2023, 1, 10)))
    #expect(heat.isInSeason(Example.day(2023, 11, 15)))
    #expect(!heat.isInSeason(Example.day(2023, 4, 1)))
    var unit = Example.unit()
    unit.heatSupply = heat
    let day = Example.unitDay(unit)
    #expect(day.mustRun.values.allSatisfy { $0 })
    #expect(day.minimumOutput.values[0] == .megawatts(200))
    #expect(day.lostHeatDuty == nil)
    let start = Example.zone.start(of: Example.day)
    let out = Outage(
      unit: UnitID("A1"), from: start.addingTimeInterval(3_600), to: start.addingTimeInterval(3 * 3_600),
      availableCapacity: .megawatts(150))
    let lost = Example.unitDay(unit, outages: [out])
    #expect(lost.lostHeatDuty?.contains("leave 150 MW in 2.0 h from interval 5 to 12") == true)
    #expect(!lost.mustRun.values[4] && lost.mustRun.values[12])
  }
}

extension TimeTests {
  @Test("a day of 24 hours fits days of 23 and 25, by the hour of the clock change")
  func fitted() {
    let hours = (0..<24).map { Double($0) }
    let short = IntervalGrid(day: Example.day, length: .hour, count: 23)
    let long = IntervalGrid(day: Example.day, length: .hour, count: 25)
    #expect(ClockChange.fitted(hours, to: short) == [0, 1] + (3..<24).map { Double($0) })
    #expect(ClockChange.fitted(hours, to: long) == [0, 1, 1] + (2..<24).map { Double($0) })
    let quarters = IntervalGrid(day: Example.day, length: .quarterHour, count: 100)
    #expect(ClockChange.fitted([Double](repeating: 7, count: 96), to: quarters).count == 100)
  }
}
