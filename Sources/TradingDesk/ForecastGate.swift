internal import Foundation
internal import MarketModel
internal import MarketRules

/// When a day's forecasts are made, and on which grids: the rule pack's information cutoff.
struct ForecastGate {
  let grid: IntervalGrid
  /// Forecasts compare days of 24 hours; what they say of a day on which the clock changes is fitted to `grid` afterwards.
  let ordinary: IntervalGrid
  let cutoff: GateClosure
  let asOf: Date

  init(day: MarketDay, pack: RulePack) throws {
    grid = pack.zone.grid(for: day)
    ordinary = IntervalGrid(ordinary: day, length: grid.length)
    guard let cutoff = pack.timetable.informationCutoff.value else {
      throw DeskProblem(
        .badData,
        "Rule pack \(pack.market) \(pack.version) does not know information_cutoff; without it nothing can be read as of the gate. Complete the pack."
      )
    }
    self.cutoff = cutoff
    asOf = cutoff.instant(for: day, in: pack.zone)
  }
}
