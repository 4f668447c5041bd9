/// A decision for a ``CommitmentProblem``: who is on, and what everybody does. All arrays are by element, then interval.
public struct Commitment: Sendable, Equatable {
  /// Status of each unit.
  public var isOn: [[Bool]]
  /// Output of each unit, MW.
  public var output: [[Double]]
  /// Output of each profiled unit, MW.
  public var profiledOutput: [[Double]]
  /// Charge and discharge of each storage, MW.
  public var charge: [[Double]]
  public var discharge: [[Double]]
  /// Demand served of each price-sensitive demand, MW.
  public var priceSensitiveDemand: [[Double]]
  /// Capacity held, by reserve, then unit, then interval, MW.
  public var reserve: [[[Double]]]
  /// Reserve that is missing, by reserve, MW.
  public var reserveShortfall: [[Double]]
  /// Demand not served and output not taken, by bus, MW.
  public var shortage: [[Double]]
  public var surplus: [[Double]]
  /// Flow of each direct-current line, MW.
  public var directCurrentFlow: [[Double]]
  /// Ancillary services that are held.
  public var services: HeldServices

  public init(
    isOn: [[Bool]], output: [[Double]], profiledOutput: [[Double]] = [], charge: [[Double]] = [],
    discharge: [[Double]] = [], priceSensitiveDemand: [[Double]] = [], reserve: [[[Double]]] = [],
    reserveShortfall: [[Double]] = [], shortage: [[Double]] = [], surplus: [[Double]] = [],
    directCurrentFlow: [[Double]] = [], services: HeldServices = HeldServices()
  ) {
    self.isOn = isOn
    self.output = output
    self.profiledOutput = profiledOutput
    self.charge = charge
    self.discharge = discharge
    self.priceSensitiveDemand = priceSensitiveDemand
    self.reserve = reserve
    self.reserveShortfall = reserveShortfall
    self.shortage = shortage
    self.surplus = surplus
    self.directCurrentFlow = directCurrentFlow
    self.services = services
  }
}
