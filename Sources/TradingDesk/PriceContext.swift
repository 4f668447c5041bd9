internal import Forecasting
internal import Foundation
internal import MarketData
internal import MarketModel
internal import MarketRules
internal import MarketStore

/// What the price forecast of one day is made from, as of the pack's information cutoff; it needs no units.
struct PriceContext {
  let day: MarketDay
  let pack: RulePack
  let grid: IntervalGrid
  let cutoff: GateClosure
  let asOf: Date
  let history: MarketHistory
  let inputs: PriceForecastInputs
  let notes: [String]

  init(
    day: MarketDay, pack: RulePack, store: MarketStore, settings: ForecastSettings, desk: TradingDesk
  ) throws {
    self.day = day
    self.pack = pack
    let gate = try ForecastGate(day: day, pack: pack)
    grid = gate.grid
    cutoff = gate.cutoff
    asOf = gate.asOf
    let ordinary = gate.ordinary
    let history = try MarketHistory(store: store, grid: ordinary, asOf: asOf)
    self.history = history
    let calendar = try HolidayCalendar(folder: desk.calendarFolder, zone: pack.zone)
    inputs = try inDeskTerms {
      try PriceForecastInputs(
        grid: ordinary, historyDays: history.days, prices: history.prices,
        inputs: history.inputs.map { .init(name: $0.name, history: $0.history, day: $0.day) },
        holidays: calendar.holidays, shiftedWorkdays: calendar.shiftedWorkdays,
        lowestPrice: pack.bids.floor.value?.perMegawattHour, highestPrice: pack.bids.cap.value?.perMegawattHour,
        scenarioCount: settings.scenarios, seed: settings.seed, threads: settings.threads)
    }
    notes = history.notes + calendar.notes(for: day)
  }

  var asOfText: String { LocalTime.text(asOf) + " UTC" }
  var packName: String { "\(pack.market) \(pack.version)" }
}
