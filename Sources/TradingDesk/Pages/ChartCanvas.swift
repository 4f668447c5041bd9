/// A point of a chart in the units of its axes.
struct ChartPoint {
  let x: Double
  let y: Double
}

/// An inline SVG with one plot area, two linear scales and the marks drawn so far.
///
/// Sizes are in the drawing's own pixels; the page scales the whole drawing to the room that there is. Looks (colours,
/// dashes, fonts) are in the page's stylesheet, by class.
struct ChartCanvas {
  /// Room around the plot area.
  struct Margins {
    var left: Double
    var right: Double
    var top: Double
    var bottom: Double
  }

  let width: Double
  let height: Double
  let margins: Margins
  let horizontal: ClosedRange<Double>
  let vertical: ClosedRange<Double>
  private var marks: [String] = []

  init(
    width: Double, height: Double, margins: Margins, horizontal: ClosedRange<Double>, vertical: ClosedRange<Double>
  ) {
    self.width = width
    self.height = height
    self.margins = margins
    self.horizontal = ChartCanvas.widened(horizontal)
    self.vertical = ChartCanvas.widened(vertical)
  }

  var plotLeft: Double { margins.left }
  var plotRight: Double { width - margins.right }
  var plotTop: Double { margins.top }
  var plotBottom: Double { height - margins.bottom }

  func x(_ value: Double) -> Double {
    let share = (value - horizontal.lowerBound) / (horizontal.upperBound - horizontal.lowerBound)
    return plotLeft + share * (plotRight - plotLeft)
  }

  func y(_ value: Double) -> Double {
    let share = (value - vertical.lowerBound) / (vertical.upperBound - vertical.lowerBound)
    return plotBottom - share * (plotBottom - plotTop)
  }

  /// A range of no length has no scale; it becomes one unit long.
  private static func widened(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    range.upperBound > range.lowerBound ? range : range.lowerBound...range.lowerBound + 1
  }
}

extension ChartCanvas {
  mutating func line(_ points: [ChartPoint], class style: String) {
    guard !points.isEmpty else { return }
    marks.append("<path class=\"\(style)\" d=\"\(path(points))\"/>")
  }

  /// The area between two lines over the same x.
  mutating func area(from lower: [ChartPoint], to upper: [ChartPoint], class style: String) {
    guard !lower.isEmpty, !upper.isEmpty else { return }
    marks.append("<path class=\"\(style)\" d=\"\(path(upper + lower.reversed()))Z\"/>")
  }

  /// A path whose places are in pixels already.
  mutating func shape(_ path: String, class style: String) {
    marks.append("<path class=\"\(style)\" d=\"\(path)\"/>")
  }

  /// A rectangle in pixels; the title is what a pointer that rests on it reads.
  mutating func box(
    left: Double, right: Double, top: Double, bottom: Double, class style: String, paint: String = "",
    title: String = ""
  ) {
    let place = "x=\"\(pixel(left))\" y=\"\(pixel(top))\""
    let size = "width=\"\(pixel(max(right - left, 0)))\" height=\"\(pixel(max(bottom - top, 0)))\""
    let look = paint.isEmpty ? "" : " style=\"\(paint)\""
    let inside = title.isEmpty ? "" : "<title>\(escaped(title))</title>"
    marks.append("<rect class=\"\(style)\" \(place) \(size)\(look)>\(inside)</rect>")
  }

  /// Text in pixels; `anchor` is "start", "middle" or "end".
  mutating func text(_ text: String, x: Double, y: Double, anchor: String = "start", class style: String = "tick") {
    let place = "x=\"\(pixel(x))\" y=\"\(pixel(y))\""
    marks.append("<text class=\"\(style)\" \(place) text-anchor=\"\(anchor)\">\(escaped(text))</text>")
  }

  /// A straight line in pixels.
  mutating func rule(x1: Double, y1: Double, x2: Double, y2: Double, class style: String) {
    let start = "x1=\"\(pixel(x1))\" y1=\"\(pixel(y1))\""
    let end = "x2=\"\(pixel(x2))\" y2=\"\(pixel(y2))\""
    marks.append("<line class=\"\(style)\" \(start) \(end)/>")
  }

  /// Grid lines with their values at the left.
  mutating func verticalAxis(ticks: [Double], class style: String = "tick") {
    let decimals = tickDecimals(ticks)
    for tick in ticks {
      rule(x1: plotLeft, y1: y(tick), x2: plotRight, y2: y(tick), class: abs(tick) < 1e-9 ? "zero" : "grid")
      text(readable(tick, decimals: decimals), x: plotLeft - 6, y: y(tick) + 4, anchor: "end", class: style)
    }
  }

  /// The drawing with what a screen reader says of it.
  func svg(label: String, class style: String = "chart") -> String {
    element(
      "svg",
      [
        "class": style, "viewBox": "0 0 \(pixel(width)) \(pixel(height))", "role": "img", "aria-label": label,
        "xmlns": "http://www.w3.org/2000/svg",
      ], marks.joined(separator: "\n"))
  }

  private func path(_ points: [ChartPoint]) -> String {
    let places = points.map { "\(pixel(x($0.x))),\(pixel(y($0.y)))" }
    return "M" + places.joined(separator: "L")
  }
}

/// A coordinate to a tenth of a pixel.
func pixel(_ value: Double) -> String {
  guard value.isFinite, abs(value) < 1e7 else { return "0" }
  let tenths = Int((value * 10).rounded())
  let magnitude = abs(tenths)
  let text = magnitude % 10 == 0 ? "\(magnitude / 10)" : "\(magnitude / 10).\(magnitude % 10)"
  return (tenths < 0 ? "-" : "") + text
}

/// Round values (1, 2 or 5 times a power of ten apart) within a range, about `count` of them.
func roundTicks(in range: ClosedRange<Double>, about count: Int) -> [Double] {
  let span = range.upperBound - range.lowerBound
  guard span > 0, span.isFinite, count > 0 else { return [] }
  var step = 1e-6
  var factors = [2.0, 2.5, 2.0]
  while span / step > Double(count) * 1.3 {
    let factor = factors.removeFirst()
    factors.append(factor)
    step *= factor
  }
  let first = (range.lowerBound / step).rounded(.up)
  let last = (range.upperBound / step).rounded(.down)
  guard first <= last else { return [] }
  return stride(from: first, through: last, by: 1).map { $0 * step }
}

/// The fewest decimals, up to four, with which ticks read as what they are.
func tickDecimals(_ ticks: [Double]) -> Int {
  (0..<4).first { decimals in
    let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
    return ticks.allSatisfy { abs($0 * scale - ($0 * scale).rounded()) < 1e-6 }
  } ?? 4
}

/// A value for each interval as a line that stays level within the interval; interval i reaches from i to i + 1.
func levelLine(_ values: [Double]) -> [ChartPoint] {
  values.enumerated().flatMap { index, value in
    [ChartPoint(x: Double(index), y: value), ChartPoint(x: Double(index + 1), y: value)]
  }
}
