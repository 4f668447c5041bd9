public import Foundation

/// The one encoder of documents: sorted keys, readable, units kept in the names ("toMW" becomes "to_MW").
public func encodedDocument(_ value: some Encodable) throws -> Data {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  encoder.keyEncodingStrategy = .custom { DocumentKey(stringValue: documentKey($0.last?.stringValue ?? "")) }
  return try encoder.encode(value) + Data("\n".utf8)
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

private struct DocumentKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
