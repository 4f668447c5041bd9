import Forecasting
import Foundation
import MarketModel
import MarketTestSupport
import NumericMethods
import Testing

@Suite("Input health") struct InputHealthTests {
  /// The health of one clean series after a fault.
  static func health(
    _ name: String, isTarget: Bool = false, perHour: Int = 1, confirmed: Bool = false,
    _ fault: (inout [[Double]]) -> Void
  ) throws -> (health: InputHealth, clean: [[Double]]) {
    let clean = try #require(CleanSeries(perHour: perHour).values[name])
    var values = clean
    fault(&values)
    let series = InputSeries(name: name, values: values, isTarget: isTarget, levelIsConfirmed: confirmed)
    return (try InputHealth([series], firstDay: CleanSeries.first, intervals: 24 * perHour), clean)
  }

  /// All sentences and fallbacks together.
  static func said(_ health: InputHealth) -> String { health.findings.map(\.description).joined(separator: " | ") }

  /// How many values of a day of the first series are not usable.
  static func missing(_ health: InputHealth, _ day: Int) -> Int { health.values[0][day].count { $0.isNaN } }

  @Test("clean series give no finding and stay as they are", arguments: [1, 4])
  func clean(perHour: Int) throws {
    for seed in 1...5 as ClosedRange<UInt64> {
      let clean = CleanSeries(perHour: perHour, seed: seed)
      let health = try clean.health(perHour)
      #expect(health.findings.isEmpty, "\(seed): \(health.findings)")
      #expect(health.values == CleanSeries.names.map { clean.values[$0] ?? [] })
    }
  }

  @Test("a gap of two hours is bridged on a straight line and said")
  func shortGap() throws {
    let (health, clean) = try Self.health("load") {
      $0[50][9] = .nan
      $0[50][10] = .nan
    }
    let finding = try #require(health.findings.first)
    #expect(health.findings.count == 1)
    #expect(finding.kind == .missingValues && finding.count == 2 && finding.firstDay == Example.day(2023, 2, 21))
    #expect(finding.sentence == "load on 2023-02-21: 2 of 24 values are missing.")
    #expect(finding.fallback == "Gaps of up to 2 hours are bridged between their neighbours.")
    let step = (clean[50][11] - clean[50][8]) / 3
    #expect(abs(health.values[0][50][9] - clean[50][8] - step) < 1e-6)
    #expect(abs(health.values[0][50][10] - clean[50][8] - 2 * step) < 1e-6)
  }

  @Test("a gap of three hours in history stays a gap")
  func longGap() throws {
    let (health, _) = try Self.health("load") { for hour in 9..<12 { $0[50][hour] = .nan } }
    #expect(health.findings.map(\.kind) == [.missingValues])
    #expect(health.findings.first?.fallback == "The fit leaves the day out.")
    #expect(Self.missing(health, 50) == 3)
    #expect(health.leftOut.isEmpty)
  }

  @Test("a missing value of the target is never filled; its last day is to come and is not reported")
  func target() throws {
    let (health, _) = try Self.health("price", isTarget: true) {
      $0[60][3] = .nan
      $0[119] = [Double](repeating: .nan, count: 24)
    }
    #expect(health.findings.map(\.kind) == [.missingValues])
    #expect(health.values[0][60][3].isNaN)
  }

  @Test("missing days in a row are one finding")
  func missingDays() throws {
    let (health, _) = try Self.health("wind") {
      $0[40] = []
      $0[41] = [Double](repeating: .nan, count: 24)
    }
    let finding = try #require(health.findings.first)
    #expect(health.findings.count == 1 && finding.kind == .missingDay && finding.count == 48)
    #expect(finding.sentence == "wind from 2023-02-11 to 2023-02-12: no value is known on these 2 days.")
    #expect(Self.missing(health, 40) == 24)
  }

