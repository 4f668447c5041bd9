/// What cannot be calculated, and why, in one sentence.
public struct RetailProblem: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
