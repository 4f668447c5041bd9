public import MarketModel

/// What is published of a day for a wind plant: weather forecasts, and the capacity that can run.
public struct WindDay: Sendable {
  public let day: MarketDay
  /// One value for each interval by name, NaN where it is not known: eastward and northward wind "u10", "v10", "u100",
  /// "v100" (any height) or "wind-speed@100" in m/s with "wind-direction@100" in degrees; "temperature" in °C or K and
  /// "pressure" in hPa or Pa for the density; "published-forecast" of the power itself; "curtailed" above zero where output was held down; anything else as it is.
  public let columns: [String: [Double]]
  /// Capacity that is not on outage, in the unit of the power; nil if it is not known.
  public let availableCapacity: [Double]?

  public init(day: MarketDay, columns: [String: [Double]], availableCapacity: [Double]? = nil) {
    self.day = day
    self.columns = columns
    self.availableCapacity = availableCapacity
  }
}

/// What is published of a day for a solar plant: weather forecasts, and the capacity that can run.
public struct SolarDay: Sendable {
  public let day: MarketDay
  /// One value for each interval by name, NaN where it is not known. The weather centre's short names as in its files:
  /// "ssrd", "strd", "tsr", "tp" accumulated over the forecast day, "tcc", "tclw", "tciw", "r", "t2m", "u10", "v10"; or
  /// "ghi" in W/m², "cloud-cover" as a share, "temperature"; "published-forecast" of the power itself; "curtailed" above zero where output was held down;
  /// anything else as it is.
  public let columns: [String: [Double]]
  /// Capacity that is not on outage, in the unit of the power; nil if it is not known.
  public let availableCapacity: [Double]?

  public init(day: MarketDay, columns: [String: [Double]], availableCapacity: [Double]? = nil) {
    self.day = day
    self.columns = columns
    self.availableCapacity = availableCapacity
  }
}

/// The same for either kind of plant.
struct RenewableDay: Sendable {
  let day: MarketDay
  let columns: [String: [Double]]
  let availableCapacity: [Double]?
}
