/// Days of 23, 24 and 25 hours on one grid. Clocks change between 02:00 and 03:00 wherever they do.
public enum ClockChange {
  /// The hour that is left out or repeated, from 02:00.
  public static let hour = 2

  /// The values with the hour from 02:00 left out or the hour before it repeated, until they fit the grid: for forecasts,
  /// which compare days of different lengths. What is settled is never fitted.
  public static func fitted(_ values: [Double], to grid: IntervalGrid) -> [Double] {
    let perHour = grid.length.perHour
    let position = hour * perHour
    var fitted = values
    while fitted.count > grid.count { fitted.removeSubrange(position..<position + perHour) }
    while fitted.count < grid.count { fitted.insert(contentsOf: fitted[position - perHour..<position], at: position) }
    return fitted
  }
}
