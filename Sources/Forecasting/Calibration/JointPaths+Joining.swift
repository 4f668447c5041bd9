public import MarketModel

extension JointPaths {
  /// One dependence over the targets of several, side by side in their order, learned from the days that all of them saw: the
  /// scores of a past day are those of the same date in every target.
  ///
  /// Ages of days are by date, up to the `day` whose paths are drawn. The share of the copula is chosen by the mean of what it scored in each.
  ///
  /// - Throws: ``ForecastingError`` if there are none, or they have different intervals.
  public init(joining parts: [JointPaths], for day: MarketDay) throws(ForecastingError) {
    guard let first = parts.first else { throw ForecastingError("No paths were given to join") }
    guard parts.allSatisfy({ $0.intervals == first.intervals && $0.perHour == first.perHour }) else {
      throw ForecastingError("Only paths over the same intervals can be joined")
    }
    try self.init(
      targets: parts.reduce(0) { $0 + $1.targets }, intervals: first.intervals, perHour: first.perHour, seed: first.seed
    )
    let places = parts.map { part in
      Dictionary(
        part.days.enumerated().compactMap { place, day in day.map { ($0, place) } }, uniquingKeysWith: { $1 })
    }
    let common = first.days.compactMap { $0 }.filter { day in places.allSatisfy { $0[day] != nil } }
    for day in common {
      let own = zip(parts, places).compactMap { part, places in places[day].map { (part, $0) } }
      scores.append(own.flatMap { $0.0.scores[$0.1] })
      profiles.append(own.flatMap { $0.0.profiles[$0.1] })
      numbers.append(day.dayNumber)
      days.append(day)
    }
    number = day.dayNumber
    for share in losses.indices {
      let known = parts.compactMap { $0.losses[share].value }
      if !known.isEmpty { losses[share].add(known.reduce(0, +) / Double(known.count)) }
    }
    refit()
  }

  /// Days on which the dependence rests, oldest first.
  public var rememberedDays: Int { scores.count }

  /// Whether so many days were seen that the dependence is learned rather than assumed.
  public var knowsDependence: Bool { scores.count >= JointPaths.leastDays }
}
