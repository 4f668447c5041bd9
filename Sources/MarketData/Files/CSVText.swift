internal import Foundation

/// "300", "0.2871": the shortest text that reads back as the same number.
func shortestNumber(_ value: Double) -> String {
  value == value.rounded() && value.magnitude < 1e15 ? "\(Int(value))" : "\(value)"
}

/// A field of a CSV file: in quotes if it holds a comma, a quote or a line break.
public func csvField(_ field: String) -> String {
  guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
  return "\"" + field.replacingOccurrences(of: "\"", with: "\"\"") + "\""
}
