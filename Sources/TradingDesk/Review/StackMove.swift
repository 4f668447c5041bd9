internal import MarketModel
internal import NumericMethods
internal import Review

/// The market's offers of two runs of days side by side, at the same bidding space.
struct StackMove {
  /// The fewest days that a stack is read from.
  static let fewestDays = 14

  let from: MarketDay
  let to: MarketDay
  let before: ClosedRange<MarketDay>
  /// Bidding space, price before, price now.
  let points: [(space: Double, before: Double, now: Double)]

  /// nil where load, or what serves it, is not known.
  init?(_ history: SpaceHistory, first: MarketDay, last: MarketDay) {
    let count = max(StackMove.fewestDays, min(last.dayNumber - first.dayNumber + 1, SpaceHistory.stackDays / 2))
    let start = last.advanced(by: 1 - count)
    let earlier = start.advanced(by: -count)...start.advanced(by: -1)
    guard let now = history.stack(from: start, through: last),
      let old = history.stack(from: earlier.lowerBound, through: earlier.upperBound)
    else { return nil }
    let spaces = history.pairs(from: start, through: last).spaces.sorted()
    (from, to, before) = (start, last, earlier)
    points = [0.1, 0.25, 0.5, 0.75, 0.9].map { share in
      let space = spaces[min(Int(share * Double(spaces.count)), spaces.count - 1)]
      return (space, old.price(at: space), now.price(at: space))
    }
  }
}

extension ReviewReport.StackView {
  init(_ move: StackMove, currency: String) {
    (from, to) = (move.from, move.to)
    (beforeFrom, beforeTo) = (move.before.lowerBound, move.before.upperBound)
    points = move.points.map {
      Point(
        biddingSpaceMW: DayReport.rounded($0.space, 1), beforePerMWh: DayReport.rounded($0.before, 2),
        nowPerMWh: DayReport.rounded($0.now, 2), changePerMWh: DayReport.rounded($0.now - $0.before, 2))
    }
    let mean = move.points.reduce(0) { $0 + $1.now - $1.before } / Double(max(move.points.count, 1))
    sentence =
      "At the same bidding space the market's offers are \(readable(abs(mean), decimals: 1)) \(currency)/MWh "
      + "\(mean < 0 ? "cheaper" : "dearer") from \(move.from) to \(move.to) than in the \(move.to.dayNumber - move.from.dayNumber + 1) days before."
  }
}
