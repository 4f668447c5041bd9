internal import Foundation
internal import MarketModel
internal import NumericMethods

/// The days of a window as predictors and targets around each day's own price level: the mean of its last 168 hours is
/// taken out of every price, so that a model learns shapes and changes, whatever the level of the year (`methods.md` 1.4).
///
/// Prices become asinh((p − level)/spread), inputs asinh((x − median)/deviation) by hour. The last row is the day to
/// forecast.
struct LevelledDays {
  /// Kinds of predictors, which models may weigh apart.
  enum Group: String, CaseIterable, Sendable {
    /// Prices of one, two, three and seven days before, 24 each, and the last eight hours of yesterday.
    case yesterday, twoDaysBefore, threeDaysBefore, weekBefore, lateYesterday
    /// Mean of each of those days.
    case dayMeans
    /// Each input, its change from yesterday and from last week, 24 each, and day means of the first two.
    case input, inputChange, inputWeekChange, inputMeans
    /// Daily values, as fuels: the last one that was quoted before the gate, and its change in a week.
    case quoted
    case weekday, weekend, season
    /// Level against the window's, four weeks' mean against the level, spread of the last week.
    case level, trend, volatility
  }

  static let leastDays = 28

  /// Positions of the rows but the last.
  let positions: [Int]
  let groups: [(group: Group, columns: Range<Int>)]
  let columns: Int
  /// Rows × columns, row by row; the day to forecast last.
  let rows: [Double]
  /// Positions × intervals.
  let targets: [Double]
  private let level: Double
  private let spread: Double

  /// nil if fewer than 28 days are known.
  init?(_ view: PriceView, windowDays: Int) {
    positions = view.window(days: windowDays).filter { $0 >= 28 }
    guard positions.count >= LevelledDays.leastDays else { return nil }
    let all = positions + [view.position]
    var levels: [PriceLevel] = []
    for position in all { levels.append(PriceLevel(view, before: position)) }
    let spread = PriceLevel.spread(view, positions, levels)
    self.spread = spread
    level = levels[levels.count - 1].week
    var builder = RowBuilder(view: view, positions: all, levels: levels, spread: spread)
    builder.build()
    rows = builder.rows()
    groups = builder.groups
    columns = builder.columnCount
    var targets: [Double] = []
    targets.reserveCapacity(positions.count * view.intervals)
    for (row, position) in positions.enumerated() {
      guard let prices = view.prices(at: position) else { continue }
      for price in prices { targets.append(asinh((price - levels[row].week) / spread)) }
    }
    self.targets = targets
  }

  /// Prices of the day to forecast from its levelled ones.
  func restored(_ levelled: [Double]) -> [Double] {
    levelled.map { level + spread * sinh(min(max($0, -6), 6)) }
  }
}

/// Price level before a day.
struct PriceLevel {
  /// Mean of the last 168 hours.
  let week: Double
  /// Mean of the last 28 days.
  let fourWeeks: Double
  /// Standard deviation of the last 168 hours.
  let weekDeviation: Double

  init(_ view: PriceView, before position: Int) {
    let all = view.history.hourlyPrices
    let last = all[max(0, position - 7) * 24..<position * 24]
    let month = all[max(0, position - 28) * 24..<position * 24]
    let centre = last.reduce(0, +) / Double(max(last.count, 1))
    week = centre
    fourWeeks = month.reduce(0, +) / Double(max(month.count, 1))
    weekDeviation = (last.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / Double(max(last.count, 1))).squareRoot()
  }

  /// Median of |price − level| over all hours of the positions, as a standard deviation.
  static func spread(_ view: PriceView, _ positions: [Int], _ levels: [PriceLevel]) -> Double {
    var deviations: [Double] = []
    deviations.reserveCapacity(positions.count * 24)
    for (row, position) in positions.enumerated() {
      for price in view.hourlyPrices(at: position) { deviations.append(abs(price - levels[row].week)) }
    }
    let middle = median(deviations) / 0.674_489_75
    return middle > 1e-9 ? middle : max(mean(deviations), 1e-3)
  }
}

/// Builds the table column group by column group, then lays it out row by row.
private struct RowBuilder {
  let view: PriceView
  let positions: [Int]
  let levels: [PriceLevel]
  let spread: Double
  private(set) var groups: [(group: LevelledDays.Group, columns: Range<Int>)] = []
  private(set) var columnCount = 0
  /// By group: values of the rows one after another.
  private var blocks: [[Double]] = []

  init(view: PriceView, positions: [Int], levels: [PriceLevel], spread: Double) {
    self.view = view
    self.positions = positions
    self.levels = levels
    self.spread = spread
  }

