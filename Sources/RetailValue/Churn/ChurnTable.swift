/// What is known of customers before they decide, and what they did: the material of a churn model.
public struct ChurnTable: Sendable {
  public enum Content: Sendable, Equatable {
    /// NaN is not known.
    case numbers([Double])
    /// Day numbers; NaN is not known.
    case dates([Double])
    case words([String])
  }

  public let identifiers: [String]
  public let columns: [(name: String, content: Content)]
  /// Whether each customer left.
  public let left: [Bool]

  public init(identifiers: [String], columns: [(name: String, content: Content)], left: [Bool]) {
    precondition(identifiers.count == left.count, "Every customer has an outcome")
    self.identifiers = identifiers
    self.columns = columns
    self.left = left
  }

  public var count: Int { left.count }

  /// Numbers or dates of a column; nil if there is none of that name.
  func values(_ name: String) -> [Double]? {
    switch columns.first(where: { $0.name == name })?.content {
    case .numbers(let values), .dates(let values): values
    default: nil
    }
  }

  /// The latest date of a set of columns that lies in the past of every customer: when the table was drawn up.
  public func latest(of names: [String]) -> Double? {
    names.compactMap { values($0)?.filter(\.isFinite).max() }.max()
  }
}
