import Foundation
import MarketModel
import Testing

@testable import Forecasting
@testable import TradingDesk

/// Forecasts the mean of everything it was told, a little weighed by its own last forecast, so that its state depends
/// on the whole past.
private struct MeanForecaster: RestorableForecaster, Equatable {
  struct State: Codable, Equatable {
    var sum = 0.0
    var days = 0
    var last = 0.0
  }

  var state = State()
  var failsOn: MarketDay?

  mutating func forecasts(for published: MarketDay) throws(ForecastingError) -> [ModelForecast] {
    if published == failsOn { throw ForecastingError("the power went out") }
    state.last = 0.5 * state.last + 0.5 * state.sum / Double(max(state.days, 1))
    let rows = (1...99).map { level in [Double](repeating: state.last + Double(level) / 7, count: 4) }
    return [
      ModelForecast(model: "mean", point: [Double](repeating: state.last, count: 4), quantiles: rows, seconds: 0.5)
    ]
  }

  mutating func observe(_ published: MarketDay, actual: [Double]) {
    state.sum += actual.reduce(0, +) / 4
    state.days += 1
  }

  func snapshot() throws -> Data { try JSONEncoder().encode(state) }
  mutating func restore(from snapshot: Data) throws { state = try JSONDecoder().decode(State.self, from: snapshot) }
}

/// The same without a memory that can be written down.
private struct ForgetfulForecaster: WalkForwardForecaster {
  var inner = MeanForecaster()
  mutating func forecasts(for published: MarketDay) throws(ForecastingError) -> [ModelForecast] {
    try inner.forecasts(for: published)
  }
  mutating func observe(_ published: MarketDay, actual: [Double]) { inner.observe(published, actual: actual) }
}

/// Counts what is asked for and when.
private final class Recorder: @unchecked Sendable {
  var events: [String] = []
}

/// Says what it hears.
private struct TalkingForecaster: WalkForwardForecaster {
  let recorder: Recorder
  mutating func forecasts(for published: MarketDay) -> [ModelForecast] {
    recorder.events.append("forecast \(published)")
    return [ModelForecast(model: "talk", point: [0, 0, 0, 0])]
  }
  mutating func observe(_ published: MarketDay, actual: [Double]) {
    recorder.events.append("told \(published) \(Int(actual[0]))")
  }
}

@Suite("The walk through the days") struct WalkForwardTests {
  private let first = MarketDay(dayNumber: 17_000)
  private func truth(_ day: MarketDay) -> [Double] { (0..<4).map { Double(day.dayNumber % 13) + Double($0) / 3 } }

  private func feed(days: Int, actual: ((MarketDay) -> [Double])? = nil) -> DayFeed<MarketDay> {
    DayFeed(
      days: first...first.advanced(by: days - 1), intervals: 4, published: { $0 }, actual: actual ?? { truth($0) })
  }

  private func run(_ from: Int, _ to: Int, journal: ForecastJournal? = nil, models: Set<String>? = nil)
    -> WalkForwardRun
  {
    WalkForwardRun(
      test: first.advanced(by: from)...first.advanced(by: to), models: models, journal: journal,
      hooks: EvaluationHooks(progress: { _, _ in }, say: { _ in }, stopwatch: { 0 }), tick: {})
  }

