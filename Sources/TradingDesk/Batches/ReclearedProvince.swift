internal import Clearing
internal import Foundation
internal import MarketData
internal import MarketModel
internal import MarketStore
internal import ProvinceSimulation

/// The demonstration province as a market that is cleared again with the company's offers, so that they move its price.
///
/// The company's units take the place of the group "own" of the simulated fleet (`data/demonstration/groups.csv`); all others offer as
/// simulated and do not answer.
struct ReclearedProvince: Sendable {
  private let province: SimulatedProvince
  /// Group of each unit of the simulated fleet; 0 is ours.
  private let owners: [Int]

  init(province: SimulatedProvince, owners: [Int]) {
    self.province = province
    self.owners = owners
  }

  /// The price at which the day clears with a book of the company.
  ///
  /// - Throws: `DeskProblem` if the province has no market on the day.
  func prices(with book: BidBook, of unitDays: [UnitDay], on day: StrategyDay) throws -> MarketPrices {
    guard let market = province.market(on: day.day).map({ WholeMarket(day: $0) }) else {
      throw DeskProblem(
        .badData,
        "The simulated province has markets from \(province.firstDay) to \(province.lastDay); \(day.day) cannot be cleared again."
      )
    }
    let offers = market.day.offers
    let rivals = offers.indices.filter { owners[offers[$0].unit] != 0 }.flatMap { market.simulatedParts($0) }
    let byID = Dictionary(uniqueKeysWithValues: unitDays.map { ($0.unit.id, $0) })
    let own = book.bids.compactMap { bid in byID[bid.unit].map { (bid: bid, day: $0) } }
    let met = try market.prices { interval in
      rivals + own.flatMap { Self.parts(of: $0.bid, $0.day, interval: interval) }
    }
    let exact = met.map { EnergyPrice.perMegawattHour(($0 * 100).rounded() / 100) }
    return MarketPrices(basis: day.prices.basis, prices: try IntervalSeries(day.prices.prices.grid, exact))
  }

  /// What a bid adds to the book in one interval (from 0): net of auxiliary power, up to what is available; nothing off line.
  private static func parts(of bid: UnitBid, _ day: UnitDay, interval: Int) -> [MarketPart] {
    guard bid.commitment.values[interval] else { return [] }
    let available = day.availableCapacity.values[interval]
    var below = Power.zero
    var price = bid.curve.points[0].price
    var parts: [MarketPart] = []
    for point in bid.curve.points {
      let end = min(point.output, available)
      if end > below {
        parts.append(
          MarketPart(
            from: bid.curve.form == .slopes ? price : point.price, to: point.price,
            quantity: day.unit.netOutput(ofGross: end) - day.unit.netOutput(ofGross: below), unit: 0))
      }
      (below, price) = (max(below, end), point.price)
    }
    return parts
  }
}

extension TradingDesk {
  /// The province that a workspace's prices were simulated with.
  ///
  /// - Throws: `DeskProblem` if the workspace is none of the demonstration, or its prices are not those of the province's seed.
  func reclearedProvince(_ store: MarketStore, checking day: StrategyDay) throws -> ReclearedProvince {
    guard try isSimulated(store) else {
      throw DeskProblem(
        .badData,
        "\(workspace.directory.path) holds a real market, whose other offers are not known; only the demonstration can be cleared again."
      )
    }
    let folder = dataDirectory.appending(path: "demonstration")
    let settings = try inDeskTerms { try SettingsFile.read(from: folder.appending(path: "workspace.csv")) }
    let own = try inDeskTerms { try store.setting(Setting.seed) } ?? settings["seed"]
    guard let seed = own.flatMap({ UInt64($0) }) else {
      throw DeskProblem(.badData, "\(folder.path)/workspace.csv must name a seed.")
    }
    progress("simulating the demonstration province")
    let province = simulateProvince(try provinceParameters(folder), seed: seed)
    let prices = province.values(of: SeriesKey(.price, .dayAhead)) ?? []
    let count = day.prices.prices.values.count
    let first = (day.day.dayNumber - province.firstDay.dayNumber) * count
    let known = day.prices.prices.values.map(\.perMegawattHour)
    guard first >= 0, first + count <= prices.count,
      zip(known, prices[first...]).allSatisfy({ abs($0 - $1) < 0.02 })
    else {
      throw DeskProblem(
        .badData,
        "The prices of \(day.day) are not those of the demonstration province with seed \(seed); make the workspace anew with `spotdesk init --demo`."
      )
    }
    let groups = MarketGroups(
      try MarketGroups.read(folder.appending(path: "groups.csv")), capacities: province.fleetCapacities)
    return ReclearedProvince(province: province, owners: groups.owners)
  }
}
