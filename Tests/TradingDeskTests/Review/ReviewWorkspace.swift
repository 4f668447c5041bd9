import Foundation
import MarketData
import MarketModel
import MarketStore
import MarketTestSupport
import Testing

@testable import TradingDesk

/// A small workspace with a month of prepared days: two units, prices that follow the bidding space, offers at marginal cost. On three days
/// something is planted.
final class ReviewWorkspace: Sendable {
  static let first = Example.day(2026, 3, 1)
  static let history = 61
  static let days = 18
  /// Days from the first on which something is wrong.
  static let biasedWind = 9
  static let outage = 14
  static let badSegment = 16
  static let units = [
    Example.unit("A1", state: .on(minutes: 6_000, output: .megawatts(165))),
    Example.unit("A2", rated: 600, minimum: 240, state: .on(minutes: 6_000, output: .megawatts(240))),
  ]

  let folder: URL
  let desk: TradingDesk

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "review-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let data = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "data")
    desk = TradingDesk(
      workspace: Workspace(folder), dataDirectory: data, programVersion: "test",
      now: { Date(timeIntervalSince1970: 0) },
      progress: { _ in })
    let store = try MarketStore(path: folder.appending(path: "spotdesk.sqlite").path)
    try store.setSetting("market", to: "shandong")
    try fillSeries(store)
    _ = try store.save(units: Self.units, availableAt: Example.zone.start(of: Self.first.advanced(by: -100)))
    _ = try store.save(
      contracts: [
        ContractForDifference(
          id: "C", counterparty: "X", firstDay: Self.first, lastDay: Self.first.advanced(by: 40), fromMinute: 0,
          toMinute: 1_440, power: .megawatts(400.001), price: .perMegawattHour(345.67), reference: .dayAhead)
      ], availableAt: Example.zone.start(of: Self.first.advanced(by: -100)))
    let ill = Self.first.advanced(by: Self.outage)
    let begins = Example.zone.instant(day: ill, minute: 600)
    _ = try store.save(outages: [
      Available(
        Outage(unit: UnitID("A2"), from: begins, to: begins.addingTimeInterval(8 * 3_600), availableCapacity: .zero),
        availableAt: begins)
    ])
    for number in 0..<Self.days { try prepare(number, store) }
  }

  deinit { _ = try? FileManager.default.removeItem(at: folder) }

  /// True bidding space, with the day's own level.
  static func space(_ number: Int) -> [Double] {
    (0..<96).map { index in
      26_000 + 6_000 * sin(Double(number) * 2.4) + 9_000 * sin((Double(index) - 40) / 15.28)
    }
  }

  static func wind(_ number: Int) -> [Double] { (0..<96).map { 6_000 + 1_500 * sin(Double($0 + number * 37) / 20) } }

  /// What the space costs.
  static func price(_ space: Double) -> Double { (30 + space * 0.0122 * 100).rounded() / 100 }

  static func prices(_ number: Int) -> [Double] { space(number).map { price($0) } }

  /// Expected wind: 90 % above what came on the planted day.
  static func windForecast(_ number: Int) -> [Double] {
    wind(number).map { $0 * (number == biasedWind ? 2.6 : 1) }
  }

  private func fillSeries(_ store: MarketStore) throws {
    _ = try store.importObservations(from: "example.csv", now: Date(timeIntervalSince1970: 0)) { write in
      for number in -Self.history..<Self.days {
        let day = Self.first.advanced(by: number)
        let zone = Example.zone
        let load = zip(Self.space(number), Self.wind(number)).map { $0 + $1 }
        func observation(_ key: SeriesKey, _ values: [Double], hoursAfter hours: Double) -> DayObservation {
          DayObservation(
            key: key, day: day, length: .quarterHour, values: values,
            availableAt: zone.start(of: day).addingTimeInterval(hours * 3_600))
        }
        try write([
          observation(SeriesKey(.price, .dayAhead), Self.prices(number), hoursAfter: -7),
          observation(SeriesKey(.price, .realTime), Self.prices(number).map { $0 + 20 }, hoursAfter: 26),
          observation(SeriesKey(.load, .forecast), load, hoursAfter: -15.5),
          observation(SeriesKey(.load, .actual), load, hoursAfter: 26),
          observation(SeriesKey(.wind, .forecast), Self.windForecast(number), hoursAfter: -15.5),
          observation(SeriesKey(.wind, .actual), Self.wind(number), hoursAfter: 26),
        ])
      }
      return ImportedFile(sha256: "example", format: "series", rows: 1, skippedRows: 0)
    }
  }

  private func prepare(_ number: Int, _ store: MarketStore) throws {
    let day = Self.first.advanced(by: number)
    let expected = zip(Self.space(number), zip(Self.wind(number), Self.windForecast(number))).map { space, wind in
      Self.price(space - (wind.1 - wind.0))
    }
    let unitDays = Self.units.map { Example.unitDay($0, day: day) }
    let bids = try unitDays.map { try bid($0, expected: expected, isBad: number == Self.badSegment) }
    let folder = desk.workspace.dayDirectory(day)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(UnitRegister.text(of: Self.units).utf8).write(to: folder.appending(path: "units.csv"))
    let stored = StoredDay(
      market: "shandong", packVersion: "2026-01", intervalMinutes: 15, intervals: 96,
      units: unitDays.map { StoredDay.StoredUnit($0) }, standard: bids.map { StoredDay.StoredBid($0) },
      optimised: bids.map { StoredDay.StoredBid($0) },
      forecast: StoredDay.StoredForecast(
        point: expected, sameAsYesterday: Self.prices(number - 1), low: expected.map { $0 - 30 },
        high: expected.map { $0 + 30 },
        lowest: expected.map { $0 - 45 }, highest: expected.map { $0 + 45 }))
    try store.save(
      document: StoredDocument(
        day: day, kind: StoredDay.kind, strategy: "", content: try stored.encoded(),
        availableAt: Example.zone.instant(day: day.advanced(by: -1), minute: 585)), ifKnown: .replace)
  }

  /// On line as is best at the expected prices, at marginal cost; on the planted day unit A1 gives away its output up to 300 MW.
  private func bid(_ day: UnitDay, expected: [Double], isBad: Bool) throws -> UnitBid {
    let best = try #require(try bestSchedule(day, at: expected))
    let unit = day.unit
    let (low, high) = (unit.minimumStableOutput.megawatts, unit.ratedCapacity.megawatts)
    var points = [BidPoint(output: .megawatts(low), price: .perMegawattHour(-80))]
    let bad = isBad && unit.id == UnitID("A1")
    for step in 1...8 {
      let output = low + (high - low) * Double(step) / 8
      let share = 1 - Double(unit.auxiliaryPowerPartsPerMillion) / 1_000_000
      let cost = unit.incrementalCost(fromMegawatts: output - 10, toMegawatts: output) * share
      points.append(
        BidPoint(
          output: .megawatts(output.rounded()),
          price: .perMegawattHour(bad && output < 301 ? -80 : (cost * 100).rounded() / 100)))
    }
    return UnitBid(
      unit: unit.id, curve: try BidCurve(form: .slopes, points: points),
      commitment: Example.series(best, day: day.grid.day),
      plannedMegawatts: [Double](repeating: low, count: 96))
  }
}
