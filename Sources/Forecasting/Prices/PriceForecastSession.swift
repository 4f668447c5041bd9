public import Foundation
internal import MarketModel

/// Forecasts of single days, each a function of what is handed for it and of nothing else: in whatever order days are
/// forecast, and whatever was forecast before, a day gets the same numbers to the last bit.
///
/// What was learned on the way to one day is kept and serves a later one if its settings and every value that it was
/// learned from are the same there (a memo, ``PriceMemory``); otherwise the held-out days are lived through anew. Write
/// ``memory`` down after a forecast and hand it to the next session, and the next morning starts from there.
public struct PriceForecastSession: Sendable {
  private var kept: PriceMemory?
  /// Why a memory that was handed in, or the one of the forecast before, was of no use for the last forecast; nil if it
  /// was used or there was none.
  public private(set) var remark: String?
  private let refit: PriceRefit

  public init(refit: PriceRefit = .daily) { self.refit = refit }

  /// A session that goes on from what another one wrote down; of no use if it is damaged or of another version, which
  /// ``remark`` says.
  ///
  /// - Parameter refit: that of the session which wrote it.
  public init(memory: Data, refit: PriceRefit = .daily) {
    self.refit = refit
    do {
      kept = try StateRecord.value(PriceMemory.self, from: Array(memory), kind: "price-memory")
    } catch {
      remark = "\(error)"
    }
  }

  /// What was learned up to the last forecast's day, as bytes; nil before the first forecast.
  public func memory() throws -> Data? {
    try kept.map { Data(try StateRecord.bytes(of: $0, kind: "price-memory")) }
  }

  /// Forecasts the price of one day from what was known at its gate.
  ///
  /// - Throws: ``ForecastingError`` if fewer than ``PriceForecaster/shortestHistory`` days of prices are known, or no model
  ///   can run.
  public mutating func forecast(_ source: PriceForecastInputs) throws(ForecastingError) -> PriceForecast {
    var source = source
    var notes = source.leaveOutUnknownInputs()
    let known = source.prices.count { $0 != nil }
    guard known >= PriceForecaster.shortestHistory else {
      throw ForecastingError(
        "\(known) days of prices are known before \(source.grid.day); a forecast needs at least \(PriceForecaster.shortestHistory). Import more history."
      )
    }
    let schedule = WarmUpSchedule(forecasting: source.grid.day, fittedEvery: refit.daysOnTheWay)
    let (history, findings) = try schedule.history(source)
    notes += findings.map(\.description)
    var learning = try learned(schedule, history, source)
    learning.refitDistribution()
    let view = PriceView(history: history, position: history.closedDays)
    var outlook = try learning.outlook(view, refitAfter: refit.days, stopwatch: { 0 })
    try learning.addQuantiles(to: &outlook, view, refitAfter: refit.days)
    notes += learning.notes(on: outlook, view)
    let models = try learning.forecasts(outlook, on: view.day, seconds: { 0 })
    guard let ensemble = models.last else { throw ForecastingError("No model can forecast \(source.grid.day)") }
    return PriceForecast(
      source, models: models, ensemble: ensemble,
      records: learning.records(of: outlook, historyDays: history.closedDays), dependence: learning.dependence,
      notes: notes)
  }

  /// What is learned on the days held out before the day, from the memory on; the memory then reaches up to the day.
  private mutating func learned(
    _ schedule: WarmUpSchedule, _ history: PriceHistory, _ source: PriceForecastInputs
  ) throws(ForecastingError) -> PriceLearning {
    let settings = PriceLearning.Settings(
      intervals: source.grid.count, lowestPrice: source.lowestPrice, highestPrice: source.highestPrice,
      families: PriceFamily.allCases, makesEnsemble: true, seed: source.seed, scenarios: source.scenarioCount)
    let first = schedule.firstHeldOut(history)
    var position = first
    var learning = try PriceLearning(settings, threads: source.threads)
    if let kept {
      remark = kept.objection(settings, history, first: first)
      if remark == nil {
        learning = kept.learning
        learning.threads = source.threads
        position = kept.position
      }
    }
    while position < history.closedDays {
      try schedule.live(through: PriceView(history: history, position: position), &learning)
      position += 1
    }
    kept = PriceMemory(learning, history, first: first)
    return learning
  }
}

/// When the models of a price forecast are fitted anew.
public enum PriceRefit: String, CaseIterable, Hashable, Sendable {
  /// For every forecast.
  case daily
  /// On every seventh day of the calendar; the forecasts between use those fits, and what weighs the models goes on every day.
  case weekly

  /// Age of a fit from which it is made anew.
  var days: Int { self == .daily ? 1 : 7 }
  /// The same on the days that are held out before a forecast.
  var daysOnTheWay: Int { self == .daily ? WarmUpSchedule.period : 7 }
}

