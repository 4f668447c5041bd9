/// A line whose flow is chosen within its limits, whatever the angles at its ends: a direct-current line, or an
/// interconnector of a zonal model.
public struct DirectCurrentLine: Sendable, Equatable {
  public var name: String
  /// Indices into the problem's buses; the flow is positive from the first to the second.
  public var from: Int
  public var to: Int
  /// Band of the flow, MW.
  public var limits: ClosedRange<Double>

  public init(name: String, from: Int, to: Int, limits: ClosedRange<Double>) {
    self.name = name
    self.from = from
    self.to = to
    self.limits = limits
  }
}
