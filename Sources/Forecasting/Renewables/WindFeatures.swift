internal import Foundation

/// Predictors of wind power from forecast wind at one or more heights.
///
/// Speed at each height, its cube, direction, shear and turning between the lowest and the highest level, the hours around,
/// the day's mean; density where temperature is known; hour, season; power and wind at the end of the day before.
struct WindFeatures {
  /// Wind at one height.
  struct Level {
    let height: Int
    let speed: [Double]
    /// Eastward and northward wind; nil if no direction is known.
    let components: (east: [Double], north: [Double])?
  }

  static let fadingHours = 4.0

  /// Names of the columns that carry the wind of some height.
  static func windColumns(_ name: String) -> Bool { height(of: name) != nil }

  /// 100 for "u100", "v100", "wind-speed@100", "wind-direction@100".
  static func height(of name: String) -> Int? {
    for prefix in ["wind-speed@", "wind-direction@", "u", "v"] where name.hasPrefix(prefix) {
      if let height = Int(name.dropFirst(prefix.count)), height > 0 { return height }
    }
    return nil
  }

  /// Levels from the lowest to the highest, of the columns that may be used.
  static func levels(_ series: RenewableSeries, _ usable: [String]) -> [Level] {
    let names = Set(usable)
    return Set(usable.compactMap(height)).sorted().compactMap { height in
      if names.contains("u\(height)"), names.contains("v\(height)") {
        let east = series.column("u\(height)")
        let north = series.column("v\(height)")
        let speed = east.indices.map { (east[$0] * east[$0] + north[$0] * north[$0]).squareRoot() }
        return Level(height: height, speed: speed, components: (east, north))
      }
      guard names.contains("wind-speed@\(height)") else { return nil }
      let speed = series.column("wind-speed@\(height)")
      guard names.contains("wind-direction@\(height)") else {
        return Level(height: height, speed: speed, components: nil)
      }
      // Wind blows from its direction.
      let angle = series.column("wind-direction@\(height)").map { $0 * .pi / 180 }
      let east = speed.indices.map { -speed[$0] * sin(angle[$0]) }
      let north = speed.indices.map { -speed[$0] * cos(angle[$0]) }
      return Level(height: height, speed: speed, components: (east, north))
    }
  }

  /// A published forecast of the power in the place of wind, where no wind is known.
  private static func published(_ series: RenewableSeries, _ usable: [String]) -> Level? {
    let name = RenewableDesign.publishedForecast
    return usable.contains(name) ? Level(height: 0, speed: series.column(name), components: nil) : nil
  }

  /// The predictors; nil if neither a wind speed nor a published forecast may be used.
  static func design(_ series: RenewableSeries, usable: [String]) -> RenewableDesign? {
    let levels = levels(series, usable)
    guard let top = levels.last ?? published(series, usable) else { return nil }
    let hour = series.perHour
    let driver = series.smoothed(top.speed, reach: hour)
    var design = RenewableDesign(
      driver: driver, lastShare: series.lastOfDayBefore(series.share, count: 2 * hour),
      lastDriver: series.lastOfDayBefore(driver, count: 2 * hour),
      fading: series.fading(hours: fadingHours))
    addTop(top, to: &design, series)
    for level in levels.dropLast() { addLower(level, under: top, to: &design, series) }
    addDensity(top, to: &design, series, usable)
    for (name, values) in series.calendarColumns() {
      design.add(name, values, distance: name.hasPrefix("season") ? 0.28 : 0)
    }
    let phase = (0..<series.count).map { 2 * Double.pi * series.hour($0 % series.intervals) / 24 }
    design.add("hour-sine", phase.map { sin($0) }, distance: 0.5, linear: true)
    design.add("hour-cosine", phase.map { cos($0) }, distance: 0.5, linear: true)
    let lastPower = series.lastOfDayBefore(series.share, count: 1)
    let lastWind = series.lastOfDayBefore(top.speed, count: 1, asPublished: false)
    design.add("last-power", lastPower)
    design.add("last-hours-power", series.lastOfDayBefore(series.share, count: 3 * hour))
    design.add("last-wind", lastWind)
    design.add("wind-change", top.speed.indices.map { top.speed[$0] - lastWind[$0] })
    for name in usable where !windColumns(name) && !["temperature", "t2m", "pressure", "sp"].contains(name) {
      let isForecast = name == RenewableDesign.publishedForecast
      design.add(name, series.column(name), distance: isForecast ? 0.7 : 0, linear: isForecast)
    }
    return design
  }

