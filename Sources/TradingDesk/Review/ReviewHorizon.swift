internal import MarketModel
internal import NumericMethods
internal import Review

extension ReviewRun {
  /// Days of one unit that follow each other, as places among the days and the units of each.
  private struct Run {
    var places: [(day: Int, unit: Int)]
  }

  /// Sees every run of consecutive days as one schedule of perfect foresight, so that what a day's own end is worth stands apart.
  mutating func seeHorizon(threads: Int) throws {
    let runs = consecutive().filter { $0.places.count > 1 }
    let days = days
    let found = concurrentMap(count: runs.count, threads: threads) { index in
      let places = runs[index].places
      return Result {
        try perfectForesightDays(
          days: places.map { days[$0.day].units[$0.unit].unitDay }, prices: places.map { days[$0.day].prices })
      }
    }
    for (run, result) in zip(runs, found) {
      let schedule = try inDeskTerms { try result.get() }
      for (place, own) in zip(run.places, schedule) {
        let alone = self.days[place.day].units[place.unit].waterfall
        self.days[place.day].units[place.unit].waterfall = try inDeskTerms {
          try alone.seen(from: Money.estimate(own.profit))
        }
      }
    }
  }

  private func consecutive() -> [Run] {
    var open: [UnitID: Run] = [:]
    var runs: [Run] = []
    for (number, day) in days.enumerated() {
      for (place, unit) in day.units.enumerated() {
        if let last = open[unit.unit]?.places.last, days[last.day].day.advanced(by: 1) == day.day {
          open[unit.unit]?.places.append((number, place))
        } else {
          if let closed = open[unit.unit] { runs.append(closed) }
          open[unit.unit] = Run(places: [(number, place)])
        }
      }
    }
    return runs + open.keys.sorted().compactMap { open[$0] }
  }
}
