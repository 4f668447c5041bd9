/// What a stored time series measures. The unit belongs to the quantity and is the same in every file and table.
public enum SeriesQuantity: String, Hashable, Sendable, Codable, CaseIterable {
  case price
  case load
  case wind
  case solar
  case imports
  case temperature
  case windSpeed = "wind-speed"
  case irradiance
  /// A published input without a quantity of its own, as "PV+Wind forecast"; told apart by the location's name.
  case exogenous

  /// As written in files: "MW", "m/s". The price's currency is the rule pack's.
  public var unit: String {
    switch self {
    case .price: "per_MWh"
    case .load, .wind, .solar, .imports, .exogenous: "MW"
    case .temperature: "degC"
    case .windSpeed: "m_per_s"
    case .irradiance: "W_per_m2"
    }
  }
}

/// Which of the two spot prices, or whether a quantity is forecast or measured.
public enum SeriesStage: String, Hashable, Sendable, Codable, CaseIterable {
  case dayAhead = "day-ahead"
  case realTime = "real-time"
  case forecast
  case actual
}

/// Names one stored series: "price.day-ahead", "wind-speed.forecast@coast".
public struct SeriesKey: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let quantity: SeriesQuantity
  public let stage: SeriesStage
  /// Site, node or name of the input; empty for the whole market.
  public let location: String

  public init(_ quantity: SeriesQuantity, _ stage: SeriesStage, at location: String = "") {
    self.quantity = quantity
    self.stage = stage
    self.location = location
  }

  /// Reads "price.day-ahead" or "wind-speed.forecast@coast".
  public init?(_ text: some StringProtocol) {
    let halves = text.split(separator: "@", maxSplits: 1)
    guard let name = halves.first else { return nil }
    let parts = name.split(separator: ".")
    guard parts.count == 2, let quantity = SeriesQuantity(rawValue: String(parts[0])),
      let stage = SeriesStage(rawValue: String(parts[1]))
    else { return nil }
    self.init(quantity, stage, at: halves.count == 2 ? String(halves[1]) : "")
  }

  public var description: String {
    quantity.rawValue + "." + stage.rawValue + (location.isEmpty ? "" : "@" + location)
  }

  public static func < (left: SeriesKey, right: SeriesKey) -> Bool { left.description < right.description }
}
