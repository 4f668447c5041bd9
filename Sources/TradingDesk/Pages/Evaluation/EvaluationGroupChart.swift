/// One score of several models over groups of intervals: hours, months, levels.
struct EvaluationGroupChart {
  struct Line {
    let name: String
    /// Class of its look, "line-1" being the combined forecast.
    let style: String
    /// By group; nil where there is none.
    let values: [Double?]
  }

  let title: String
  let unit: String
  let groups: [String]
  let lines: [Line]
  /// A value to hold the lines against, as the nominal coverage.
  var target: Double?
  var percent = false
  var width = 690.0
  var height = 270.0

  func svg() -> String {
    var canvas = ChartCanvas(
      width: width, height: height, margins: .init(left: 62, right: 14, top: 26, bottom: 40),
      horizontal: 0...Double(max(groups.count, 1)), vertical: range)
    canvas.verticalAxis(ticks: roundTicks(in: range, about: 5))
    canvas.text(unit, x: 6, y: 14, class: "unit")
    addGroups(to: &canvas)
    if let target {
      canvas.rule(
        x1: canvas.plotLeft, y1: canvas.y(target), x2: canvas.plotRight, y2: canvas.y(target), class: "target")
    }
    for line in lines.reversed() {
      for run in runs(line.values) { canvas.line(run, class: line.style) }
    }
    for (index, group) in groups.enumerated() {
      let values = lines.map { line in
        "\(line.name) " + (line.values[index].map { readable($0, decimals: decimals) } ?? "–")
      }
      canvas.box(
        left: canvas.x(Double(index)), right: canvas.x(Double(index + 1)), top: canvas.plotTop,
        bottom: canvas.plotBottom, class: "reading",
        title: "\(title), \(group): " + values.joined(separator: " · "))
    }
    return canvas.svg(label: "\(title): \(unit) of " + lines.map(\.name).joined(separator: ", "))
  }

  private var decimals: Int { range.upperBound > 100 ? 1 : range.upperBound > 1 ? 2 : 4 }

  /// Level within a group, upright between two.
  private func runs(_ values: [Double?]) -> [[ChartPoint]] {
    var runs: [[ChartPoint]] = [[]]
    for (index, value) in values.enumerated() {
      if let value {
        runs[runs.count - 1] += [
          ChartPoint(x: Double(index), y: value), ChartPoint(x: Double(index + 1), y: value),
        ]
      } else if !runs[runs.count - 1].isEmpty {
        runs.append([])
      }
    }
    return runs
  }

  private func addGroups(to canvas: inout ChartCanvas) {
    let base = canvas.plotBottom
    canvas.rule(x1: canvas.plotLeft, y1: base, x2: canvas.plotRight, y2: base, class: "axis")
    let step = groups.count > 15 ? 3 : groups.count > 8 && width < 600 ? 2 : 1
    for (index, group) in groups.enumerated() where (index + 1).isMultiple(of: step) || step == 1 {
      let isLong = groups.contains { $0.count > 6 }
      canvas.text(
        group, x: canvas.x(Double(index) + 0.5), y: base + (isLong && !(index / step).isMultiple(of: 2) ? 30 : 16),
        anchor: "middle", class: "small-tick")
    }
  }

  private var range: ClosedRange<Double> {
    var drawn = lines.flatMap { $0.values.compactMap { $0 } }
    if let target { drawn.append(target) }
    guard let high = drawn.max(), let low = drawn.min() else { return 0...1 }
    if percent { return max(low - 4, 0)...min(high + 4, 100) }
    return 0...max(high * 1.06, 1e-6)
  }
}
