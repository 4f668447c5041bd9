internal import MarketModel

/// Frozen values: the same number for longer than the series' own history makes plausible.
extension SeriesExamination {
  private struct Run {
    let start: Int
    let length: Int
    let value: Double
  }

  /// A run is frozen when it is longer than all of: six intervals and three hours, twice the third longest run of any
  /// value (coarse sensors, daily constants), three times the longest other run of the same value (nights, calms, floors).
  ///
  /// What rests at a limit may do so for any time; a target may rest elsewhere for twelve hours.
  mutating func findFlatLines() {
    let runs = equalRuns()
    let lengths = runs.map(\.length).sorted(by: >)
    let common = max(lengths.count > 2 ? lengths[2] : 1, usualLength(lengths))
    let least = isTarget ? 12 * perHour : max(6, 3 * perHour)
    for run in runs
    where run.length > max(least, 2 * common) && !isLimit(run) {
      let other = runs.lazy.filter { $0.value == run.value && $0.start != run.start }.map(\.length).max() ?? 0
      guard run.length > 3 * other else { continue }
      let first = run.start / perDay
      let last = (run.start + run.length - 1) / perDay
      for position in run.start..<run.start + run.length {
        remove(position / perDay, position % perDay..<position % perDay + 1)
      }
      let usual = max(common, other)
      report(
        .flatLine, first, last, count: run.length,
        "\(run.length) values in a row are \(plain(run.value)), as if the source were frozen (otherwise the longest such runs have \(usual))",
        fallback: removalFallback(last))
    }
  }

  /// The length that half of the values' runs reach: 1 for what moves, days for what moves in steps.
  private func usualLength(_ lengths: [Int]) -> Int {
    let half = rows.reduce(0) { $0 + $1.count { !$0.isNaN } } / 2
    var covered = 0
    for length in lengths {
      covered += length
      if covered >= half { return length }
    }
    return 1
  }

  /// A value at a known limit; a target at an end of its own range; an input there,
  /// or at zero, if other days have the same value at the same hours.
  private func isLimit(_ run: Run) -> Bool {
    if run.value == lowest || run.value == highest { return true }
    var least = Double.infinity
    var most = -Double.infinity
    for row in rows {
      for other in row where !other.isNaN {
        least = min(least, other)
        most = max(most, other)
      }
    }
    // Published prices may pass a floor by a little; the range's ends are its outer hundredths.
    let margin = isTarget ? 0.01 * (most - least) : 0
    let isAtEnd = run.value <= least + margin || run.value >= most - margin
    return isTarget ? isAtEnd : (isAtEnd || run.value == 0) && isCommon(run)
  }

  /// True if in every interval of the day that the run covers, three in a hundred other days have the value too: a sky
  /// without rain may stay so for weeks, a sun that does not rise at noon is broken.
  private func isCommon(_ run: Run) -> Bool {
    let covered = min(run.length, perDay)
    let days = rows.indices.filter { $0 < run.start / perDay || $0 > (run.start + run.length - 1) / perDay }
    return (0..<covered).allSatisfy { step in
      let interval = (run.start + step) % perDay
      return 100 * days.count { rows[$0][interval] == run.value } >= 3 * days.count
    }
  }

  /// Runs of two or more equal values, over the ends of days too; a missing value ends a run.
  private func equalRuns() -> [Run] {
    var runs: [Run] = []
    var start = 0
    var length = 0
    var value = Double.nan
    for index in rows.indices {
      for interval in 0..<perDay {
        let next = rows[index][interval]
        if next == value {
          length += 1
          continue
        }
        if length > 1 { runs.append(Run(start: start, length: length, value: value)) }
        start = index * perDay + interval
        length = 1
        value = next
      }
    }
    if length > 1 { runs.append(Run(start: start, length: length, value: value)) }
    return runs
  }
}
