public import Foundation

/// A walk-forward forecaster whose whole state can be written down, so that a long evaluation continues after an
/// interruption without living through the past again.
public protocol RestorableForecaster: WalkForwardForecaster {
  /// The state after the last observed day, for the same program version only.
  func snapshot() throws -> Data

  /// Takes over a state that `snapshot` wrote; the forecaster was made with the same settings.
  mutating func restore(from snapshot: Data) throws
}
