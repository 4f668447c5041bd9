/// What is wrong with an asset, its records or what it is asked to do; one sentence.
public struct AssetProblem: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
