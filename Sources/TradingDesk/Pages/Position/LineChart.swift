/// Levels side by side with their legend.
struct LineChart {
  /// A line has the number of its look; values in the unit of the axis.
  let lines: [(name: String, values: [Double], look: Int)]
  /// Values from one side to the other.
  let width: Int
  let label: String

  /// - Parameter axis: draws what stands below the plot.
  func markup(axis: (inout ChartCanvas) -> Void) -> String {
    let values: [Double] = lines.map(\.values).reduce([0], +)
    var canvas = ChartCanvas(
      width: 1_200, height: 260, margins: .init(left: 70, right: 20, top: 10, bottom: 30),
      horizontal: 0...Double(max(width, 1)), vertical: (values.min() ?? 0)...(values.max() ?? 1))
    canvas.verticalAxis(ticks: roundTicks(in: canvas.vertical, about: 6))
    axis(&canvas)
    let drawn = lines.filter { !$0.values.isEmpty }
    for line in drawn { canvas.line(levelLine(line.values), class: "line-\(line.look)") }
    let legend = drawn.map { line in
      element("span", ["class": "key"], element("i", ["class": "swatch line-\(line.look)"]) + escaped(line.name))
    }.joined()
    return element("div", ["class": "legend"], legend) + canvas.svg(label: label)
  }

  /// Over the intervals of a day.
  static func ofDay(_ lines: [(name: String, values: [Double], look: Int)], intervalEnd: [String]) -> String {
    let chart = LineChart(
      lines: lines, width: intervalEnd.count, label: lines.map(\.name).joined(separator: ", ") + " by interval, MW")
    return chart.markup { canvas in DayAxis(intervalEnd: intervalEnd).draw(on: &canvas, bottom: canvas.plotBottom) }
  }
}
