internal import Foundation

/// Parses one JSON text in a single pass over its bytes. Objects keep their order; a key that stands twice is refused.
struct JSONParser {
  /// A document nested more deeply is no file of data.
  static let deepest = 64

  private let file: String
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  /// Parses the whole text.
  /// - Throws: ``ImportProblem/unreadable(file:reason:)`` with the line at which the text is no JSON.
  static func parse(_ bytes: [UInt8], file: String) throws(ImportProblem) -> JSONValue {
    let result = bytes.withUnsafeBufferPointer { buffer -> Result<JSONValue, ImportProblem> in
      var parser = JSONParser(file: file, bytes: buffer)
      do throws(ImportProblem) { return .success(try parser.document()) } catch { return .failure(error) }
    }
    return try result.get()
  }

  private init(file: String, bytes: UnsafeBufferPointer<UInt8>) {
    self.file = file
    self.bytes = bytes
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
  }

  private mutating func document() throws(ImportProblem) -> JSONValue {
    let value = try self.value(depth: 0)
    skipBlanks()
    guard position == bytes.count else { throw problem("the document ends") }
    return value
  }

  private mutating func value(depth: Int) throws(ImportProblem) -> JSONValue {
    skipBlanks()
    guard position < bytes.count else { throw problem("a value should stand") }
    guard depth < JSONParser.deepest else { throw problem("no more than \(JSONParser.deepest) levels may be nested") }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "t"): return try word("true", .flag(true))
    case UInt8(ascii: "f"): return try word("false", .flag(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .number(try number())
    }
  }

  private mutating func object(depth: Int) throws(ImportProblem) -> JSONValue {
    position += 1
    var members: [JSONValue.Member] = []
    var keys: Set<String> = []
    skipBlanks()
    if take("}") { return .object([]) }
    while true {
      skipBlanks()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { throw problem("a key should stand") }
      let key = try text()
      guard keys.insert(key).inserted else { throw problem("the key \"\(key)\" stands a second time; it should end") }
      skipBlanks()
      guard take(":") else { throw problem("a colon should stand") }
      members.append(JSONValue.Member(key: key, value: try value(depth: depth + 1)))
      skipBlanks()
      if take("}") { return .object(members) }
      guard take(",") else { throw problem("a comma or } should stand") }
    }
  }

  private mutating func array(depth: Int) throws(ImportProblem) -> JSONValue {
    position += 1
    var values: [JSONValue] = []
    skipBlanks()
    if take("]") { return .array([]) }
    while true {
      values.append(try value(depth: depth + 1))
      skipBlanks()
      if take("]") { return .array(values) }
      guard take(",") else { throw problem("a comma or ] should stand") }
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(ImportProblem) -> JSONValue {
    let count = word.utf8CodeUnitCount
    guard position + count <= bytes.count,
      word.withUTF8Buffer({ $0.elementsEqual(bytes[position..<(position + count)]) })
    else { throw problem("a value should stand") }
    position += count
    return value
  }

  private mutating func number() throws(ImportProblem) -> Double {
    let start = position
    scan: while position < bytes.count {
      switch bytes[position] {
      case 48...57, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        position += 1
      default: break scan
      }
    }
    guard let value = FieldParsing.number(UnsafeBufferPointer(rebasing: bytes[start..<position])) else {
      position = start
      throw problem("a value should stand")
    }
    return value
  }

  private mutating func text() throws(ImportProblem) -> String {
    position += 1
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      if bytes[position] == UInt8(ascii: "\\") { return try textWithEscapes(from: start) }
      position += 1
    }
    guard position < bytes.count else { throw problem("a closing quote should stand") }
    guard let text = String(validating: bytes[start..<position], as: UTF8.self) else {
      throw problem("text in UTF-8 should stand")
    }
    position += 1
    return text
  }

  /// The rare text with a backslash goes to Foundation's decoder, which knows the pairs of surrogates.
  private mutating func textWithEscapes(from start: Int) throws(ImportProblem) -> String {
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard position < bytes.count else {
      position = bytes.count
      throw problem("a closing quote should stand")
    }
    position += 1
    let quoted = Data(bytes[(start - 1)..<position])
    guard let text = try? JSONDecoder().decode(String.self, from: quoted) else {
      throw problem("a text should stand whose escapes are known; it should end")
    }
    return text
  }

  private mutating func skipBlanks() {
    while position < bytes.count, bytes[position] == 32 || (9...13).contains(bytes[position]) { position += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// The sentence for a text that breaks the grammar here.
  private func problem(_ expected: String) -> ImportProblem {
    let line = bytes[..<min(position, bytes.count)].reduce(1) { $1 == 10 ? $0 + 1 : $0 }
    guard position < bytes.count else {
      return .unreadable(
        file: file, reason: "the JSON text ends early in line \(line), where \(expected); fetch the file again")
    }
    let found = FieldParsing.shown(UnsafeBufferPointer(rebasing: bytes[position..<min(position + 12, bytes.count)]))
    return .unreadable(
      file: file,
      reason:
        "it is no JSON: line \(line) has \(found.split(whereSeparator: \.isNewline).first ?? "") where \(expected)")
  }
}
