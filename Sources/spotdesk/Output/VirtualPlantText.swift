import TradingDesk

/// A virtual power plant's day as tables.
struct VirtualPlantText {
  let report: VirtualPlantReport

  func rendered() -> String {
    "Virtual power plant, \(report.resources) resources of \(report.members) members, \(report.intervals) intervals, "
      + "made up from seed \(report.seed)\n" + kinds + envelope + sentences
      + report.notes.map { "note: \($0)\n" }.joined()
  }

  private var kinds: String {
    var table = TextTable(
      ["kind", "resources", "delivered MWh", "drawn MWh"], alignments: [.left, .right, .right, .right])
    for kind in report.kinds {
      table.append([
        kind.kind, "\(kind.resources)", NumberText.grouped(kind.deliveredMWh, decimals: 1),
        NumberText.grouped(kind.drawnMWh, decimals: 1),
      ])
    }
    return table.rendered()
  }

  private var envelope: String {
    var table = TextTable(
      ["interval", "expected price", "lower MW", "plan MW", "upper MW", "price down", "price up", "cleared MW"],
      alignments: [TextTable.Alignment](repeating: .right, count: 8))
    let envelope = report.envelope
    for interval in stride(from: 0, to: report.intervals, by: max(1, report.intervals / 12)) {
      table.append(
        ["\(interval + 1)"]
          + [
            envelope.expectedPrice, envelope.lower, envelope.plan, envelope.upper, envelope.priceDown, envelope.priceUp,
            envelope.cleared,
          ].map { NumberText.grouped($0[interval], decimals: 1) })
    }
    return table.rendered()
  }

  private var sentences: String {
    let (dispatch, silence, settlement, health) = (report.dispatch, report.silence, report.settlement, report.health)
    let gap = dispatch.gapPercent.map { "\($0) % above its bound" } ?? "no bound: the schedule is not kept"
    return """
      dispatch: cost \(NumberText.grouped(dispatch.cost)), \(gap), \(dispatch.rounds) rounds, largest deviation \
      \(dispatch.largestDeviationMW) MW; profit \(NumberText.grouped(dispatch.profit)), unsteered \
      \(NumberText.grouped(dispatch.unsteeredProfit))
      \(silence.resources.count) resources stopped answering: \(silence.deviationMW) MW missing at once, \
      \(silence.laterDeviationMW) MW at most later, cost \(NumberText.signed(silence.addedCost, decimals: 0))
      settlement: market \(settlement.marketPaymentCents) cents = members \(settlement.membersCents) + fee \(settlement.feeCents), \
      difference \(settlement.differenceCents)
      records: round trip wrong by \(health.roundTripErrorOfPlate) on the name plates, \(health.roundTripErrorUpdated) after the update; \
      energy \(health.energyErrorOfPlate), \(health.energyErrorUpdated); solar yield \(health.yieldErrorOfPlate), \
      \(health.yieldErrorUpdated); \(health.wornBatteries) of \(health.batteries) batteries are worn
      \(report.seconds.aggregation) s to aggregate, \(report.seconds.dispatch) s to dispatch

      """
  }
}
