import Forecasting
import Foundation
import MarketModel
import MarketTestSupport
import NumericMethods
import Testing

@Suite("Input health: clocks") struct InputClockTests {
  @Test("days of 23 and 25 hours are fitted and said")
  func clockDays() throws {
    let (health, clean) = try InputHealthTests.health("load") {
      $0[83].remove(at: 2)
      $0[90].insert(1, at: 2)
      $0[91] = [1, 2, 3]
    }
    #expect(health.findings.map(\.kind) == [.clockChange, .clockChange, .missingDay])
    #expect(InputHealthTests.said(health).contains("the day has 23 hours"))
    #expect(InputHealthTests.said(health).contains("the day has 25 hours"))
    #expect(health.values[0][83] == clean[83][0..<2] + [clean[83][1]] + clean[83][3...])
    #expect(health.values[0][90] == clean[90])
  }

  @Test("an hour that is missing in the night of a clock change is said as one")
  func missingHour() throws {
    // Day 83 is Sunday 26 March 2023.
    let (health, _) = try InputHealthTests.health("load") { $0[83][2] = .nan }
    #expect(health.findings.map(\.kind) == [.clockChange])
    #expect(
      health.findings.first?.sentence == "load on 2023-03-26: the hour from 2:00 is missing, as when clocks go forward."
    )
    #expect(!health.values[0][83][2].isNaN)
  }

  @Test("a load whose shape moves by an hour is said, and is used as it is")
  func movedShape() throws {
    // From local time to one an hour behind: what happened at 8 now stands at 7.
    let (health, clean) = try InputHealthTests.health("load") { values in
      let flat = Array(values.joined())
      for day in 83..<120 {
        for hour in 0..<24 { values[day][hour] = flat[min(day * 24 + hour + 1, flat.count - 1)] }
      }
    }
    #expect(health.findings.map(\.kind) == [.clockChange])
    #expect(
      InputHealthTests.said(health).contains("2023-03-26: from this day on the daily shape lies one hour earlier"))
    #expect(health.values[0][84][3] == clean[84][4])
  }
}
