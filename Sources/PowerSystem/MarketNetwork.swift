/// The network on which a market is cleared, and where its participants stand. A plain value.
public struct MarketNetwork: Sendable, Equatable {
  /// Names of the buses.
  public var buses: [String]
  public var branches: [Branch]
  /// Index of the bus whose price is the energy part of all prices of its island.
  public var referenceBus: Int
  /// Index of the bus at which a participant buys and sells.
  public var busOfParticipant: [String: Int]

  public init(buses: [String], branches: [Branch], referenceBus: Int = 0, busOfParticipant: [String: Int]) {
    self.buses = buses
    self.branches = branches
    self.referenceBus = referenceBus
    self.busOfParticipant = busOfParticipant
  }
}
