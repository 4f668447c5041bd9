internal import MarketModel

/// The parameter files as text; whoever calls reads them.
public struct ProvinceTexts: Hashable, Sendable {
  /// `name,value,unit,meaning`.
  public var province: String
  /// One row for each weather site.
  public var sites: String
  /// One row for each hour.
  public var profiles: String
  /// `day,kind,name`: one text for each year.
  public var calendars: [String]

  public init(province: String, sites: String, profiles: String, calendars: [String]) {
    self.province = province
    self.sites = sites
    self.profiles = profiles
    self.calendars = calendars
  }
}

extension ProvinceParameters {
  /// Reads the texts; an unknown name, a missing one and a number out of place are errors, and nothing has a default.
  public init(_ texts: ProvinceTexts) throws(ProvinceParametersError) {
    let rows = try ParameterTable(texts.province, file: "province.csv", columns: ["name", "value", "unit", "meaning"])
    var values: [String: String] = [:]
    for row in rows.rows {
      guard values.updateValue(row[1], forKey: row[0]) == nil else {
        throw ProvinceParametersError("province.csv: \"\(row[0])\" stands there twice. Remove one of the rows.")
      }
    }
    firstDay = try Self.day("first_day", from: &values)
    lastDay = try Self.day("last_day", from: &values)
    sites = try SiteParameters.read(texts.sites)
    profiles = try HourlyProfiles.read(texts.profiles)
    calendar = try HolidayCalendar(texts: texts.calendars)
    weather = WeatherParameters()
    load = LoadParameters()
    renewables = RenewableParameters()
    imports = ImportParameters()
    otherSupply = OtherSupplyParameters()
    fleet = FleetParameters()
    prices = PriceParameters()
    forecastDays = 0
    try readNumbers(from: &values)
    try check()
  }

  private mutating func readNumbers(from values: inout [String: String]) throws(ProvinceParametersError) {
    let dayCount = try Self.number("forecast_days", from: &values)
    guard (0...30).contains(dayCount) else {
      throw ProvinceParametersError("province.csv: forecast_days was \(dayCount); it is 0…30.")
    }
    forecastDays = Int(dayCount)
    for (name, path) in Self.numberColumns {
      self[keyPath: path] = try Self.number(name, from: &values)
    }
    if let unknown = values.keys.min() {
      throw ProvinceParametersError("province.csv: \"\(unknown)\" is not a parameter. Remove the row.")
    }
  }

  private func check() throws(ProvinceParametersError) {
    guard firstDay <= lastDay else { throw ProvinceParametersError("province.csv: first_day is after last_day.") }
    guard fleet.units >= 1, fleet.units <= 10_000 else {
      throw ProvinceParametersError("province.csv: fleet_units was \(fleet.units); it is 1…10000.")
    }
    for (name, path) in [("load", \SiteParameters.loadShare), ("wind", \.windShare), ("solar", \.solarShare)] {
      let sum = sites.reduce(0) { $0 + $1[keyPath: path] }
      guard abs(sum - 1) < 1e-6 else {
        throw ProvinceParametersError("sites.csv: the \(name) shares add up to \(sum). Make them add up to 1.")
      }
    }
  }

  private static func text(
    _ name: String, from values: inout [String: String]
  ) throws(ProvinceParametersError) -> String {
    guard let text = values.removeValue(forKey: name) else {
      throw ProvinceParametersError("province.csv: \"\(name)\" is missing. Add the row.")
    }
    return text
  }

  private static func day(
    _ name: String, from values: inout [String: String]
  ) throws(ProvinceParametersError) -> MarketDay {
    let text = try text(name, from: &values)
    guard let day = MarketDay(text) else {
      throw ProvinceParametersError("province.csv: \(name) was \"\(text)\"; write a date as 2024-04-01.")
    }
    return day
  }

  private static func number(
    _ name: String, from values: inout [String: String]
  ) throws(ProvinceParametersError) -> Double {
    try ParameterTable.number(try text(name, from: &values), "province.csv: \(name)")
  }
}

extension SiteParameters {
  static func read(_ text: String) throws(ProvinceParametersError) -> [SiteParameters] {
    let columns: [(String, WritableKeyPath<SiteParameters, Double>)] = [
      ("latitude_degrees", \.latitude), ("longitude_degrees", \.longitude),
      ("mean_temperature_degC", \.meanTemperature), ("seasonal_swing_degC", \.seasonalSwing),
      ("daily_swing_degC", \.dailySwing), ("mean_wind_m_per_s", \.meanWind), ("clearness", \.clearness),
      ("front_delay_hours", \.frontDelayHours), ("load_share", \.loadShare), ("wind_share", \.windShare),
      ("solar_share", \.solarShare),
    ]
    let table = try ParameterTable(text, file: "sites.csv", columns: ["site"] + columns.map(\.0))
    guard !table.rows.isEmpty else { throw ProvinceParametersError("sites.csv has no site. Add one.") }
    var sites: [SiteParameters] = []
    for row in table.rows {
      var site = SiteParameters(name: row[0])
      for (position, column) in columns.enumerated() {
        site[keyPath: column.1] = try ParameterTable.number(row[position + 1], "sites.csv: \(row[0]), \(column.0)")
      }
      sites.append(site)
    }
    return sites
  }
}

extension HourlyProfiles {
  static func read(_ text: String) throws(ProvinceParametersError) -> HourlyProfiles {
    let columns: [(String, WritableKeyPath<HourlyProfiles, [Double]>)] = [
      ("workday_load", \.workdayLoad), ("weekend_load", \.weekendLoad), ("holiday_load", \.holidayLoad),
      ("cooling", \.cooling), ("heating", \.heating), ("imports", \.imports), ("non_bidding", \.nonBidding),
      ("storage", \.storage),
    ]
    let table = try ParameterTable(text, file: "profiles.csv", columns: ["hour"] + columns.map(\.0))
    guard table.rows.map({ $0[0] }) == (1...24).map({ String($0) }) else {
      throw ProvinceParametersError("profiles.csv: the hours are not 1…24 in order. Correct the first column.")
    }
    var profiles = HourlyProfiles()
    for row in table.rows {
      for (position, column) in columns.enumerated() {
        let value = try ParameterTable.number(row[position + 1], "profiles.csv: hour \(row[0]), \(column.0)")
        profiles[keyPath: column.1].append(value)
      }
    }
    return profiles
  }
}
