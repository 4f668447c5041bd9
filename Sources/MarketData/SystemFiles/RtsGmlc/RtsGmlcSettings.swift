public import PowerSystem

extension RtsGmlcFolder {
  /// What the folder does not say.
  public struct Settings: Sendable {
    /// Whether buses and branches are kept; otherwise all demand stands at one bus.
    public var withNetwork: Bool
    /// State before the first interval, by name of the unit (times in intervals of the resolution). Units without an
    /// entry get the assumed one: the cheapest by full-load cost that cover the first interval's demand have been on
    /// for a week at minimum output, the others off for a week.
    public var initialStates: [String: CommittableUnit.InitialState]
    /// Level of a storage before the first interval, MWh, by name; otherwise that of storage.csv.
    public var initialLevels: [String: Double]
    /// Cost of demand that is not served and of output that nobody takes, for each MWh; nil forbids it.
    public var shortageCost_perMWh: Double?
    public var surplusCost_perMWh: Double?
    /// Cost of spinning reserve that is missing, for each MWh; nil forbids it.
    public var reserveShortfallCost_perMWh: Double?

    public init(
      withNetwork: Bool = true, initialStates: [String: CommittableUnit.InitialState] = [:],
      initialLevels: [String: Double] = [:], shortageCost_perMWh: Double? = 10_000,
      surplusCost_perMWh: Double? = 10_000, reserveShortfallCost_perMWh: Double? = 1_000
    ) {
      self.withNetwork = withNetwork
      self.initialStates = initialStates
      self.initialLevels = initialLevels
      self.shortageCost_perMWh = shortageCost_perMWh
      self.surplusCost_perMWh = surplusCost_perMWh
      self.reserveShortfallCost_perMWh = reserveShortfallCost_perMWh
    }
  }
}
