/// Planned output of every unit over the day as shares of the rated capacity, under the fleet's planned output.
struct ScheduleHeatMap {
  let report: DayReport

  private static let width = 1400.0
  private static let rowHeight = 17.0
  private static let margins = ChartCanvas.Margins(left: 130, right: 26, top: 26, bottom: 26)

  private var axis: DayAxis { DayAxis(intervalEnd: report.forecast.intervalEnd) }

  /// The fleet's output in MW: optimised as an area, standard dashed.
  func fleetChart() -> String {
    let (optimised, standard) = (report.fleet.optimised.plannedMW, report.fleet.standard.plannedMW)
    let highest = max((optimised + standard).max() ?? 1, 1)
    var canvas = ChartCanvas(
      width: ScheduleHeatMap.width, height: 180, margins: ScheduleHeatMap.margins,
      horizontal: 0...Double(max(axis.count, 1)), vertical: 0...highest * 1.06)
    canvas.verticalAxis(ticks: roundTicks(in: 0...highest * 1.06, about: 4))
    canvas.text("Fleet, MW gross", x: 8, y: 14, class: "unit")
    axis.draw(on: &canvas, bottom: canvas.plotBottom)
    let base = [ChartPoint(x: 0, y: 0), ChartPoint(x: Double(optimised.count), y: 0)]
    canvas.area(from: base, to: levelLine(optimised), class: "fleet-area")
    canvas.line(levelLine(standard), class: "standard")
    canvas.line(levelLine(optimised), class: "optimised")
    for index in optimised.indices where index < axis.count {
      let other = standard.indices.contains(index) ? readable(standard[index]) : "–"
      canvas.box(
        left: canvas.x(Double(index)), right: canvas.x(Double(index + 1)), top: canvas.plotTop,
        bottom: canvas.plotBottom, class: "reading",
        title: "\(axis.span(index)): fleet optimised \(readable(optimised[index])) MW · standard \(other) MW")
    }
    return canvas.svg(label: "Planned output of the fleet in MW")
  }

  /// One row for each unit, one colour for each level of output.
  func svg() -> String {
    let rows = Double(max(report.units.count, 1)) * ScheduleHeatMap.rowHeight
    let margins = ScheduleHeatMap.margins
    var canvas = ChartCanvas(
      width: ScheduleHeatMap.width, height: rows + 34,
      margins: .init(left: margins.left, right: margins.right, top: 6, bottom: 28),
      horizontal: 0...Double(max(axis.count, 1)), vertical: 0...1)
    axis.draw(on: &canvas, bottom: canvas.plotBottom)
    var previous: DayReport.UnitView?
    for (number, unit) in report.units.enumerated() {
      let top = canvas.plotTop + Double(number) * ScheduleHeatMap.rowHeight
      if let previous, previous.plant != unit.plant {
        canvas.rule(x1: 8, y1: top, x2: canvas.plotRight, y2: top, class: "axis")
      }
      canvas.text(
        shortened(unit.unit.text, to: 16), x: canvas.plotLeft - 8, y: top + 13, anchor: "end", class: "tick")
      addRow(of: unit, top: top, to: &canvas)
      previous = unit
    }
    canvas.box(
      left: canvas.plotLeft, right: canvas.plotRight, top: canvas.plotTop, bottom: canvas.plotBottom, class: "frame")
    return canvas.svg(label: "Planned output of each unit as a share of its rated capacity")
  }

  /// What the colours mean; markup.
  func legend() -> String {
    let shares = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]
    let keys = shares.map { share in
      element(
        "span", ["class": "key"],
        "<i class=\"swatch\" style=\"background:\(colour(share))\"></i>" + escaped(percent(share)))
    }
    let off = element("span", ["class": "key"], "<i class=\"swatch empty\"></i>off line")
    return element("div", ["class": "legend"], off + keys.joined())
  }

  /// Intervals of one output that follow each other are one rectangle.
  private func addRow(of unit: DayReport.UnitView, top: Double, to canvas: inout ChartCanvas) {
    let output = Array(unit.optimised.plannedMW.prefix(axis.count))
    var start = 0
    for index in output.indices where index + 1 == output.count || output[index + 1] != output[index] {
      defer { start = index + 1 }
      guard output[index] > 0 else { continue }
      let share = unit.ratedCapacityMW > 0 ? output[index] / unit.ratedCapacityMW : 0
      let figures =
        "\(readable(output[index], decimals: 1)) MW · \(percent(share)) of \(readable(unit.ratedCapacityMW))"
      canvas.box(
        left: canvas.x(Double(start)), right: canvas.x(Double(index + 1)), top: top + 1,
        bottom: top + ScheduleHeatMap.rowHeight - 1, class: "block", paint: "fill:\(colour(share))",
        title: "\(unit.unit.text), \(axis.span(start, through: index)): \(figures) MW")
    }
  }

  /// Light yellow at a quarter of the capacity and below, over green, to dark blue at all of it; lightness falls
  /// all the way, so that it reads without colour too.
  private func colour(_ share: Double) -> String {
    let stops: [(red: Double, green: Double, blue: Double)] = [
      (250, 240, 170), (161, 218, 180), (65, 182, 196), (34, 94, 168), (8, 29, 88),
    ]
    let position = min(max((share - 0.25) / 0.75, 0), 1) * Double(stops.count - 1)
    let lower = min(Int(position), stops.count - 2)
    let part = position - Double(lower)
    let (from, to) = (stops[lower], stops[lower + 1])
    let mixed = [(from.red, to.red), (from.green, to.green), (from.blue, to.blue)].map {
      String(Int(($0.0 + ($0.1 - $0.0) * part).rounded()))
    }
    return "rgb(" + mixed.joined(separator: ",") + ")"
  }
}
