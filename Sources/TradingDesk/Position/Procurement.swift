internal import FlexibleAssets

/// How the retail arm should buy: all in real time, all as expected day-ahead, and the plan that is advised.
struct Procurement {
  let programme: ProcurementProgramme
  let plan: ProcurementProgramme.Plan
  /// Blocks of the day, base load first as among the contracts.
  let products: [HedgeProduct]
  /// The interval-by-interval purchase of the position before the advice.
  let bought: [Double]

  /// Blocks overlap with base load; shares that are bought ahead are chosen for the blocks alone.
  init(
    load: PositionBuilder.RetailLoad, bought: [Double], paths: PositionPaths, products: [HedgeProduct],
    riskWeight: Double
  ) throws {
    self.products = products.filter { $0.name != "base" }
    self.bought = bought
    programme = ProcurementProgramme(
      load: load.megawatts, dayAhead: paths.prices, realTime: paths.realTime, hours: paths.hours,
      tariffPerMWh: load.tariffPerMWh, contracts: self.products, largestDeviation: PositionBuilder.largestDeviation)
    plan = try programme.best(riskWeight: riskWeight)
  }

  /// Margin and its CVaR 5 % with each way of buying.
  var ways: [(name: String, margins: [Double])] {
    let none = products.map { _ in 0.0 }
    return [
      ("all in real time", programme.margins(.init(contracts: none, shifts: none.map { _ in -1 }))),
      ("as expected day-ahead", programme.margins(.init(contracts: none, shifts: none))),
      ("advised", programme.margins(plan)),
    ]
  }
}