  private static func addTop(_ top: Level, to design: inout RenewableDesign, _ series: RenewableSeries) {
    let hour = series.perHour
    design.add("speed", top.speed, linear: true)
    design.add("cube", top.speed.map { $0 * $0 * $0 })
    for offset in [-6, -3, -2, -1, 1, 2, 3, 6] {
      let distance: Double =
        switch abs(offset) {
        case 3: 0.7
        case 6: 0.5
        default: 0
        }
      design.add(
        "speed\(offset)h", series.shifted(top.speed, by: offset * hour), distance: distance, linear: abs(offset) < 3)
    }
    design.add("speed-7h", series.smoothed(top.speed, reach: 3 * hour))
    design.add("speed-3h", series.smoothed(top.speed, reach: hour))
    design.add("day-speed", series.dailyMean(top.speed), linear: true)
    guard let (east, north) = top.components else { return }
    design.add("east", east, distance: 0.6, linear: true)
    design.add("north", north, distance: 0.6, linear: true)
    for offset in [-6, -3, 3, 6] {
      let distance = abs(offset) == 3 ? 0.3 : 0.4
      design.add("east\(offset)h", series.shifted(east, by: offset * hour), distance: distance)
      design.add("north\(offset)h", series.shifted(north, by: offset * hour), distance: distance)
    }
    let angle = east.indices.map { atan2(east[$0], north[$0]) }
    design.add("direction-sine", angle.map { sin($0) }, linear: true)
    design.add("direction-cosine", angle.map { cos($0) }, linear: true)
    design.add("twice-direction-sine", angle.map { sin(2 * $0) }, linear: true)
    design.add("twice-direction-cosine", angle.map { cos(2 * $0) }, linear: true)
  }

  private static func addLower(
    _ level: Level, under top: Level, to design: inout RenewableDesign, _ series: RenewableSeries
  ) {
    let hour = series.perHour
    let label = "@\(level.height)"
    design.add("speed\(label)", level.speed, distance: 0.45, linear: true)
    for offset in [-1, 1] {
      design.add("speed\(offset)h\(label)", series.shifted(level.speed, by: offset * hour))
    }
    let shear = level.speed.indices.map { log((top.speed[$0] + 0.3) / (level.speed[$0] + 0.3)) }
    design.add("shear\(label)", shear, linear: true)
    guard let own = level.components, let above = top.components else { return }
    let angle = own.east.indices.map { atan2(own.east[$0], own.north[$0]) }
    design.add("direction-sine\(label)", angle.map { sin($0) })
    design.add("direction-cosine\(label)", angle.map { cos($0) })
    let turning = angle.indices.map { index in
      let difference = atan2(above.east[index], above.north[index]) - angle[index]
      return atan2(sin(difference), cos(difference))
    }
    design.add("turning\(label)", turning, linear: true)
  }

  /// Density of dry air, and the power of the wind with it.
  private static func addDensity(
    _ top: Level, to design: inout RenewableDesign, _ series: RenewableSeries, _ usable: [String]
  ) {
    guard let name = ["temperature", "t2m"].first(where: usable.contains) else { return }
    let kelvin = series.column(name).map { $0 < 150 ? $0 + 273.15 : $0 }
    let pressureName = ["pressure", "sp"].first(where: usable.contains)
    let pascal =
      pressureName.map { series.column($0).map { $0 < 2_000 ? $0 * 100 : $0 } }
      ?? [Double](repeating: 101_325, count: series.count)
    let density = kelvin.indices.map { pascal[$0] / (287.05 * kelvin[$0]) }
    design.add("density", density, linear: true)
    design.add("wind-power", density.indices.map { density[$0] * top.speed[$0] * top.speed[$0] * top.speed[$0] / 2 })
  }
}
