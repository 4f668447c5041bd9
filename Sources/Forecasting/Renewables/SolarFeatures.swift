internal import Foundation
internal import NumericMethods

/// Predictors of solar power from forecast radiation and cloud, and the sun's position.
struct SolarFeatures {
  /// Sums over the forecast day in the weather centre's files.
  static let accumulated: Set<String> = ["ssrd", "strd", "tsr", "tp"]
  static let radiation = ["ssrd", "ghi"]
  static let clouds = ["tcc", "cloud-cover"]
  static let fadingHours = 3.0
  /// Days over which the recent upper edge of power and radiation is taken.
  static let edgeDays = 30

  /// A sum over the forecast day as its growth in each interval, per hour. Where it falls, a new sum has begun.
  static func differenced(_ series: RenewableSeries, _ name: String) -> [Double] {
    let sums = series.column(name)
    let hours = 24 / Double(series.intervals)
    return sums.indices.map { index in
      let before = index > 0 && sums[index - 1].isFinite ? sums[index - 1] : 0
      // Rounding may lower a sum slightly.
      let fresh = index == 0 || sums[index] < before * 0.98
      return max(0, fresh ? sums[index] : sums[index] - before) / hours
    }
  }

  static func design(_ series: RenewableSeries, usable: [String], sun: SunPosition?) -> RenewableDesign? {
    let clear = clearSky(series, sun)
    guard let driver = driver(series, usable, clear) else { return nil }
    let hour = series.perHour
    var design = RenewableDesign(
      driver: driver, lastShare: series.lastOfDayBefore(series.share, count: hour),
      lastDriver: series.lastOfDayBefore(driver, count: hour),
      fading: series.fading(hours: fadingHours))
    design.add("radiation", driver)
    for offset in [-1, 1] {
      design.add(
        "radiation\(offset)h", series.shifted(driver, by: offset * hour), distance: 0.4, linear: true)
    }
    design.add("radiation-3h", series.smoothed(driver, reach: hour), linear: true)
    design.add("day-radiation", series.dailyMean(driver), distance: 0.3)
    if let clear {
      design.add("clear-sky", clear, distance: 1, linear: true)
      design.add("clear-sky-index", driver.indices.map { min(driver[$0] / max(clear[$0], 20), 2) }, distance: 1)
    }
    addEdges(driver, to: &design, series)
    addPublished(to: &design, series, usable)
    design.add(series.calendarColumns())
    design.add("power-day-before", series.dayBefore(series.share), distance: 0.2)
    design.add("last-power", series.lastOfDayBefore(series.share, count: 1))
    return design
  }

  /// Clear-sky radiation, the mean of five moments of each interval; nil if the sun's path is not known.
  static func clearSky(_ series: RenewableSeries, _ sun: SunPosition?) -> [Double]? {
    guard let sun else { return nil }
    let length = 24 / Double(series.intervals)
    return series.days.flatMap { day in
      (0..<series.intervals).map { interval in
        let moments = (0..<5).map { length * (Double(interval) + (Double($0) + 0.5) / 5) }
        return moments.reduce(0) { $0 + SunPosition.clearSky(sun.elevationSine(day.day, hour: $1)) } / 5
      }
    }
  }

  /// Radiation where it is forecast; else the clear sky dimmed by cloud (Kasten and Czeplak 1980); else a published forecast
  /// of the power; else nil.
  private static func driver(_ series: RenewableSeries, _ usable: [String], _ clear: [Double]?) -> [Double]? {
    if usable.contains("ssrd") { return differenced(series, "ssrd").map { $0 / 3_600 } }
    if usable.contains("ghi") { return series.column("ghi") }
    guard let clear, let name = clouds.first(where: usable.contains) else {
      let name = RenewableDesign.publishedForecast
      return usable.contains(name) ? series.column(name) : nil
    }
    return zip(clear, series.column(name)).map { $0 * (1 - 0.75 * pow(min(max($1, 0), 1), 3.4)) }
  }

  /// How high power and radiation rose in the same interval of the last weeks: dirt, shade, outage, season.
  private static func addEdges(_ driver: [Double], to design: inout RenewableDesign, _ series: RenewableSeries) {
    var edge = [Double](repeating: .nan, count: series.count)
    var brightness = edge
    for day in 1..<max(1, series.days.count) {
      for interval in 0..<series.intervals {
        let recent = max(0, day - edgeDays)..<max(0, day - series.powerDelay)
        let powers = recent.map { series.share[$0 * series.intervals + interval] }.filter(\.isFinite).sorted()
        let lights = recent.map { driver[$0 * series.intervals + interval] }.filter(\.isFinite)
        let position = day * series.intervals + interval
        if !powers.isEmpty { edge[position] = powers[powers.count * 9 / 10] }
        if let highest = lights.max() { brightness[position] = driver[position] / max(highest, 20) }
      }
    }
    design.add("recent-edge", edge, distance: 0.5, linear: true)
    design.add("relative-radiation", brightness, distance: 0.5, linear: true)
  }

  private static func addPublished(to design: inout RenewableDesign, _ series: RenewableSeries, _ usable: [String]) {
    for name in usable where !radiation.contains(name) {
      guard !accumulated.contains(name) else {
        let growth = differenced(series, name)
        design.add(name, growth, linear: name == "strd")
        if name == "tsr" {
          for offset in [-1, 1] { design.add("tsr\(offset)h", series.shifted(growth, by: offset * series.perHour)) }
        }
        continue
      }
      let values = series.column(name)
      let cloud = clouds.contains(name)
      let isNear = cloud || name == RenewableDesign.publishedForecast
      design.add(name, values, distance: isNear ? 0.5 : 0, linear: true)
      guard cloud else { continue }
      for offset in [-1, 1] { design.add("cloud\(offset)h", series.shifted(values, by: offset * series.perHour)) }
      design.add("day-cloud", series.dailyMean(values))
    }
    if usable.contains("u10"), usable.contains("v10") {
      design.add("wind", zip(series.column("u10"), series.column("v10")).map { ($0 * $0 + $1 * $1).squareRoot() })
    }
  }
}
