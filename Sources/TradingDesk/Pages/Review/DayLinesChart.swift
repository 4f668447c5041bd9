internal import MarketModel

/// Lines over consecutive or single days, with the months along the bottom, their legend, and rules on chosen days.
struct DayLinesChart {
  let days: [MarketDay]
  let lines: [Line]
  let label: String

  /// A line with its look: 1 to ``looks``.
  struct Line {
    let name: String
    let values: [Double?]
    let look: Int

    init(_ name: String, _ values: [Double?], look: Int) {
      (self.name, self.values, self.look) = (name, values, (look - 1) % DayLinesChart.looks + 1)
    }
  }

  /// Looks of lines that the page's stylesheet has.
  static let looks = 12

  /// Places of days at which something changed.
  var rules: [Int] = []

  /// Looks of the lines that a page's stylesheet does not know yet.
  static let style = """
    path.line-8{stroke:#5b3fa0;stroke-width:1.7}.swatch.line-8{height:0;border-top:2px solid #5b3fa0}
    path.line-9{stroke:#8c564b;stroke-width:1.7;stroke-dasharray:7 3}.swatch.line-9{height:0;border-top:2px dashed #8c564b}
    path.line-10{stroke:#17becf;stroke-width:1.7}.swatch.line-10{height:0;border-top:2px solid #17becf}
    path.line-11{stroke:#3a5f0b;stroke-width:1.7;stroke-dasharray:2 3}.swatch.line-11{height:0;border-top:2px dotted #3a5f0b}
    path.line-12{stroke:#b3261e;stroke-width:1.7;stroke-dasharray:7 3}.swatch.line-12{height:0;border-top:2px dashed #b3261e}
    """

  /// The values as means of the last seven days, those that are known.
  static func weekly(_ values: [Double?]) -> [Double?] {
    values.indices.map { index in
      let known = values[max(0, index - 6)...index].compactMap { $0 }
      return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    }
  }

  /// Every seventh day of up to two months, else the first days of the months.
  private var labels: [(place: Int, text: String)] {
    days.indices.compactMap { place in
      let day = days[place]
      guard days.count > 62 else { return place.isMultiple(of: 7) ? (place, "\(day)") : nil }
      return day.date.day == 1 ? (place, "\(day)".prefix(7).description) : nil
    }
  }

  func figure() -> String {
    let all: [Double] = lines.flatMap { line in line.values.compactMap { $0 } } + [0]
    let range = (all.min() ?? 0)...(all.max() ?? 1)
    var canvas = ChartCanvas(
      width: 1_100, height: 320, margins: .init(left: 80, right: 20, top: 12, bottom: 30),
      horizontal: 0...Double(max(days.count - 1, 1)), vertical: range)
    canvas.verticalAxis(ticks: roundTicks(in: range, about: 6))
    for (number, text) in labels {
      canvas.text(text, x: canvas.x(Double(number)), y: canvas.plotBottom + 18, anchor: "middle")
    }
    for number in rules {
      let x = canvas.x(Double(number))
      canvas.rule(x1: x, y1: canvas.plotTop, x2: x, y2: canvas.plotBottom, class: "target")
    }
    for line in lines {
      let points = line.values.enumerated().compactMap { place, value in
        value.map { ChartPoint(x: Double(place), y: $0) }
      }
      canvas.line(points, class: "line line-\(line.look)")
    }
    let legend = lines.map { line in
      element(
        "span", [:], element("span", ["class": "swatch line-\(line.look)"]) + " " + escaped(line.name) + " ")
    }
    return element("p", ["class": "legend"], legend.joined()) + canvas.svg(label: label)
  }
}
