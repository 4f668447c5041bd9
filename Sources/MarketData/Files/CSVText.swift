internal import Foundation

/// "300", "0.2871": the shortest text that reads back as the same number.
func shortestNumber(_ value: Double) -> String {
  value == value.rounded() && value.magnitude < 1e15 ? "\(Int(value))" : "\(value)"
}

/// A field of a CSV file: in quotes if it holds a comma, a quote or a line break, also one that a combining mark follows.
public func csvField(_ field: String) -> String {
  guard field.unicodeScalars.contains(where: { $0 == "," || $0 == "\"" || CharacterSet.newlines.contains($0) }) else {
    return field
  }
  var quoted = "\"".unicodeScalars
  for scalar in field.unicodeScalars {
    if scalar == "\"" { quoted.append(scalar) }
    quoted.append(scalar)
  }
  return String(quoted) + "\""
}
