/// What the day after the market day may bring, as far as it will be known when its own bids are drawn.
///
/// The commitment of the day after is decided with a forecast that does not exist yet. `outlooks` are the expected paths
/// that this forecast may show; `deviations` is how prices may then still lie around it. A state in which the day
/// ends is worth the mean over the outlooks of the best that each allows, not the best for their mean: the desk can react.
public struct DayAfter: Sendable {
  /// Expected price by interval of the day after, per MWh; one row for each outlook, equally likely.
  public let outlooks: [[Double]]
  /// Price less outlook by interval, per MWh; equally likely rows.
  public let deviations: [[Double]]
  /// Expected price by interval of the day after that; empty to end with the day after.
  public let beyond: [Double]

  public init(outlooks: [[Double]], deviations: [[Double]], beyond: [Double] = []) {
    precondition(!outlooks.isEmpty && !deviations.isEmpty, "a day after needs an outlook and a deviation")
    let width = outlooks[0].count
    precondition((outlooks + deviations).allSatisfy { $0.count == width }, "rows of one length")
    precondition(beyond.isEmpty || beyond.count == width, "one price for each interval")
    self.outlooks = outlooks
    self.deviations = deviations
    self.beyond = beyond
  }
}
