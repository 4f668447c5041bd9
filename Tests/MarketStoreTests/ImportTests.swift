import Foundation
import MarketModel
import Testing

@testable import MarketStore

@Suite("Imports of observations") struct ImportTests {
  private let fixture: StoreFixture
  private let store: MarketStore

  init() throws {
    fixture = try StoreFixture()
    store = try MarketStore(path: fixture.path)
  }

  @Test("a read gives the latest version known at its instant and nothing later")
  func asOf() throws {
    try store.importDays([
      StoreFixture.day(1, 10), StoreFixture.day(1, 20, after: 2), StoreFixture.day(2, 30, after: 1),
      StoreFixture.day(3, 99_999, after: 5),
    ])
    #expect(try store.values(asOf: -0.001) == [])
    #expect(try store.values(asOf: 0) == [10])
    #expect(try store.values(asOf: 1) == [10, 30])
    #expect(try store.values(asOf: 4.999) == [20, 30])
    #expect(try store.values(asOf: 5) == [20, 30, 99_999])
    let now = StoreFixture.noon.addingTimeInterval(3_600)
    #expect(try store.lastDay(of: StoreFixture.load, asOf: now) == MarketDay(dayNumber: 19_702))
    #expect(try store.firstDay(of: StoreFixture.load, asOf: now) == MarketDay(dayNumber: 19_701))
    #expect(try store.lastDay(of: SeriesKey(.price, .realTime), asOf: now) == nil)
    #expect(try store.seriesKeys(asOf: now) == [StoreFixture.load])
    #expect(try store.seriesKeys(asOf: StoreFixture.noon.addingTimeInterval(-1)) == [])
  }

  @Test("values come back bit for bit with length and time of publication")
  func exact() throws {
    let values =
      [0.1, -0.0, Double.leastNonzeroMagnitude, 1.7976931348623157e308, 1.0 / 3] + (5..<96).map { Double($0) }
    let key = SeriesKey(.windSpeed, .forecast, at: "海岸 1")
    let day = DayObservation(
      key: key, day: MarketDay(dayNumber: -5), length: .quarterHour, values: values, availableAt: StoreFixture.noon)
    try store.importDays([day])
    let read = try #require(
      try store.observations(of: key, from: day.day, through: day.day, asOf: StoreFixture.noon).first)
    #expect(read.values.map(\.bitPattern) == values.map(\.bitPattern))
    #expect(read.length == .quarterHour && read.availableAt == StoreFixture.noon && read.key == key)
  }

  @Test("the same file again changes nothing and says so; so do the same values from another file")
  func idempotent() throws {
    let days = [StoreFixture.day(1, 10), StoreFixture.day(2, 20)]
    let first = try store.importDays(days)
    #expect(first.writtenDays == 2 && !first.changedNothing && first.earlierImport == nil)
    let again = try store.importDays(days)
    #expect(again.changedNothing && again.knownDays == 2 && again.earlierImport == StoreFixture.noon)
    #expect(try store.importDays(days, from: "b.csv", sha256: "bb").changedNothing)
    #expect(try store.imports(asOf: StoreFixture.noon).map(\.file) == ["a.csv"])
    let third = try store.importDays(days + [StoreFixture.day(3, 30)], from: "c.csv", sha256: "cc")
    #expect(third.writtenDays == 1 && third.knownDays == 2)
    #expect(try store.imports(asOf: StoreFixture.noon).map(\.writtenDays) == [2, 1])
    #expect(try store.imports(asOf: StoreFixture.noon.addingTimeInterval(-1)).isEmpty)
  }

  @Test("another value for the same time of publication is refused with both sides, and nothing of the file stays")
  func contradiction() throws {
    try store.importDays([StoreFixture.day(2, 10)])
    var values = StoreFixture.day(2, 10).values
    values[7] = 18
    let other = DayObservation(
      key: StoreFixture.load, day: MarketDay(dayNumber: 19_702), length: .hour, values: values,
      availableAt: StoreFixture.noon)
    let problem = #expect(throws: StoreProblem.self) {
      try store.importDays([StoreFixture.day(1, 1), other], from: "b.csv", sha256: "bb")
    }
    #expect(
      try #require(problem).description
        == "load.forecast, 2023-12-11 08:00: b.csv says 18.0, but 17.0 is known from a.csv for the same time of "
        + "publication (2023-11-14T22:13:20Z). Nothing of the file was imported. Check which file is right; a "
        + "correction needs its own time of publication.")
    #expect(try store.values(asOf: 0) == [10])
    #expect(try store.imports(asOf: StoreFixture.noon).count == 1)
  }

  @Test("an error in the middle of an import leaves nothing of it and comes out as it is")
  func errorInTheMiddle() throws {
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try store.importObservations(from: "a.csv", now: StoreFixture.noon) { write in
        for number in 0..<200 { try write([StoreFixture.day(number, 1)]) }
        throw Stop()
      }
    }
    #expect(try store.values(asOf: 100) == [] && store.imports(asOf: .distantFuture).isEmpty)
    #expect(try store.seriesKeys(asOf: .distantFuture) == [])
  }

  @Test("a process that is killed in the middle of an import leaves nothing of it")
  func killed() async throws {
    // The child finds the database by the number of its parent.
    let path = FileManager.default.temporaryDirectory.path + "/spotdesk-killed-\(getpid()).sqlite"
    defer { for ending in ["", "-wal", "-shm"] { _ = try? FileManager.default.removeItem(atPath: path + ending) } }
    try MarketStore(path: path).importDays([StoreFixture.day(1, 10)])
    await #expect(processExitsWith: .signal(SIGKILL)) {
      let store = try MarketStore(
        path: FileManager.default.temporaryDirectory.path + "/spotdesk-killed-\(getppid()).sqlite")
      _ = try store.importObservations(from: "b.csv", now: StoreFixture.noon) { write in
        // More than SQLite keeps in memory, so that part of it is in the file.
        for number in 2..<30_000 { try write([StoreFixture.day(number, 1)]) }
        kill(getpid(), SIGKILL)
        return ImportedFile(sha256: "bb", format: "series", rows: 0, skippedRows: 0)
      }
    }
    #expect(FileManager.default.fileExists(atPath: path + "-wal"))
    let store = try MarketStore(path: path)
    #expect(try store.values(asOf: 100) == [10])
    #expect(try store.importDays([StoreFixture.day(2, 20)]).writtenDays == 1)
  }

  @Test("a value that is no number and a day of another length are refused")
  func unfit() throws {
    let day = DayObservation(
      key: StoreFixture.load, day: MarketDay(dayNumber: 1), length: .hour, values: [.nan],
      availableAt: StoreFixture.noon)
    #expect(throws: StoreProblem.self) { try store.importDays([day]) }
    try store.importDays([StoreFixture.day(1, 10)])
    let short = DayObservation(
      key: StoreFixture.load, day: MarketDay(dayNumber: 19_701), length: .quarterHour,
      values: Array(repeating: 1, count: 96), availableAt: StoreFixture.noon)
    #expect(throws: StoreProblem.self) { try store.importDays([short]) }
  }
}