  @Test("on the day to forecast four missing hours come from the week before, ten leave the input out")
  func lastDay() throws {
    let (few, clean) = try Self.health("load") { for hour in 20..<24 { $0[119][hour] = .nan } }
    #expect(few.values[0][119][20..<24] == clean[112][20..<24])
    #expect(Self.said(few).contains("the values of 2023-04-24, the last complete day of the same weekday"))
    #expect(few.leftOut.isEmpty)
    let (many, _) = try Self.health("load") { for hour in 14..<24 { $0[119][hour] = .nan } }
    #expect(many.leftOut == ["load"])
    #expect(Self.missing(many, 119) == 24)
    #expect(Self.said(many).contains("made without load"))
  }

  @Test("a frozen sensor is found and its values are not used", arguments: ["load", "wind", "temperature"])
  func frozen(name: String) throws {
    let (health, _) = try Self.health(name) { values in
      let value = values[70][12] + 0.25
      for hour in 12..<24 { values[70][hour] = value }
      for day in 71...73 { values[day] = [Double](repeating: value, count: 24) }
    }
    let finding = try #require(health.findings.first)
    #expect(health.findings.count == 1 && finding.kind == .flatLine && finding.count == 84)
    #expect(finding.firstDay == Example.day(2023, 3, 13) && finding.lastDay == Example.day(2023, 3, 16))
    #expect(Self.missing(health, 71) == 24)
    #expect(!health.values[0][70][11].isNaN && !health.values[0][74][0].isNaN)
  }

  @Test("a column that moves in steps is not frozen")
  func steps() throws {
    let (capacity, _) = try Self.health("load") { values in
      for day in values.indices { values[day] = [Double](repeating: day < 50 ? 9_000 : 9_600, count: 24) }
    }
    #expect(capacity.findings.isEmpty)
    let (holidays, _) = try Self.health("load") { values in
      for day in values.indices { values[day] = [Double](repeating: [40, 81, 110].contains(day) ? 1 : 0, count: 24) }
    }
    #expect(holidays.findings.isEmpty)
  }

  @Test("a sensor that is frozen on the day to forecast is left out for it")
  func frozenToday() throws {
    let (health, _) = try Self.health("load") { $0[119] = [Double](repeating: 40_123, count: 24) }
    #expect(health.findings.map(\.kind) == [.flatLine])
    #expect(health.leftOut == ["load"])
    #expect(Self.said(health).contains("made without load"))
  }

  @Test("a price may rest at its floor for two days, not in the middle of its range")
  func floor() throws {
    let (floor, _) = try Self.health("price", isTarget: true) {
      for day in 80...81 { $0[day] = [Double](repeating: -80, count: 24) }
    }
    #expect(floor.findings.isEmpty)
    let (middle, _) = try Self.health("price", isTarget: true) {
      for day in 80...81 { $0[day] = [Double](repeating: 200, count: 24) }
    }
    #expect(middle.findings.map(\.kind) == [.flatLine])
  }

  @Test(
    "kW for MW from a day on is missing until confirmed", arguments: ["load", "wind", "solar", "price"], [1000, 0.001])
  func unit(name: String, factor: Double) throws {
    // A wind or a sun may calm down for a day, so that a fall is confirmed by three days.
    let (health, clean) = try Self.health(name, isTarget: name == "price") { values in
      for day in 110..<120 { values[day] = values[day].map { $0 * factor } }
    }
    let finding = try #require(health.findings.first)
    #expect(health.findings.count == 1 && finding.kind == .unitChange, "\(health.findings)")
    #expect(finding.firstDay == Example.day(2023, 4, 22) && finding.lastDay == Example.day(2023, 5, 1))
    #expect(finding.sentence.contains(factor > 1 ? "1,000 times as high as" : "1/1,000 of"))
    #expect(finding.fallback.contains(factor > 1 ? "divide by 1,000" : "multiply by 1,000"))
    #expect((110...119).reduce(0) { $0 + Self.missing(health, $1) } == 240)
    #expect(health.values[0][109] == clean[109])
    let (confirmed, _) = try Self.health(name, isTarget: name == "price", confirmed: true) { values in
      for day in 110..<120 { values[day] = values[day].map { $0 * factor } }
    }
    #expect(!confirmed.findings.contains { $0.kind == .unitChange })
  }