  @Test("a day's truth is told after its forecast, every day once, none after the last test day")
  func order() throws {
    let recorder = Recorder()
    _ = try run(2, 3).records(
      TalkingForecaster(recorder: recorder), over: feed(days: 6) { [Double($0.dayNumber), 0, 0, 0] })
    let day = { first.advanced(by: $0) }
    #expect(
      recorder.events == [
        "told \(day(0)) 17000", "told \(day(1)) 17001", "forecast \(day(2))", "told \(day(2)) 17002",
        "forecast \(day(3))", "told \(day(3)) 17003",
      ])
  }

  @Test("poison in a day and after it changes no forecast of that day")
  func poison() throws {
    let clean = try run(10, 20).records(MeanForecaster(), over: feed(days: 30))
    for poisoned in 10...20 {
      let records = try run(10, poisoned).records(
        MeanForecaster(),
        over: feed(days: 30) { $0 >= first.advanced(by: poisoned) ? [.nan, 1e9, -1e9, .infinity] : truth($0) })
      #expect(records.last?.models == clean[poisoned - 10].models)
    }
    // And the day after is changed, so that the poison was there.
    let after = try run(10, 20).records(
      MeanForecaster(), over: feed(days: 30) { $0 == first.advanced(by: 19) ? [1e9, 1, 1, 1] : truth($0) })
    #expect(after[9].models == clean[9].models && after[10].models != clean[10].models)
  }

  @Test("the naive models are the week before and the day before")
  func naive() throws {
    let records = try run(6, 8).records(NoForecaster(), over: feed(days: 9))
    #expect(records[0].models[0].point.allSatisfy { $0.isNaN })
    #expect(records[1].models.map(\.name) == ["naive", "yesterday"])
    #expect(abs(records[1].models[0].point[2] - truth(first)[2]) < 1e-6)
    #expect(abs(records[1].models[1].point[2] - truth(first.advanced(by: 6))[2]) < 1e-6)
  }

  @Test("models are chosen by name or by the beginning of it; none left is refused")
  func chosen() throws {
    let records = try run(8, 8, models: ["mean"]).records(MeanForecaster(), over: feed(days: 9))
    #expect(records[0].models.map(\.name) == ["mean"])
    let error = #expect(throws: DeskProblem.self) {
      try run(8, 8, models: ["medium"]).records(MeanForecaster(), over: feed(days: 9))
    }
    #expect(error?.description.contains("naive, yesterday, mean") == true)
  }

  @Test("an interrupted run that is resumed writes the same bytes", arguments: [true, false])
  func resumed(isRestorable: Bool) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "spotdesk-walk-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func walk(_ name: String, resume: Bool, failsOn: Int? = nil) throws -> (text: String, records: [RecordedDay]) {
      let journal = try ForecastJournal(
        output: folder.appending(path: name), site: nil, run: "a run\n", resume: resume)
      let forecaster = MeanForecaster(failsOn: failsOn.map { first.advanced(by: $0) })
      let records =
        isRestorable
        ? try run(40, 120, journal: journal).records(forecaster, over: feed(days: 130))
        : try run(40, 120, journal: journal).records(ForgetfulForecaster(inner: forecaster), over: feed(days: 130))
      try journal.close()
      return (try String(contentsOf: journal.partial, encoding: .utf8), records)
    }
    let whole = try walk("whole.csv", resume: false)
    #expect(throws: ForecastingError.self) { try walk("cut.csv", resume: false, failsOn: 97) }
    let partial = folder.appending(path: "cut.csv.partial")
    #expect(FileManager.default.fileExists(atPath: partial.path + ".snapshot") == isRestorable)
    // The last row was cut short.
    try Data(contentsOf: partial).dropLast(37).write(to: partial)
    #expect(throws: DeskProblem.self) { try walk("cut.csv", resume: false) }
    let resumed = try walk("cut.csv", resume: true)
    let rows = (resumed.text.split(separator: "\n"), whole.text.split(separator: "\n"))
    #expect(rows.0.count == rows.1.count)
    let difference = zip(rows.0, rows.1).first { $0 != $1 }.map { "\($0.prefix(80)) instead of \($1.prefix(80))" }
    #expect(difference == nil)
    // Points of NaN are not equal to themselves; the naive models have none here.
    let samePoints = resumed.records.map { $0.models.map(\.point) } == whole.records.map { $0.models.map(\.point) }
    #expect(samePoints)
    let sameQuantiles =
      resumed.records.map { $0.models.map(\.quantiles) } == whole.records.map { $0.models.map(\.quantiles) }
    #expect(sameQuantiles)
  }

  @Test("a partial file of another run, or with other forecasts, is refused")
  func foreign() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "spotdesk-walk-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let output = folder.appending(path: "forecasts.csv")
    do {
      let journal = try ForecastJournal(output: output, site: "A b", run: "one\n", resume: false)
      _ = try run(9, 12, journal: journal).records(ForgetfulForecaster(), over: feed(days: 20))
      #expect(throws: DeskProblem.self) {
        try ForecastJournal(output: output, site: "A b", run: "one\n", resume: true)
      }
      try journal.close()
    }
    #expect(throws: DeskProblem.self) {
      try ForecastJournal(output: output, site: "A b", run: "two\n", resume: true)
    }
    let again = try ForecastJournal(output: output, site: "A b", run: "one\n", resume: true)
    let error = #expect(throws: DeskProblem.self) {
      try run(9, 12, journal: again).records(
        ForgetfulForecaster(), over: feed(days: 20) { $0 == first ? [9, 9, 9, 9] : truth($0) })
    }
    #expect(error?.description.contains("differs") == true)
  }
}

@Suite("Written numbers") struct WrittenNumberTests {
  @Test(
    "seven significant digits",
    arguments: [
      (1234.56789, "1234.568"), (-0.000012345, "-0.0000123"), (40334.18, "40334.18"), (0.0, "0"), (-0.00000001, "0"),
      (123_456_789.4, "123456789"), (9.9999999, "10"), (35.5, "35.5"), (-3.05, "-3.05"), (.nan, ""), (0.05, "0.05"),
    ])
  func texts(value: Double, text: String) { #expect(WrittenNumber(value, digits: 7).text == text) }

  @Test("what is written reads back to the bit")
  func roundTrip() {
    var state: UInt64 = 7
    for _ in 0..<2_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = (Double(state >> 11) / 9e15 - 0.5) * [1e-3, 1, 300, 1e5][Int(state % 4)]
      let written = WrittenNumber(value, digits: 6)
      #expect(Double(written.text) == written.value || written.value == 0)
      #expect(abs(written.value - value) <= max(abs(value) * 1e-5, 1e-6))
    }
  }
}
