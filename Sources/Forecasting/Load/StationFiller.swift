/// Fills what stations did not report, from those that did and from how far each stands from the others.
///
/// A station's offset is the running mean, over about a month, of its distance to the level of all stations present.
/// If none reports, the level of the same interval a day before is carried.
struct StationFiller: Sendable {
  /// Distance of each station from the common level; nil until it was first seen.
  private var offsets: [Double?]
  /// The common level of the last day, by interval.
  private var lastLevel: [Double]

  init(stations: Int, intervals: Int) {
    offsets = [Double?](repeating: nil, count: stations)
    lastLevel = [Double](repeating: .nan, count: intervals)
  }

  /// One day with nothing missing, and the stations (by index) that were left out because they did not move.
  struct Day {
    /// Station × interval; NaN only where no station was ever seen.
    var temperatures: [[Double]]
    var level: [Double]
    var frozen: [Int]
    /// No station reported in some interval.
    var isCarried: Bool
  }

  func filled(_ reported: [[Double]]) -> Day {
    let (present, frozen) = withoutFrozen(reported)
    var level = lastLevel
    var isCarried = false
    for interval in level.indices {
      var sum = 0.0
      var count = 0
      for station in present.indices where present[station][interval].isFinite {
        sum += present[station][interval] - (offsets[station] ?? 0)
        count += 1
      }
      if count > 0 { level[interval] = sum / Double(count) } else { isCarried = true }
    }
    StationFiller.bridge(&level)
    let temperatures = present.indices.map { station in
      level.indices.map { interval in
        let value = present[station][interval]
        return value.isFinite ? value : level[interval] + (offsets[station] ?? 0)
      }
    }
    return Day(temperatures: temperatures, level: level, frozen: frozen, isCarried: isCarried)
  }

  /// Learns each station's offset from a day.
  mutating func learn(_ reported: [[Double]], _ day: Day) {
    for station in offsets.indices where !day.frozen.contains(station) {
      var sum = 0.0
      var count = 0
      for (value, level) in zip(reported[station], day.level) where value.isFinite && level.isFinite {
        sum += value - level
        count += 1
      }
      guard count > 0 else { continue }
      let distance = sum / Double(count)
      let before = offsets[station] ?? distance
      offsets[station] = before + (distance - before) / 30
    }
    lastLevel = day.level
  }

  /// A station that shows one value all day while others move is a frozen sensor.
  private func withoutFrozen(_ reported: [[Double]]) -> (present: [[Double]], frozen: [Int]) {
    let still = reported.indices.filter { station in
      let values = reported[station]
      return values.count >= 12 && values[0].isFinite && values.allSatisfy { $0 == values[0] }
    }
    let moves = reported.contains { values in values.contains { $0.isFinite && $0 != values[0] } }
    if still.isEmpty || !moves { return (reported, []) }
    var present = reported
    for station in still { present[station] = [Double](repeating: .nan, count: reported[station].count) }
    return (present, still)
  }

  /// Interpolates between known neighbours; the ends are carried outwards.
  private static func bridge(_ values: inout [Double]) {
    let known = values.indices.filter { values[$0].isFinite }
    guard let first = known.first, let last = known.last, known.count < values.count else { return }
    for index in values.indices where index < first { values[index] = values[first] }
    for index in values.indices where index > last { values[index] = values[last] }
    for (left, right) in zip(known, known.dropFirst()) where right - left > 1 {
      let slope = (values[right] - values[left]) / Double(right - left)
      for index in (left + 1)..<right { values[index] = values[left] + slope * Double(index - left) }
    }
  }
}
