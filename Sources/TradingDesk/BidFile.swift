internal import Foundation
internal import MarketData
internal import MarketModel
internal import MarketRules

/// `bids.csv`: the offers as they would be submitted, one row a segment. Read back by `spotdesk check`.
enum BidFile {
  static let columns = [
    "unit", "market_day", "curve_form", "segment", "from_MW", "to_MW", "price_per_MWh", "price_unit", "on_line",
    "remark",
  ]

  static func text(_ book: BidBook, pack: RulePack, simulated: Bool) -> String {
    var lines = [columns.joined(separator: ",")]
    for bid in book.bids {
      var start = Power.zero
      let onLine = OnLineText.text(bid.commitment)
      for (number, point) in bid.curve.points.enumerated() {
        lines.append(
          [
            csvField(bid.unit.text), book.day.description, bid.curve.form.rawValue, "\(number + 1)", start.megawattText,
            point.output.megawattText, point.price.text, "\(pack.currency)/MWh", onLine, simulated ? "simulated" : "",
          ].joined(separator: ","))
        start = point.output
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// On-line intervals as runs: "00:00–09:30;16:00–24:00", empty for none.
enum OnLineText {
  static func runs(_ commitment: IntervalSeries<Bool>) -> [String] {
    var runs: [String] = []
    var start: Int?
    let minutes = commitment.grid.length.minutes
    for (index, isOn) in (commitment.values + [false]).enumerated() {
      if isOn, start == nil { start = index }
      if !isOn, let first = start {
        runs.append(ClockTime.text(first * minutes) + "–" + ClockTime.text(index * minutes))
        start = nil
      }
    }
    return runs
  }

  static func text(_ commitment: IntervalSeries<Bool>) -> String { runs(commitment).joined(separator: ";") }

  /// Reads what ``text(_:)`` wrote; nil if it is not of that form.
  static func commitment(_ text: String, on grid: IntervalGrid) -> [Bool]? {
    var values = [Bool](repeating: false, count: grid.count)
    for run in text.split(separator: ";") {
      let ends = run.split(separator: "–")
      guard ends.count == 2 else { return nil }
      let from = ends[0] == "00:00" ? 0 : TradingInterval.number(ofEndLabel: ends[0], length: grid.length)
      guard let from, let to = TradingInterval.number(ofEndLabel: ends[1], length: grid.length), from < to,
        to <= grid.count
      else { return nil }
      for index in from..<to { values[index] = true }
    }
    return values
  }
}
