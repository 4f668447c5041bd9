internal import Foundation
internal import MarketData

/// The days that a task has lived through, one line each: a digest of the record, and the record. A line that was cut short or
/// damaged ends what counts; the days after it are lived through again, to the same bytes.
final class TaskJournal {
  let file: URL
  private(set) var days: [TaskDay]
  /// Lines that could not be used.
  let damagedLines: Int
  private let handle: FileHandle

  /// Opens the journal of a task.
  ///
  /// - Parameter resume: go on after the last good line instead of starting anew.
  init(file: URL, resume: Bool) throws {
    self.file = file
    let (good, length, damaged) = resume ? TaskJournal.read(file) : ([], 0, 0)
    days = good
    damagedLines = damaged
    do {
      if !FileManager.default.fileExists(atPath: file.path) { try Data().write(to: file) }
      handle = try FileHandle(forWritingTo: file)
      try handle.truncate(atOffset: UInt64(length))
    } catch {
      throw DeskProblem(.cannotWrite, "\(file.path) cannot be written: \(systemSentence(error)).")
    }
  }

  deinit { try? handle.close() }

  func append(_ day: TaskDay) throws {
    do {
      try handle.write(contentsOf: try TaskJournal.line(day))
    } catch {
      throw DeskProblem(.cannotWrite, "\(file.path) cannot be written: \(systemSentence(error)).")
    }
    days.append(day)
  }

  static func line(_ day: TaskDay) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let record = try encoder.encode(day)
    return Data("\(shortDigest(record)) ".utf8) + record + Data("\n".utf8)
  }

  /// The good lines from the start of a file, their length in bytes, and how many lines follow them.
  static func read(_ file: URL) -> (days: [TaskDay], length: Int, damaged: Int) {
    guard let data = FileManager.default.contents(atPath: file.path) else { return ([], 0, 0) }
    var days: [TaskDay] = []
    var start = data.startIndex
    while let end = data[start...].firstIndex(of: 10) {
      let line = data[start..<end]
      guard line.count > 17, let day = try? JSONDecoder().decode(TaskDay.self, from: Data(line.dropFirst(17))),
        Data(shortDigest(Data(line.dropFirst(17))).utf8) == Data(line.prefix(16)),
        days.last.map({ $0.day.advanced(by: 1) == day.day }) ?? true
      else { break }
      days.append(day)
      start = data.index(after: end)
    }
    let rest = data[start...]
    return (days, start - data.startIndex, rest.isEmpty ? 0 : rest.split(separator: 10).count)
  }

  /// The first 16 hexadecimal digits of the SHA-256 digest.
  static func shortDigest(_ data: Data) -> String { String(data.sha256.prefix(16)) }
}

extension Data {
  /// SHA-256 as 64 hexadecimal digits.
  var sha256: String {
    let digest = ContentDigest()
    withUnsafeBytes { digest.add($0) }
    return digest.finish()
  }
}
