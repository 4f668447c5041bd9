internal import Forecasting
internal import Foundation
internal import MarketModel
internal import MarketStore

/// The file of forecasts while it is written, day by day: `forecasts.csv.partial`, beside it what run it belongs to
/// (`.run`), if the forecaster can be restored its last state (`.snapshot`), and the lock of the run that writes (`.lock`).
///
/// It is used by one walk, on one thread at a time.
final class ForecastJournal {
  /// Test days between two snapshots.
  static let snapshotDays = 30

  let partial: URL
  private let site: String?
  private let handle: FileHandle
  /// Keeps a second run away from the same files.
  private let lock: WorkspaceLock
  /// Text of the days that an interrupted run had finished.
  private var finished: [MarketDay: Substring] = [:]
  private(set) var snapshot: (day: MarketDay, state: Data)?
  /// What the file of forecasts does not say of its days; written down with a snapshot.
  private var asides: [Aside] = []

  /// What a day's record holds beside the forecasts.
  struct Aside: Codable {
    let day: MarketDay
    let pathScores: [PathScore]
    let notes: [String]
    let seconds: [Double?]
  }
  /// Nothing is written that a later run could continue.
  private(set) var isEmpty = true

  /// Opens the partial file of an output, or continues it.
  ///
  /// - Parameters:
  ///   - site: name of the first column's value; nil if the file has no sites.
  ///   - run: what the run depends on; an interrupted run must have been the same.
  init(output: URL, site: String?, run: String, resume: Bool) throws {
    let name = site.map { ".\($0.map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined())" } ?? ""
    partial = URL(filePath: output.path + name + ".partial")
    self.site = site
    let lockFile = partial.path + ".lock"
    lock = try lockInDeskTerms { () throws(WorkspaceLockProblem) in
      try WorkspaceLock(file: lockFile, of: output.path)
    }
    let exists = FileManager.default.fileExists(atPath: partial.path)
    if exists, !resume {
      throw DeskProblem(
        .cannotWrite,
        "\(partial.path) is left from an interrupted run; continue it with --resume, or remove it.")
    }
    do {
      if exists, FileManager.default.fileExists(atPath: partial.path + ".run") {
        guard try String(contentsOfFile: partial.path + ".run", encoding: .utf8) == run else {
          throw DeskProblem(
            .badData,
            "\(partial.path) belongs to a run with other data, dates, models or settings; remove it to start again.")
        }
        (finished, snapshot, asides) = try ForecastJournal.finishedDays(partial)
      }
      try Data(run.utf8).write(to: URL(filePath: partial.path + ".run"))
      var text = ForecastText.header(hasSites: site != nil) + "\n"
      for day in finished.keys.sorted() { text += finished[day] ?? "" }
      try Data(text.utf8).write(to: partial, options: .atomic)
      handle = try FileHandle(forWritingTo: partial)
      try handle.seekToEnd()
      isEmpty = finished.isEmpty
    } catch let problem as DeskProblem {
      throw problem
    } catch {
      throw DeskProblem(.cannotWrite, "\(partial.path) cannot be written: \(systemSentence(error)).")
    }
  }

  /// Adds a day, or checks that a day that was finished before is the same again.
  func write(_ record: RecordedDay) throws {
    let text = ForecastText.rows(record, site: site)
    asides.append(
      Aside(
        day: record.day, pathScores: record.pathScores, notes: record.notes, seconds: record.models.map(\.seconds)))
    if let before = finished[record.day] {
      guard before == text else {
        throw DeskProblem(
          .badData,
          "the forecast of \(record.day) differs from the one in \(partial.path); remove that file to start again.")
      }
      return
    }
    do { try handle.write(contentsOf: Data(text.utf8)) } catch {
      throw DeskProblem(.cannotWrite, "\(partial.path) cannot be written: \(systemSentence(error)).")
    }
    isEmpty = false
  }

  /// Every ``snapshotDays`` test days the state of a forecaster that can be restored.
  func keepSnapshot(of forecaster: some WalkForwardForecaster, after day: MarketDay) throws {
    guard let restorable = forecaster as? any RestorableForecaster, finished[day] == nil else { return }
    guard day.dayNumber.isMultiple(of: ForecastJournal.snapshotDays) else { return }
    let state = try restorable.snapshot()
    let known = try JSONEncoder().encode(asides)
    try (Data("\(day)\n".utf8) + known + Data("\n".utf8) + state).write(
      to: URL(filePath: partial.path + ".snapshot"), options: .atomic)
  }

  /// The finished days up to `last`, read back.
  func records(through last: MarketDay, actual: (MarketDay) -> [Double]) throws -> [RecordedDay] {
    try finished.keys.sorted().filter { $0 <= last }.map { day in
      guard let text = finished[day] else { preconditionFailure("a key without a value") }
      let record = try ForecastText.record(text, day: day, hasSites: site != nil, actual: actual(day))
      guard let aside = asides.first(where: { $0.day == day }) else { return record }
      return record.with(aside)
    }
  }

  /// Ends the writing; the caller moves the file to its place and calls ``discard()``.
  func close() throws { try handle.close() }

  /// Removes the files beside the output.
  func discard() {
    for ending in ["", ".run", ".snapshot", ".lock"] {
      try? FileManager.default.removeItem(atPath: partial.path + ending)
    }
  }

  /// The days of a partial file, and its snapshot. The last day may be cut short; it counts only with its snapshot.
  private static func finishedDays(
    _ partial: URL
  ) throws -> (days: [MarketDay: Substring], snapshot: (MarketDay, Data)?, asides: [Aside]) {
    var days = ForecastText.days(of: try String(contentsOf: partial, encoding: .utf8))
    let data = (try? Data(contentsOf: URL(filePath: partial.path + ".snapshot"))) ?? Data()
    let lines = data.split(separator: 10, maxSplits: 2, omittingEmptySubsequences: false)
    let day = lines.first.flatMap { MarketDay(String(decoding: $0, as: UTF8.self)) }
    if let last = days.keys.max(), day != last { days[last] = nil }
    guard lines.count == 3, let day, days[day] != nil,
      let asides = try? JSONDecoder().decode([Aside].self, from: Data(lines[1]))
    else { return (days, nil, []) }
    return (days, (day, Data(lines[2])), asides)
  }
}
