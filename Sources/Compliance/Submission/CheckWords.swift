/// The words of a check of the list: its formula, and what it says in Chinese.
///
/// Notation: unit u, period t, segments k = 1…n from a_k to b_k MW at price p_k, ticks τ_p and τ_q, length Δ in hours.
public struct CheckWords: Hashable, Sendable {
  public let id: String
  public let title: String
  public let formula: String
  /// What is wrong, where a check has no sentence with values of its own.
  public let finding: String
  public let advice: String

  init(_ id: String, _ title: String, formula: String, finding: String, advice: String) {
    self.id = id
    self.title = title
    self.formula = formula
    self.finding = finding
    self.advice = advice
  }

  /// All 77, in the order of the list.
  public static let all: [CheckWords] = format + curve + physical + environment + position + conduct + process

  static let byID: [String: CheckWords] = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })
}
