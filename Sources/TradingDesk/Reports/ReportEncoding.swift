public import Foundation
internal import Synchronization

/// The one encoder of documents: sorted keys, readable, units kept in the names ("toMW" becomes "to_MW").
public func encodedDocument(_ value: some Encodable) throws -> Data {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  let keys = DocumentKeys()
  encoder.keyEncodingStrategy = .custom { DocumentKey(stringValue: keys.key($0.last?.stringValue ?? "")) }
  return try encoder.encode(value) + Data("\n".utf8)
}

/// Names of a document that were already turned into keys; a long document repeats a few of them.
private final class DocumentKeys: Sendable {
  private let known = Mutex<[String: String]>([:])

  func key(_ name: String) -> String {
    known.withLock { keys in
      if let key = keys[name] { return key }
      let key = documentKey(name)
      keys[name] = key
      return key
    }
  }
}

/// "pricePerMWh" → "price_per_MWh": words are set apart by underscores; a unit or abbreviation keeps its capitals.
func documentKey(_ name: String) -> String {
  var words: [String] = []
  var previousIsLower = false
  for character in name {
    if character.isUppercase, previousIsLower || words.isEmpty {
      words.append(String(character))
    } else if words.isEmpty {
      words.append(String(character))
    } else {
      words[words.count - 1].append(character)
    }
    previousIsLower = character.isLowercase || character.isNumber || character == "_"
  }
  return words.map { word in
    let isUnit = word.dropFirst().first?.isUppercase ?? false
    return isUnit ? word : word.lowercased()
  }.joined(separator: "_")
}

/// Reads a document that ``encodedDocument(_:)`` wrote.
func decodedDocument<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
  let decoder = JSONDecoder()
  decoder.keyDecodingStrategy = .custom { DocumentKey(stringValue: memberName($0.last?.stringValue ?? "")) }
  return try decoder.decode(type, from: data)
}

/// "by_hour" → "byHour"; figures stay apart, "coverage_80".
func memberName(_ key: String) -> String {
  let words = key.split(separator: "_")
  return words.dropFirst().reduce(words.first.map(String.init) ?? "") { name, word in
    word.first?.isNumber ?? false ? name + "_" + word : name + word.prefix(1).uppercased() + word.dropFirst()
  }
}

private struct DocumentKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
