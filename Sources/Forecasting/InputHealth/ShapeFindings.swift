internal import MarketModel
internal import NumericMethods

/// A daily shape that moves by an hour from a day on and stays: a file changes between two clocks.
///
/// Seven days on each side of a day are compared by the mean square of the difference of their mean profiles, each day
/// centred and scaled. What follows the sun lies an hour later on a local clock from spring on, and earlier from autumn on:
/// that is as it should be, and is not reported.
extension SeriesExamination {
  private static let reach = 7
  /// The moved profile must fit this much better than the unmoved one.
  private static let share = 0.2
  /// A week differs from the week before by at least this much more than weeks of the series usually do.
  private static let excess = 6.0

  mutating func findMovedShape() {
    let profiles = hourlyProfiles()
    guard profiles.count >= 2 * SeriesExamination.reach else { return }
    let candidates = SeriesExamination.reach...(profiles.count - SeriesExamination.reach)
    let distances = candidates.map { SeriesExamination.weeks(profiles, at: $0)?.distance(shift: 0) }
    let known = distances.compactMap { $0 }
    guard !known.isEmpty else { return }
    let least = max(0.02, SeriesExamination.excess * median(known))
    var index = candidates.lowerBound
    while index <= candidates.upperBound {
      guard let distance = distances[index - candidates.lowerBound], distance > least,
        let weeks = SeriesExamination.weeks(profiles, at: index), let shift = weeks.shift, !followsTheSun(index, shift),
        staysMoved(profiles, weeks, at: index, shift)
      else {
        index += 1
        continue
      }
      report(
        .clockChange, index, index, count: perDay,
        "from this day on the daily shape lies one hour \(shift > 0 ? "later" : "earlier") than on the seven days before, as when a file changes to another clock",
        fallback: "The values are used as they are; check the time zone of the import.")
      index += SeriesExamination.reach
    }
  }

  /// Mean profiles of the week before a day and of the week from it on.
  private struct Weeks {
    let before: [Double]
    let after: [Double]

    /// The mean square of after[h] − before[h − shift] over the hours that both have.
    func distance(shift: Int) -> Double { Weeks.distance(before, after, shift) }

    static func distance(_ before: [Double], _ after: [Double], _ shift: Int) -> Double {
      let hours = max(0, shift)..<min(24, 24 + shift)
      return hours.reduce(0) { $0 + (after[$1] - before[$1 - shift]) * (after[$1] - before[$1 - shift]) }
        / Double(hours.count)
    }

    /// +1 or −1 if the later week fits the earlier one far better when that is moved by an hour.
    var shift: Int? { [1, -1].first { distance(shift: $0) < SeriesExamination.share * distance(shift: 0) } }
  }

  private static func weeks(_ profiles: [[Double]?], at index: Int) -> Weeks? {
    guard let before = meanProfile(profiles[index - reach..<index]),
      let after = meanProfile(profiles[index..<index + reach])
    else { return nil }
    return Weeks(before: before, after: after)
  }

  private static func meanProfile(_ days: ArraySlice<[Double]?>) -> [Double]? {
    let known = days.compactMap { $0 }
    guard known.count >= 6 else { return nil }
    return (0..<24).map { hour in known.reduce(0) { $0 + $1[hour] } / Double(known.count) }
  }

  /// Hourly means of each day, centred and scaled; nil where the day has no shape or gaps.
  private func hourlyProfiles() -> [[Double]?] {
    rows.map { row in
      var hours = [Double](repeating: 0, count: 24)
      for interval in row.indices { hours[interval / perHour] += row[interval] / Double(perHour) }
      let mean = hours.reduce(0, +) / 24
      let spread = (hours.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 24).squareRoot()
      guard spread.isFinite, spread > 0 else { return nil }
      return hours.map { ($0 - mean) / spread }
    }
  }

  /// True for a move that a local clock gives what follows the sun, in the weeks around its changes.
  private func followsTheSun(_ index: Int, _ shift: Int) -> Bool {
    (-4...4).contains { offset in
      let near = day(index + offset)
      guard SeriesExamination.isChangeSunday(near) else { return false }
      return near.month <= 4 ? shift > 0 : shift < 0
    }
  }

  /// True if the days from `index` on fit the moved profile better and those before it do not, one of each allowed to err.
  private func staysMoved(_ profiles: [[Double]?], _ weeks: Weeks, at index: Int, _ shift: Int) -> Bool {
    func isMoved(_ profile: [Double]?) -> Bool {
      profile.map { Weeks.distance(weeks.before, $0, shift) < Weeks.distance(weeks.before, $0, 0) } ?? false
    }
    let reach = SeriesExamination.reach
    return profiles[index..<index + reach].count(where: isMoved) >= reach - 1
      && profiles[index - reach..<index].count(where: isMoved) <= 1
      && isMoved(profiles[index]) && !isMoved(profiles[index - 1])
  }
}
