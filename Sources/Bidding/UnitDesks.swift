internal import MarketModel
internal import UnitScheduling

/// Calls `body` with the desk of every unit that can run on the day, on several threads, in the order of the units.
///
/// - Parameter choosing: false for desks that only write down commitments that are decided elsewhere.
/// - Throws: ``BiddingError`` of the first unit for which `body` threw.
func onUnitDesks<Result: Sendable>(
  of inputs: BiddingInputs, choosing: Bool = true, _ body: @escaping @Sendable (UnitDesk, UnitDay) throws -> Result
) throws -> [Result] {
  let paths = inputs.paths
  let risingPrices = inputs.risingPrices
  let biddable = inputs.unitDays.indices.filter { inputs.unitDays[$0].canRun.values.contains(true) }
  return try inThreads(biddable.count, threads: inputs.threads) { position in
    let day = inputs.unitDays[biddable[position]]
    do {
      let desk = UnitDesk(
        day: day, next: inputs.nextUnitDays[biddable[position]], paths: paths, risingPrices: risingPrices,
        dayAfter: choosing ? inputs.dayAfter : nil,
        expectedPrices: inputs.expectedPrices)
      return try body(desk, day)
    } catch {
      throw BiddingError(unit: day.unit.id, problem: "\(error)")
    }
  }
}
