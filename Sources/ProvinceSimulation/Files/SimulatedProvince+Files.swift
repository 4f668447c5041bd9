internal import MarketModel

/// A file to be written: its name begins with "simulated-", its bytes are UTF-8 text.
public struct SimulatedFile: Hashable, Sendable {
  public let name: String
  public let bytes: [UInt8]
}

extension SimulatedProvince {
  /// The six files in the import format `series`: `day,interval_end`, then one column for each series.
  ///
  /// `currency` is the code that stands in the unit of prices, as "CNY".
  public func files(currency: String) -> [SimulatedFile] {
    let money = currency + "/MWh"
    return [
      file("system-forecasts", systemKeys(.forecast), money),
      file("system-actuals", systemKeys(.actual), money),
      file("day-ahead-prices", [SeriesKey(.price, .dayAhead)], money),
      file("real-time-prices", [SeriesKey(.price, .realTime)], money),
      file("weather-forecasts", weatherKeys(.forecast), money),
      file("weather-actuals", weatherKeys(.actual), money),
    ]
  }

  private func systemKeys(_ stage: SeriesStage) -> [SeriesKey] {
    [
      SeriesKey(.load, stage), SeriesKey(.wind, stage), SeriesKey(.solar, stage), SeriesKey(.imports, stage),
      SeriesKey(.exogenous, stage, at: Self.nonBidding),
    ]
  }

  private func weatherKeys(_ stage: SeriesStage) -> [SeriesKey] {
    sites.flatMap { site in
      [SeriesQuantity.temperature, .windSpeed, .irradiance].map { SeriesKey($0, stage, at: site) }
    }
  }

  private func file(_ name: String, _ keys: [SeriesKey], _ money: String) -> SimulatedFile {
    let columns = keys.compactMap { key in
      values(of: key).map { SeriesColumn(key: key, money: money, values: $0) }
    }
    return SimulatedFile(name: "simulated-\(name).csv", bytes: renderSeries(columns, firstDay: firstDay))
  }
}

extension SeriesColumn {
  /// The column as the import format names it, with as many decimals as such a measurement has.
  init(key: SeriesKey, money: String, values: [Double]) {
    let (unit, decimals) =
      switch key.quantity {
      case .price: (money, 2)
      case .temperature: ("degC", 1)
      case .windSpeed: ("m/s", 2)
      case .irradiance: ("W/m2", 0)
      case .load, .wind, .solar, .imports, .exogenous: ("MW", 1)
      }
    self.init(heading: "\(key) [\(unit)]", decimals: decimals, values: values)
  }
}