/// Which days are held out before a forecast, and when models are fitted on the way. Both hang on the calendar alone, not on
/// the day to forecast, so that what is learned on the way to one day is a beginning of what is learned for the next.
struct WarmUpSchedule: Sendable {
  /// Held-out days start, and models are fitted, on days whose number this divides.
  static let period = 28
  /// Held-out days at the least; at the most `period` − 1 more.
  static let leastDays = 98
  /// Days of which one serves to compare kinds of scenarios.
  static let comparedEvery = 4
  /// Days that models read before the first held-out one.
  static let readDays = 1_456 + 32

  /// The first held-out day.
  let start: MarketDay
  /// Days between two fits on the way, a divisor of the period.
  let fittedEvery: Int

  init(forecasting day: MarketDay, fittedEvery: Int = period) {
    self.fittedEvery = fittedEvery
    let latest = day.dayNumber - WarmUpSchedule.leastDays
    start = MarketDay(
      dayNumber: latest - (latest % WarmUpSchedule.period + WarmUpSchedule.period) % WarmUpSchedule.period)
  }

  /// The history from the first day on that a model can read, with what is wrong taken out, and the open day.
  func history(_ source: PriceForecastInputs) throws(ForecastingError) -> (PriceHistory, [InputFinding]) {
    let unknown = [Double](repeating: .nan, count: source.grid.count)
    var inputGuard = InputGuard(
      inputNames: source.inputs.map(\.name), intervals: source.grid.count, lowestPrice: source.lowestPrice,
      highestPrice: source.highestPrice)
    let oldest = start.advanced(by: -WarmUpSchedule.readDays)
    for position in source.historyDays.indices where source.historyDays[position] >= oldest {
      inputGuard.add(source.published(of: position), actual: source.prices[position] ?? unknown)
    }
    var (history, findings) = try inputGuard.history()
    let (day, own) = try inputGuard.examined(source.published(of: source.historyDays.count))
    history.open(day)
    return (history, findings + own)
  }

  /// With a short history the first day that can be held out.
  func firstHeldOut(_ history: PriceHistory) -> Int {
    history.firstHeldOut(of: history.days[history.closedDays].dayNumber - start.dayNumber)
  }

  func live(through view: PriceView, _ learning: inout PriceLearning) throws(ForecastingError) {
    let number = view.day.dayNumber
    try learning.live(
      through: view, refitAfter: fittedEvery, refit: (number + 1).isMultiple(of: WarmUpSchedule.period),
      comparesShares: number.isMultiple(of: WarmUpSchedule.comparedEvery))
  }
}

/// What was learned up to a day, and a fingerprint of all that it was learned from.
struct PriceMemory: Codable, Sendable {
  let learning: PriceLearning
  /// Day number of the first held-out day.
  let firstDay: Int
  /// Days of the history that were lived through, and their fingerprint.
  let position: Int
  let days: StateFingerprint

  init(_ learning: PriceLearning, _ history: PriceHistory, first: Int) {
    self.learning = learning
    firstDay = history.days[first].dayNumber
    position = history.closedDays
    days = history.fingerprint(of: position)
  }

  /// Why this is no beginning of what is to be learned, in a sentence; nil if it is.
  func objection(_ settings: PriceLearning.Settings, _ history: PriceHistory, first: Int) -> String? {
    guard learning.settings == settings else { return "What was learned before had other settings" }
    guard history.days[first].dayNumber == firstDay else { return "The days held out for learning have moved on" }
    guard (first...history.closedDays).contains(position) else { return "What was learned before is of later days" }
    guard history.fingerprint(of: position) == days else {
      return "Data that were learned from have changed"
    }
    return nil
  }
}

extension PriceHistory {
  /// Of everything that models can read of the first `count` days, and of what inputs there are.
  func fingerprint(of count: Int) -> StateFingerprint {
    var fingerprint = StateFingerprint()
    fingerprint.add(intervals)
    for (name, isProfile) in zip(inputNames, isProfile) {
      fingerprint.add(name)
      fingerprint.add(isProfile ? 1 : 0)
    }
    for day in days.prefix(count) { fingerprint.add(day.dayNumber) }
    for weekday in weekdays.prefix(count) { fingerprint.add(weekday) }
    fingerprint.add(prices.prefix(count * intervals))
    fingerprint.add(hourlyPrices.prefix(count * 24))
    for (values, known) in zip(hourlyInputs, isKnown) {
      fingerprint.add(values.prefix(count * 24))
      for flag in known.prefix(count) { fingerprint.add(flag ? 1 : 0) }
    }
    return fingerprint
  }
}

extension PriceForecastInputs {
  /// What was published of a day of the history, or of the day to forecast, which stands after it.
  func published(of position: Int) -> PriceDay {
    let day = position < historyDays.count ? historyDays[position] : grid.day
    let unknown = [Double](repeating: .nan, count: grid.count)
    return PriceDay(
      day: day, inputs: inputs.map { position < historyDays.count ? $0.history[position] ?? unknown : $0.day },
      isHoliday: holidays.contains(day), isShiftedWorkday: shiftedWorkdays.contains(day))
  }
}
