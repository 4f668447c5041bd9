public import Foundation

/// A value and the instant from which it may be used.
public struct Available<Value: Sendable>: Sendable {
  public let value: Value
  public let availableAt: Date

  public init(_ value: Value, availableAt: Date) {
    self.value = value
    self.availableAt = availableAt
  }
}
