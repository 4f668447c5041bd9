/// A generating unit, by the code under which the market knows it.
public struct UnitID: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
  public let text: String
  public init(_ text: String) { self.text = text }
  public var description: String { text }
  public static func < (left: UnitID, right: UnitID) -> Bool { naturalOrder(left.text, right.text) }
  public init(from decoder: any Decoder) throws { text = try decoder.singleValueContainer().decode(String.self) }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

/// A power plant; several units belong to it.
public struct PlantID: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
  public let text: String
  public init(_ text: String) { self.text = text }
  public var description: String { text }
  public static func < (left: PlantID, right: PlantID) -> Bool { naturalOrder(left.text, right.text) }
  public init(from decoder: any Decoder) throws { text = try decoder.singleValueContainer().decode(String.self) }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

/// "P2" before "P10": runs of digits compare as numbers, everything else by scalar.
func naturalOrder(_ left: String, _ right: String) -> Bool {
  var first = Substring(left)
  var second = Substring(right)
  while let a = first.first, let b = second.first {
    if a.isASCII, a.isNumber, b.isASCII, b.isNumber {
      let leftDigits = first.prefix { $0.isASCII && $0.isNumber }
      let rightDigits = second.prefix { $0.isASCII && $0.isNumber }
      first = first.dropFirst(leftDigits.count)
      second = second.dropFirst(rightDigits.count)
      let trimmedLeft = leftDigits.drop { $0 == "0" }
      let trimmedRight = rightDigits.drop { $0 == "0" }
      if trimmedLeft.count != trimmedRight.count { return trimmedLeft.count < trimmedRight.count }
      if trimmedLeft != trimmedRight { return trimmedLeft < trimmedRight }
    } else if a != b {
      return a < b
    } else {
      first = first.dropFirst()
      second = second.dropFirst()
    }
  }
  return first.isEmpty && !second.isEmpty ? true : (first.isEmpty == second.isEmpty ? left < right : false)
}
