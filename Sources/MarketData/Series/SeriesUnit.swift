import MarketModel

/// The units in which files may declare a quantity, and what to do about any other.
enum SeriesUnit {
  /// The unit of a quantity as sentences and headers write it: "CNY/MWh", "m/s".
  static func text(of quantity: SeriesQuantity, currency: String) -> String {
    switch quantity {
    case .price: currency + "/MWh"
    case .windSpeed: "m/s"
    case .irradiance: "W/m2"
    case .load, .wind, .solar, .imports, .exogenous, .temperature: quantity.unit
    }
  }

  /// Whether a declared unit is the quantity's own; "per_MWh" stands for the market's currency.
  static func isOwn(_ declared: String, of quantity: SeriesQuantity, currency: String) -> Bool {
    var names = [quantity.unit, text(of: quantity, currency: currency)]
    switch quantity {
    case .temperature: names.append("°C")
    case .irradiance: names.append("W/m²")
    case .price, .load, .wind, .solar, .imports, .exogenous, .windSpeed: break
    }
    return names.contains(declared)
  }

  /// How to bring a foreign unit to the quantity's own: "divide by 1,000".
  static func conversion(from declared: String, to quantity: SeriesQuantity, currency: String) -> String {
    let known: [String: String]
    switch quantity {
    case .load, .wind, .solar, .imports, .exogenous:
      known = ["kW": "divide by 1,000", "GW": "multiply by 1,000", "W": "divide by 1,000,000"]
    case .price: known = ["\(currency)/kWh": "multiply by 1,000"]
    case .temperature: known = ["K": "subtract 273.15", "degF": "subtract 32 and divide by 1.8"]
    case .windSpeed: known = ["km/h": "divide by 3.6", "kn": "multiply by 0.514444"]
    case .irradiance: known = ["kW/m2": "multiply by 1,000"]
    }
    guard let way = known[declared] else { return "convert the values" }
    return way
  }

  /// The unit in which values with this median would make sense, if one of the usual mistakes explains it.
  static func guess(median: Double, of quantity: SeriesQuantity, currency: String, limits: PlausibleRange) -> String? {
    let candidates: [(unit: String, value: Double)] =
      switch quantity {
      case .load, .wind, .solar, .imports, .exogenous: [("kW", median / 1_000), ("GW", median * 1_000)]
      case .price: [("\(currency)/kWh", median * 1_000)]
      case .temperature: [("K", median - 273.15)]
      case .windSpeed: [("km/h", median / 3.6)]
      case .irradiance: [("kW/m2", median * 1_000)]
      }
    return candidates.first { limits.holdsMedian($0.value) }?.unit
  }
}

extension PlausibleRange {
  /// Whether a median lies within the bounds that are given.
  func holdsMedian(_ median: Double) -> Bool {
    if let medianLow, median < medianLow { return false }
    if let medianHigh, median > medianHigh { return false }
    return true
  }
}
