/// The time axis that the charts of a day share: boundaries of intervals, named as the market names the end.
struct DayAxis {
  let intervalEnd: [String]

  var count: Int { intervalEnd.count }

  /// "18:00–18:15": interval `index`, or the run of intervals up to and with `last`.
  func span(_ index: Int, through last: Int? = nil) -> String {
    let start = index == 0 ? "00:00" : intervalEnd[index - 1]
    return start + "–" + intervalEnd[last ?? index]
  }

  /// Boundaries at every second full hour with their labels; the day's start is 00:00.
  var ticks: [(boundary: Int, label: String)] {
    let labelled = intervalEnd.enumerated().compactMap { index, label -> (boundary: Int, label: String)? in
      guard label.hasSuffix(":00"), let hour = clockHours(label), Int(hour).isMultiple(of: 2) else { return nil }
      return (index + 1, label)
    }
    return [(0, "00:00")] + labelled
  }

  /// Draws hour lines over the plot area and the labels below `bottom`.
  func draw(on canvas: inout ChartCanvas, bottom: Double) {
    for tick in ticks {
      let place = canvas.x(Double(tick.boundary))
      canvas.rule(x1: place, y1: canvas.plotTop, x2: place, y2: bottom + 4, class: "grid")
      canvas.text(tick.label, x: place, y: bottom + 18, anchor: "middle")
    }
  }
}

/// "18:15" as 18.25; nil if the text is not a time of day.
func clockHours(_ text: some StringProtocol) -> Double? {
  let parts = text.split(separator: ":").map { Int($0) }
  guard parts.count == 2, let hours = parts[0], let minutes = parts[1] else { return nil }
  return Double(hours) + Double(minutes) / 60
}
