internal import FlexibleAssets

extension PositionReport {
  /// Contracts, day-ahead and real-time purchases of the retail arm against the load forecast of its customer groups.
  public struct ProcurementAdvice: Sendable, Encodable {
    public let expectedMWh: Double
    public let blocks: [ProcurementBlock]
    public let ways: [ProcurementWay]
  }

  public struct ProcurementBlock: Sendable, Encodable {
    public let block: String
    public let expectedMWh: Double
    /// Bought by contract; sold below zero.
    public let contractMW: Double
    public let contractPricePerMWh: Double
    /// Bought ahead, and what is then expected to be left to real time.
    public let dayAheadMWh: Double
    public let realTimeMWh: Double
  }

  /// Margin of the retail arm with a way of buying.
  public struct ProcurementWay: Sendable, Encodable {
    public let way: String
    public let expectedMargin: Double
    public let conditionalValueAtRisk_5: Double
  }
}

extension PositionReport.ProcurementAdvice {
  init(_ procurement: Procurement) {
    let programme = procurement.programme
    let expected = programme.expected
    let hours = programme.hours
    expectedMWh = DayReport.rounded(expected.reduce(0, +) * hours, 1)
    blocks = procurement.products.indices.map { index in
      let product = procurement.products[index]
      let energy = product.intervals.reduce(0) { $0 + expected[$1] } * hours
      let shift = procurement.plan.shifts[index]
      return PositionReport.ProcurementBlock(
        block: product.name, expectedMWh: DayReport.rounded(energy, 1),
        contractMW: DayReport.rounded(procurement.plan.contracts[index], 1),
        contractPricePerMWh: DayReport.rounded(product.pricePerMWh, 2),
        dayAheadMWh: DayReport.rounded(energy * (1 + shift), 1),
        realTimeMWh: DayReport.rounded(-energy * shift, 1))
    }
    ways = PositionReport.ProcurementWay.all(procurement)
  }
}

extension PositionReport.ProcurementWay {
  static func all(_ procurement: Procurement) -> [PositionReport.ProcurementWay] {
    procurement.ways.map { way in
      PositionReport.ProcurementWay(
        way: way.name,
        expectedMargin: DayReport.rounded(way.margins.reduce(0, +) / Double(max(way.margins.count, 1)), 2),
        conditionalValueAtRisk_5: DayReport.rounded(RiskMeasure.conditionalValueAtRisk(way.margins), 2))
    }
  }

  /// Sums over days.
  static func sums(_ days: [[PositionReport.ProcurementWay]]) -> [PositionReport.ProcurementWay] {
    guard let first = days.first, days.allSatisfy({ $0.count == first.count }) else { return [] }
    return first.indices.map { index in
      PositionReport.ProcurementWay(
        way: first[index].way,
        expectedMargin: DayReport.rounded(days.reduce(0) { $0 + $1[index].expectedMargin }, 2),
        conditionalValueAtRisk_5: DayReport.rounded(days.reduce(0) { $0 + $1[index].conditionalValueAtRisk_5 }, 2))
    }
  }
}