  @Test("power in kW is found though the first such day is dull; a price may rise as much")
  func unitOfRestlessPower() throws {
    var rows = try #require(CleanSeries(seed: 5).values["solar"])
    rows[60] = rows[60].map { $0 / 15 }
    for day in 100..<119 { rows[day] = rows[day].map { $0 * (day == 100 ? 80 : 1_000) } }
    rows[119] = rows[119].map { _ in .nan }
    func found(isPower: Bool) throws -> [InputFinding] {
      let series = InputSeries(name: "solar", values: rows, isTarget: true, isPower: isPower)
      return try InputHealth([series], firstDay: CleanSeries.first, intervals: 24).findings
        .filter { $0.kind == .unitChange }
    }
    let finding = try #require(try found(isPower: true).first)
    #expect(finding.firstDay == CleanSeries.first.advanced(by: 100))
    #expect(finding.lastDay == CleanSeries.first.advanced(by: 118))
    #expect(try found(isPower: false).isEmpty)
  }

  @Test("the unit changes within a day, and on the day to forecast alone")
  func unitWithinDay() throws {
    let (within, _) = try Self.health("load") { values in
      for hour in 20..<24 { values[99][hour] /= 1000 }
      for day in 100..<120 { values[day] = values[day].map { $0 / 1000 } }
    }
    #expect(within.findings.map(\.kind) == [.unitChange] && within.findings.first?.count == 20 * 24 + 4)
    #expect(Self.missing(within, 99) == 4)
    let (today, _) = try Self.health("wind") { $0[119] = $0[119].map { $0 * 1000 } }
    #expect(today.findings.map(\.kind) == [.unitChange] && today.leftOut == ["wind"])
  }

  @Test("when most of the series is in the new unit, the old days are the wrong ones")
  func unitMajority() throws {
    let (health, _) = try Self.health("load") { values in
      for day in 0..<30 { values[day] = values[day].map { $0 * 1000 } }
    }
    #expect(health.findings.map(\.kind) == [.unitChange])
    #expect(health.findings.first?.lastDay == Example.day(2023, 1, 31))
    #expect(!health.values[0][30][0].isNaN)
  }

  @Test("a price that rises tenfold is a price")
  func crisis() throws {
    let (health, _) = try Self.health("price", isTarget: true) { values in
      for day in 100..<120 { values[day] = values[day].map { $0 * 10 } }
    }
    #expect(health.findings.isEmpty)
  }

  @Test("marks for missing values are found", arguments: [-999.0, 0, 99_999])
  func marks(mark: Double) throws {
    let (health, clean) = try Self.health("load") { $0[66][13] = mark }
    #expect(health.findings.map(\.kind) == [.implausible])
    #expect(health.findings.first?.firstDay == Example.day(2023, 3, 9))
    #expect(abs(health.values[0][66][13] - (clean[66][12] + clean[66][14]) / 2) < 1e-6)
  }

  @Test("infinite values, empty days, a series of nothing and one of one value are survived")
  func survives() throws {
    let (infinite, _) = try Self.health("load") { $0[66][13] = .infinity }
    #expect(infinite.findings.map(\.kind) == [.missingValues])
    let nothing = try InputHealth(
      [
        InputSeries(name: "a", values: [[], []]),
        InputSeries(name: "b", values: [[Double](repeating: 1, count: 24), []]),
      ],
      firstDay: CleanSeries.first, intervals: 24)
    #expect(nothing.leftOut == ["a", "b"])
    #expect(throws: ForecastingError.self) {
      try InputHealth(
        [InputSeries(name: "a", values: [[]]), InputSeries(name: "b", values: [[], []])], firstDay: CleanSeries.first,
        intervals: 24)
    }
    #expect(throws: ForecastingError.self) { try InputHealth([], firstDay: CleanSeries.first, intervals: 23) }
  }
}
