internal import Forecasting
internal import Foundation
internal import MarketData
internal import MarketModel
internal import MarketRules
internal import MarketStore

/// What the forecast of one day's load, wind or solar power is made from, as of the pack's information cutoff.
struct PowerContext {
  let day: MarketDay
  let pack: RulePack
  let gate: ForecastGate
  let history: PowerHistory
  let inputs: PowerForecastInputs
  let notes: [String]

  init(
    _ quantity: SeriesQuantity, day: MarketDay, pack: RulePack, store: MarketStore, settings: ForecastSettings,
    desk: TradingDesk
  ) throws {
    guard let target = ForecastTarget(rawValue: quantity.rawValue) else {
      throw DeskProblem(.internalError, "\(quantity.rawValue) cannot be forecast")
    }
    self.day = day
    self.pack = pack
    let gate = try ForecastGate(day: day, pack: pack)
    self.gate = gate
    let history = try PowerHistory(quantity, store: store, grid: gate.ordinary, asOf: gate.asOf)
    self.history = history
    let calendar = try HolidayCalendar(folder: desk.calendarFolder, zone: pack.zone)
    inputs = try inDeskTerms {
      try PowerForecastInputs(
        target: target, grid: gate.ordinary, historyDays: history.days, actual: history.actual,
        inputs: history.inputs, holidays: calendar.holidays, shiftedWorkdays: calendar.shiftedWorkdays,
        scenarioCount: settings.scenarios, seed: settings.seed, threads: settings.threads)
    }
    notes = history.notes + (quantity == .load ? calendar.notes(for: day) : [])
  }

  var asOfText: String { LocalTime.text(gate.asOf) + " UTC" }
  var packName: String { "\(pack.market) \(pack.version)" }
}
