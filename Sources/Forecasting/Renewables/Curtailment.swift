/// Intervals in which output was held down rather than the weather weak: flagged by the caller, or flat below the curve.
struct Curtailment {
  /// A flat stretch has at least so many hours within so small a share of capacity.
  static let flatHours = 3.0
  static let flatness = 0.002
  /// It lies so far below the curve's power, and not at a standstill.
  static let leastGap = 0.1
  static let leastShare = 0.05

  let flagged: [Bool]
  let flat: [Bool]

  var held: [Bool] { zip(flagged, flat).map { $0 || $1 } }

  init(_ series: RenewableSeries, driver: [Double], curve: PowerCurve) {
    flagged = series.days.flatMap { day -> [Bool] in
      day.columns["curtailed"]?.map { $0 > 0 } ?? [Bool](repeating: false, count: series.intervals)
    }
    let share = series.share
    var flat = [Bool](repeating: false, count: share.count)
    let least = max(3, Int(Curtailment.flatHours * Double(series.intervals) / 24))
    var start = 0
    while start < share.count {
      var end = start + 1
      while end < share.count, abs(share[end] - share[start]) <= Curtailment.flatness { end += 1 }
      if end - start >= least, share[start] >= Curtailment.leastShare {
        for index in start..<end where curve(driver[index]) - share[index] > Curtailment.leastGap { flat[index] = true }
      }
      start = end
    }
    self.flat = flat
  }
}
