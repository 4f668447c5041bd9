import TradingDesk

/// A position as tables.
struct PositionText {
  let report: PositionReport
  let colours: TerminalColours

  func rendered() -> String {
    colours.simulatedMarket(report.simulated)
      + "Position of \(report.day), \(report.rulePack), \(report.scenarios) joint paths\n" + parts + hedge + procurement
      + sentences + report.notes.map { "note: \($0)\n" }.joined()
  }

  private var parts: String {
    var table = TextTable(
      ["part", "expected profit", "10 %", "90 %", "CVaR 5 %", "day-ahead MWh", "real-time MWh"],
      alignments: [.left] + [TextTable.Alignment](repeating: .right, count: 6))
    for part in report.parts { table.append(row(part)) }
    table.rule()
    table.append(row(report.total))
    return table.rendered()
  }

  private func row(_ part: PositionReport.Part) -> [String] {
    [part.name]
      + [
        part.expectedProfit, part.low, part.high, part.conditionalValueAtRisk_5, part.dayAheadMWh, part.realTimeMWh,
      ].map { NumberText.grouped($0) }
  }

  private var hedge: String {
    var table = TextTable(
      ["contract", "times", "advice", "MW", "MWh", "price"],
      alignments: [.left, .left, .left, .right, .right, .right])
    for contract in report.hedge.contracts {
      table.append([
        contract.contract, contract.times, contract.advice, NumberText.grouped(contract.megawatts),
        NumberText.grouped(contract.energyMWh), NumberText.grouped(contract.pricePerMWh, decimals: 2),
      ])
    }
    return table.rendered()
  }

  private var procurement: String {
    guard let advice = report.procurement else { return "" }
    var table = TextTable(
      ["retail, block", "expected MWh", "contract MW", "price", "day-ahead MWh", "real-time MWh"],
      alignments: [.left] + [TextTable.Alignment](repeating: .right, count: 5))
    for block in advice.blocks {
      table.append([
        block.block, NumberText.grouped(block.expectedMWh), NumberText.grouped(block.contractMW),
        NumberText.grouped(block.contractPricePerMWh, decimals: 2), NumberText.grouped(block.dayAheadMWh),
        NumberText.grouped(block.realTimeMWh),
      ])
    }
    return table.rendered() + ProcurementText.ways(advice.ways)
  }

  private var sentences: String {
    let (hedge, joint) = (report.hedge, report.joint)
    let violated = report.compliance.filter { !$0.violations.isEmpty }
    return """
      hedge: expected profit \(NumberText.grouped(hedge.expectedProfitBefore)) → \(NumberText.grouped(hedge.expectedProfitAfter)), \
      CVaR 5 % \(NumberText.grouped(hedge.conditionalValueAtRisk_5Before)) → \
      \(NumberText.grouped(hedge.conditionalValueAtRisk_5After)) \(report.currency)
      joint over separate: \(NumberText.signed(joint.value, decimals: 0)), 95 % interval \(NumberText.grouped(joint.low)) … \
      \(NumberText.grouped(joint.high)); \(NumberText.grouped(joint.jointMegawatts)) MW traded against \
      \(NumberText.grouped(joint.separateMegawatts))
      bids of \(report.compliance.count) assets: \(violated.isEmpty ? "no violations" : "\(violated.count) with violations")

      """ + violated.flatMap { asset in asset.violations.map { "\(asset.asset): \($0)\n" } }.joined()
  }
}

/// Ways in which the retail arm may buy.
enum ProcurementText {
  static func ways(_ ways: [PositionReport.ProcurementWay], _ text: (Double) -> String = { NumberText.grouped($0) })
    -> String
  {
    var table = TextTable(["retail buys", "expected margin", "CVaR 5 %"], alignments: [.left, .right, .right])
    for way in ways {
      table.append([
        way.way, text(way.expectedMargin), text(way.conditionalValueAtRisk_5),
      ])
    }
    return table.rendered()
  }
}
