internal import MarketModel

/// The axis of some days under a chart of hours: a line at each midnight, the day's name below.
struct MarketHours {
  let firstDay: MarketDay
  let days: Int

  var hours: Double { Double(days * 24) }

  func draw(on canvas: inout ChartCanvas) {
    let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    for index in 0..<days {
      let day = firstDay.advanced(by: index)
      let place = canvas.x(Double(index * 24))
      canvas.rule(x1: place, y1: canvas.plotTop, x2: place, y2: canvas.plotBottom + 4, class: "grid")
      let name = days > 10 ? "\("\(day)".suffix(2))" : "\(weekdays[day.weekday - 1]) \(day)"
      canvas.text(name, x: canvas.x(Double(index * 24 + 12)), y: canvas.plotBottom + 20, anchor: "middle")
    }
  }

  /// "2020-07-06 13:15" of an interval.
  func clock(_ interval: Int, minutes: Int) -> String {
    let perDay = 1_440 / minutes
    return "\(firstDay.advanced(by: interval / perDay)) \(ClockTime.text(interval % perDay * minutes))"
  }

  /// A value for each interval as a line that stays level within it, over hours.
  func line(_ values: [Double], minutes: Int) -> [ChartPoint] {
    let width = Double(minutes) / 60
    return values.enumerated().flatMap { index, value in
      [ChartPoint(x: Double(index) * width, y: value), ChartPoint(x: Double(index + 1) * width, y: value)]
    }
  }
}
