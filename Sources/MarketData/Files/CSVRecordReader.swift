import Foundation

/// Reads comma-separated records one after another as ranges of bytes in one buffer.
///
/// Knows quotes with doubled quotes and line breaks inside, LF and CRLF, and a UTF-8 byte order mark. A line without a
/// single byte is no record. Memory is the longest record's, at most `longestRecord`.
final class CSVRecordReader {
  /// One record may have so many bytes; a longer one is a quote that is never closed, or no CSV file.
  static let longestRecord = 1_048_576
  private static let quote = UInt8(ascii: "\"")
  private static let comma = UInt8(ascii: ",")
  private static let newline = UInt8(ascii: "\n")

  let source: ByteSource
  /// Line of the file on which the current record begins; the first is 1.
  private(set) var line = 0
  private var nextLine = 1
  private let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 2 * CSVRecordReader.longestRecord)
  private let base: UnsafeMutablePointer<UInt8>
  private var start = 0
  private var end = 0
  private var sourceEnded = false
  private var fields: [Range<Int>] = []

  init(_ source: ByteSource) throws(ImportProblem) {
    self.source = source
    guard let base = buffer.baseAddress else { preconditionFailure("no memory for a record buffer") }
    self.base = base
    try refill()
    if end >= 3, base[0] == 0xEF, base[1] == 0xBB, base[2] == 0xBF { start = 3 }
  }

  deinit { buffer.deallocate() }

  var fieldCount: Int { fields.count }

  /// The bytes of a field without its quotes; valid until the next call of `next`.
  func field(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let range = fields[index]
    return UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  /// The field as text, or nil if it is not UTF-8.
  func text(_ index: Int) -> String? { String(validating: field(index), as: UTF8.self) }

  /// The names of the columns: the next record, without blanks around them.
  func header() throws(ImportProblem) -> [String] {
    guard try next() else { throw .empty(file: source.file) }
    var names: [String] = []
    for index in 0..<fieldCount {
      guard let name = text(index) else {
        throw .unreadable(file: source.file, reason: "the header is not UTF-8 text; save the file as UTF-8 CSV")
      }
      names.append(name.trimmingCharacters(in: .whitespaces))
    }
    return names
  }

  /// Moves to the next record; false at the end of the file.
  func next() throws(ImportProblem) -> Bool {
    while true {
      guard let (recordEnd, afterEnd, hasQuotes) = try findRecordEnd() else { return false }
      var contentEnd = recordEnd
      if contentEnd > start, base[contentEnd - 1] == UInt8(ascii: "\r") { contentEnd -= 1 }
      let content = start..<contentEnd
      start = afterEnd
      if content.isEmpty { continue }
      fields.removeAll(keepingCapacity: true)
      if hasQuotes { splitQuoted(content) } else { split(content) }
      return true
    }
  }

  /// Where the record at `start` ends, where the next begins, and whether it holds quotes; nil at the end of the file.
  private func findRecordEnd() throws(ImportProblem) -> (end: Int, next: Int, hasQuotes: Bool)? {
    line = nextLine
    var scanned = start
    var quotes = 0
    while true {
      if let found = memchr(base + scanned, Int32(CSVRecordReader.newline), end - scanned) {
        let position = base.distance(to: found.assumingMemoryBound(to: UInt8.self))
        quotes += countQuotes(in: scanned..<position)
        nextLine += 1
        if quotes.isMultiple(of: 2) { return (position, position + 1, quotes > 0) }
        scanned = position + 1
        continue
      }
      if sourceEnded {
        quotes += countQuotes(in: scanned..<end)
        guard quotes.isMultiple(of: 2) else {
          throw .unreadable(file: source.file, reason: "a quote that begins in line \(line) is never closed")
        }
        return start == end ? nil : (end, end, quotes > 0)
      }
      quotes += countQuotes(in: scanned..<end)
      scanned = try refill(keepingScanned: end)
    }
  }

  private func countQuotes(in range: Range<Int>) -> Int {
    var count = 0
    var position = range.lowerBound
    while let found = memchr(base + position, Int32(CSVRecordReader.quote), range.upperBound - position) {
      count += 1
      position = base.distance(to: found.assumingMemoryBound(to: UInt8.self)) + 1
    }
    return count
  }

  /// Moves what is left to the front and reads more; returns where `scanned` has moved to.
  @discardableResult
  private func refill(keepingScanned scanned: Int = 0) throws(ImportProblem) -> Int {
    let left = end - start
    guard left < CSVRecordReader.longestRecord else {
      throw .unreadable(
        file: source.file,
        reason: "the record in line \(line) has more than \(CSVRecordReader.longestRecord) bytes; is it a CSV file?")
    }
    if left > 0, start > 0 { memmove(base, base + start, left) }
    let moved = max(scanned - start, 0)
    start = 0
    end = left
    let count = try source.read(into: UnsafeMutableBufferPointer(rebasing: buffer[left..<buffer.count]))
    end += count
    sourceEnded = count == 0
    return moved
  }

  private func split(_ content: Range<Int>) {
    var position = content.lowerBound
    while let found = memchr(base + position, Int32(CSVRecordReader.comma), content.upperBound - position) {
      let comma = base.distance(to: found.assumingMemoryBound(to: UInt8.self))
      fields.append(position..<comma)
      position = comma + 1
    }
    fields.append(position..<content.upperBound)
  }

  /// Splits a record with quotes; quoted text is written back into the buffer without them.
  private func splitQuoted(_ content: Range<Int>) {
    var position = content.lowerBound
    while true {
      let first = position
      var written = position
      var isQuoted = false
      while position < content.upperBound {
        let byte = base[position]
        if byte == CSVRecordReader.quote {
          let isDoubled = isQuoted && position + 1 < content.upperBound && base[position + 1] == byte
          if isDoubled { position += 1 } else { isQuoted.toggle() }
          if !isDoubled {
            position += 1
            continue
          }
        } else if byte == CSVRecordReader.comma, !isQuoted {
          break
        }
        base[written] = byte
        written += 1
        position += 1
      }
      fields.append(first..<written)
      guard position < content.upperBound else { return }
      position += 1
    }
  }
}
