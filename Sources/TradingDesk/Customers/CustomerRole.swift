/// Who reads: how much of names and money is shown.
public enum CustomerRole: String, Sendable, CaseIterable {
  /// Names are masked, margins hidden.
  case viewer
  /// Names in full, margins hidden.
  case sales
  /// Everything.
  case manager

  static let moneyIndicators: Set<String> = ["E1", "E2", "E4", "E6", "R1", "P5", "P6"]

  /// "阳光化工有限公司" → "阳******司": the first and the last character stay.
  func name(_ text: String?) -> String {
    guard let text, !text.isEmpty else { return "–" }
    guard self == .viewer else { return text }
    guard text.count > 2 else { return String(repeating: "*", count: text.count) }
    return text.prefix(1) + String(repeating: "*", count: text.count - 2) + text.suffix(1)
  }

  func shows(_ indicator: String) -> Bool { self == .manager || !Self.moneyIndicators.contains(indicator) }
}
