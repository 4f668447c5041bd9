/// A waterfall as bars between levels.
struct WaterfallChart {
  let view: ReviewReport.WaterfallView

  init(_ view: ReviewReport.WaterfallView) { self.view = view }

  func svg() -> String {
    let values = view.steps.map { $0.after / 10_000 } + [0]
    let range = (values.min() ?? 0)...(values.max() ?? 1)
    var canvas = ChartCanvas(
      width: 1_100, height: 330, margins: .init(left: 80, right: 10, top: 22, bottom: 44),
      horizontal: 0...Double(view.steps.count), vertical: range)
    canvas.verticalAxis(ticks: roundTicks(in: range, about: 6))
    var before = 0.0
    for (number, step) in view.steps.enumerated() {
      let level = step.after / 10_000
      let isLevel = number == 0 || number == view.steps.count - 1
      let (low, high) = isLevel ? (min(0, level), max(0, level)) : (min(before, level), max(before, level))
      canvas.box(
        left: canvas.x(Double(number) + 0.15), right: canvas.x(Double(number) + 0.85), top: canvas.y(high),
        bottom: max(canvas.y(low), canvas.y(high) + 1),
        class: isLevel ? "level" : (level >= before ? "effect-up" : "effect-down"),
        title: "\(step.step): \(readable(step.amount, decimals: 2))")
      let middle = canvas.x(Double(number) + 0.5)
      canvas.text(
        isLevel ? readable(level, decimals: 1) : signed(step.amount / 10_000, decimals: 1), x: middle,
        y: canvas.y(high) - 5, anchor: "middle")
      for (line, word) in WaterfallChart.lines(step.step).enumerated() {
        canvas.text(word, x: middle, y: canvas.plotBottom + 16 + Double(line) * 14, anchor: "middle")
      }
      before = level
    }
    return canvas.svg(label: "From perfect foresight to realised, in ten thousands")
  }

  /// A name in at most two lines.
  private static func lines(_ name: String) -> [String] {
    let words = name.split(separator: "-").map(String.init)
    guard words.count > 1 else { return words }
    let half = (words.count + 1) / 2
    return [words.prefix(half).joined(separator: " "), words.dropFirst(half).joined(separator: " ")]
  }
}