  mutating func build() {
    addPrices()
    for input in view.usableInputs {
      if view.history.isProfile[input] { addProfile(input) } else { addQuote(input) }
    }
    addCalendar()
    addLevels()
  }

  func rows() -> [Double] {
    [Double](unsafeUninitializedCapacity: positions.count * columnCount) { buffer, count in
      for row in positions.indices {
        for (block, entry) in zip(blocks, groups) {
          let width = entry.columns.count
          for column in 0..<width {
            buffer[row * columnCount + entry.columns.lowerBound + column] = block[row * width + column]
          }
        }
      }
      count = positions.count * columnCount
    }
  }

  private mutating func add(_ group: LevelledDays.Group, width: Int, _ values: [Double]) {
    groups.append((group, columnCount..<columnCount + width))
    blocks.append(values)
    columnCount += width
  }

  private mutating func addPrices() {
    var means: [[Double]] = []
    let lags: [(LevelledDays.Group, Int)] = [
      (.yesterday, 1), (.twoDaysBefore, 2), (.threeDaysBefore, 3), (.weekBefore, 7),
    ]
    for (group, lag) in lags {
      var block: [Double] = []
      for (row, position) in positions.enumerated() {
        for price in view.hourlyPrices(at: position - lag) { block.append(asinh((price - levels[row].week) / spread)) }
      }
      add(group, width: 24, block)
      means.append(positions.indices.map { block[$0 * 24..<$0 * 24 + 24].reduce(0, +) / 24 })
      if lag == 1 { add(.lateYesterday, width: 8, positions.indices.flatMap { block[$0 * 24 + 16..<$0 * 24 + 24] }) }
    }
    add(.dayMeans, width: means.count, positions.indices.flatMap { row in means.map { $0[row] } })
  }

  private mutating func addProfile(_ input: Int) {
    let scaled = scaledProfile(input)
    func lagged(_ lag: Int) -> [Double] {
      positions.flatMap { position -> [Double] in
        let own = scaled[position * 24..<position * 24 + 24]
        return lag == 0
          ? Array(own) : zip(own, scaled[(position - lag) * 24..<(position - lag) * 24 + 24]).map { $0 - $1 }
      }
    }
    let own = lagged(0)
    let change = lagged(1)
    add(.input, width: 24, own)
    add(.inputChange, width: 24, change)
    add(.inputWeekChange, width: 24, lagged(7))
    add(
      .inputMeans, width: 2,
      positions.indices.flatMap { row in
        [own, change].map { $0[row * 24..<row * 24 + 24].reduce(0, +) / 24 }
      })
  }

  /// All days up to the one to forecast, asinh-scaled by hour over the window.
  private func scaledProfile(_ input: Int) -> [Double] {
    let values = view.history.hourlyInputs[input]
    let scalings = (0..<24).map { hour in
      RobustScaling(fittedTo: positions.dropLast().map { values[$0 * 24 + hour] })
    }
    return (0..<(view.position + 1) * 24).map { scalings[$0 % 24].scaled(values[$0]) }
  }

  /// A value that is quoted once a day is known of the day before yesterday at a gate of yesterday's noon.
  private mutating func addQuote(_ input: Int) {
    let values = view.history.hourlyInputs[input]
    func quote(_ position: Int) -> Double { values[max(0, position - 2) * 24] }
    let scaling = RobustScaling(fittedTo: positions.map { quote($0) })
    add(
      .quoted, width: 2,
      positions.flatMap { [scaling.scaled(quote($0)), scaling.scaled(quote($0)) - scaling.scaled(quote($0 - 7))] })
  }

  private mutating func addCalendar() {
    let weekdays = positions.map { view.weekday(at: $0) }
    add(.weekday, width: 7, weekdays.flatMap { day in (1...7).map { $0 == day ? 1.0 : 0 } })
    add(.weekend, width: 2, weekdays.flatMap { [$0 == 6 ? 1.0 : 0, $0 == 7 ? 1.0 : 0] })
    add(
      .season, width: 2,
      positions.flatMap { position in
        let angle = Double(view.history.days[position].dayOfYear) * 2 * Double.pi / 365.25
        return [sin(angle), cos(angle)]
      })
  }

  private mutating func addLevels() {
    let weeks = levels.map(\.week)
    let centre = mean(weeks)
    let deviation = max(standardDeviation(weeks), 1e-9)
    add(.level, width: 1, weeks.map { ($0 - centre) / deviation })
    add(.trend, width: 1, levels.map { asinh(($0.fourWeeks - $0.week) / spread) })
    let usual = max(median(levels.map(\.weekDeviation)), 1e-9)
    add(.volatility, width: 1, levels.map { log(max($0.weekDeviation, 1e-3 * usual) / usual) })
  }
}
