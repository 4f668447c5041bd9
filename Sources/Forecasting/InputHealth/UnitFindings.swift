internal import Foundation
internal import MarketModel
internal import NumericMethods

/// Unit changes: the level of a day lies a round power of ten beyond every day before it.
extension SeriesExamination {
  /// Powers of ten that units differ by. A price may well rise tenfold or hundredfold, so a target has only the large ones.
  private var powers: [Int] { isTarget ? [3, -3, 6, -6] : [3, -3, 6, -6, 2, -2, 1, -1] }

  /// Values in another unit than most of the series are taken out of use until the user confirms; nothing is converted.
  mutating func findUnitChanges() {
    guard !levelIsConfirmed else { return }
    let offsets = unitOffsets()
    guard let usual = SeriesExamination.mostFrequent(offsets) else { return }
    var index = 0
    while index < offsets.count {
      guard let offset = offsets[index], offset != usual else {
        index += 1
        continue
      }
      var last = index
      while last + 1 < offsets.count, offsets[last + 1] == offset || offsets[last + 1] == nil { last += 1 }
      while offsets[last] == nil { last -= 1 }
      reportUnit(index, last, power: offset - usual)
      index = last + 1
    }
  }

  private mutating func reportUnit(_ first: Int, _ last: Int, power: Int) {
    let usual = usualSizes(excluding: first...last)
    var count = 0
    for index in first...last {
      count += rows[index].count { !$0.isNaN }
      remove(index, 0..<perDay)
    }
    count += removeOutliers(first - 1, power, usual, backwards: true)
    count += removeOutliers(last + 1, power, usual, backwards: false)
    let factor =
      power > 0 ? "\(SeriesExamination.grouped(power)) times as high as" : "1/\(SeriesExamination.grouped(-power)) of"
    let remedy =
      power > 0
      ? "divide by \(SeriesExamination.grouped(power))" : "multiply by \(SeriesExamination.grouped(-power))"
    report(
      .unitChange, first, last, count: count,
      "values are \(factor) the usual level, as \(SeriesExamination.example(power))",
      fallback: removalFallback(last)
        + " If the unit is wrong, \(remedy) at the import; if the level is real, confirm it.")
  }

  private static func example(_ power: Int) -> String {
    switch power {
    case 3: "if kW stood for MW"
    case -3: "if GW stood for MW"
    default: "in another unit"
    }
  }

  private static func grouped(_ power: Int) -> String {
    let zeros = String(repeating: "0", count: power % 3)
    return "1" + zeros + String(repeating: ",000", count: power / 3)
  }

  private static func mostFrequent(_ offsets: [Int?]) -> Int? {
    var counts: [Int: Int] = [:]
    for case let offset? in offsets { counts[offset, default: 0] += 1 }
    return counts.max { ($0.value, -abs($0.key), $0.key) < ($1.value, -abs($1.key), $1.key) }?.key
  }

  /// log₁₀ of the mean size of each day; nil where nothing but zeros is known.
  private func levels() -> [Double?] {
    rows.map { row in
      var sum = 0.0
      var count = 0
      for value in row where !value.isNaN {
        sum += abs(value)
        count += 1
      }
      return sum > 0 && count * 2 >= row.count ? log10(sum / Double(count)) : nil
    }
  }

  /// By day, the power of ten by which its level differs from the one of the first days, in a walk that compares each day
  /// with the 56 known days before it, put in the unit of the first.
  private func unitOffsets() -> [Int?] {
    let levels = levels()
    var offsets = [Int?](repeating: nil, count: levels.count)
    var before: [Double] = []
    for index in levels.indices {
      guard let level = levels[index] else { continue }
      guard before.count >= 7 else {
        offsets[index] = 0
        before.append(level)
        continue
      }
      let recent = Array(before.suffix(56))
      let power = suspectedPower(level, recent)
      let needed = SeriesExamination.daysNeeded(power, recent)
      let confirmed =
        power != 0
        && (needed == 1
          || isConfirmed(levels, from: index, days: needed, power, recent)
          || (index > 0 && offsets[index - 1] == power))
      offsets[index] = confirmed ? power : 0
      before.append(level - Double(offsets[index] ?? 0))
    }
    return offsets
  }

  /// True if as many days in a row are suspected of the same power.
  private func isConfirmed(_ levels: [Double?], from index: Int, days: Int, _ power: Int, _ before: [Double]) -> Bool {
    guard days <= levels.count - index else { return false }
    return levels[index..<index + days].allSatisfy { $0.map { suspectedPower($0, before) == power } ?? false }
  }

  /// The power by which a level differs from the middle of earlier ones, and lies beyond all of them by half of it; else 0.
  private func suspectedPower(_ level: Double, _ before: [Double]) -> Int {
    let middle = median(before)
    guard let least = before.min(), let most = before.max() else { return 0 }
    for power in powers {
      let half = Double(power) / 2
      let isBeyond = power > 0 ? level - most >= half : level - least <= half
      let tolerance = tolerance(of: power, spread: max(most - middle, middle - least))
      if isBeyond, abs(level - middle - Double(power)) <= tolerance { return power }
    }
    return 0
  }

  /// How far from the middle, moved by a power of ten, a day may lie. Days of a restless series lie far from it, in either unit;
  /// the power of plants cannot grow thirtyfold from one day to the next, however dull the day is on which it seems to.
  private func tolerance(of power: Int, spread: Double) -> Double {
    guard abs(power) >= 3 else { return 0.25 }
    if isPower, power > 0 { return max(0.45, spread + 0.3) }
    return isTarget ? 0.45 : max(0.45, min(spread, 1.2))
  }

  /// One day is proof enough for a thousand where levels are steady on the side of the move, three are needed where they
  /// are not, five for tens and hundreds; levels that spread widely, as those of rain, prove nothing.
  private static func daysNeeded(_ power: Int, _ before: [Double]) -> Int {
    guard let least = before.min(), let most = before.max() else { return .max }
    if abs(power) < 3 { return most - least < 1 ? 5 : .max }
    let middle = median(before)
    let spread = power > 0 ? most - middle : middle - least
    return spread < 0.8 && before.count >= 28 ? 1 : spread < 1.5 ? 3 : .max
  }

  /// Median of log₁₀|x| by interval over the other days; NaN where the series is zero then.
  private func usualSizes(excluding days: ClosedRange<Int>) -> [Double] {
    (0..<perDay).map { interval in
      let first = max(0, days.lowerBound - 57)
      let sizes = (first..<min(rows.count, days.upperBound + 57)).filter { !days.contains($0) }
        .map { log10(abs(rows[$0][interval])) }.filter(\.isFinite)
      return sizes.isEmpty ? .nan : median(sizes)
    }
  }

  /// Takes out the values of the neighbouring day that already stood in the other unit, counted from the change; their number.
  private mutating func removeOutliers(_ day: Int, _ power: Int, _ usual: [Double], backwards: Bool) -> Int {
    guard rows.indices.contains(day) else { return 0 }
    var count = 0
    for step in 0..<perDay {
      let interval = backwards ? perDay - 1 - step : step
      let difference = log10(abs(rows[day][interval])) - usual[interval]
      guard abs(difference - Double(power)) <= min(0.5, 0.4 * Double(abs(power))) else { break }
      count += 1
      remove(day, interval..<interval + 1)
    }
    return count
  }
}
