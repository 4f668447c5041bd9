internal import Bidding
internal import Forecasting
internal import Foundation
internal import MarketGames
internal import MarketModel
internal import MarketRules
internal import MarketStore

/// Owners of a market and what its rules take for market power, for strategies that move the price.
struct MarketOwners: Sendable {
  /// Shares of all others' capacity that belong to one strategic owner each.
  let strategicShares: [Double]
  /// Share of the capacity that is the company's; nil if no group is its own.
  let ownShare: Double?
  let limits: MarketPowerLimits

  init(groups: [MarketGroups.Group], limits: MarketPowerLimits) {
    ownShare = groups.first { $0.role == .own }?.share
    let own = ownShare ?? 0
    strategicShares = groups.filter { $0.role == .strategic }.map { $0.share / (1 - own) }
    self.limits = limits
  }
}

extension TradingDesk {
  /// Reads `groups.csv` and `market-power.csv` of the workspace; a simulated one has those of the demonstration.
  ///
  /// - Throws: `DeskProblem` if nobody said who owns the rest of the market.
  func marketOwners(_ store: MarketStore) throws -> MarketOwners {
    let own = workspace.directory
    let demonstration = dataDirectory.appending(path: "demonstration")
    let hasOwn = FileManager.default.fileExists(atPath: own.appending(path: "groups.csv").path)
    guard try hasOwn || isSimulated(store) else {
      throw DeskProblem(
        .missingInput,
        "\(own.path)/groups.csv does not exist; equilibrium and learned need to know who owns the market (columns group, role, capacity_share, as in data/demonstration)."
      )
    }
    let folder = hasOwn ? own : demonstration
    let limits = folder.appending(path: "market-power.csv")
    guard FileManager.default.fileExists(atPath: limits.path) else {
      throw DeskProblem(
        .missingInput,
        "\(limits.path) does not exist; equilibrium and learned keep within the market's limits of power, which stand there (columns as in data/demonstration)."
      )
    }
    return MarketOwners(
      groups: try MarketGroups.read(folder.appending(path: "groups.csv")), limits: try MarketGroups.limits(limits))
  }
}

extension RestOfMarket {
  static let historyDays = 60
  static let priceCount = 61

  /// Everybody's offers as the prices of the days before show them, and the day's published bidding space, as of the gate.
  ///
  /// - Throws: `DeskProblem` if no bidding space is published, or the pack knows no bounds of bids.
  static func read(
    _ day: MarketDay, pack: RulePack, owners: MarketOwners, store: MarketStore
  ) throws -> RestOfMarket {
    let gate = try ForecastGate(day: day, pack: pack)
    let history = try MarketHistory(
      store: store, grid: gate.ordinary, asOf: gate.asOf, longestDays: historyDays)
    guard let space = history.inputs.first(where: { $0.name == MarketHistory.biddingSpace }) else {
      throw DeskProblem(
        .missingInput,
        "No bidding space of \(day) was published before the gate; equilibrium and learned need forecasts of load and of what serves it before thermal units."
      )
    }
    guard let floor = pack.bids.floor.value?.perMegawattHour, let cap = pack.bids.cap.value?.perMegawattHour else {
      throw DeskProblem(
        .badData, "Rule pack \(pack.market) \(pack.version) does not know the bounds of bids. Complete the pack.")
    }
    var (spaces, prices, ages): ([Double], [Double], [Double]) = ([], [], [])
    for (number, known) in zip(history.prices, space.history).enumerated() {
      guard let price = known.0, let space = known.1, price.count == space.count else { continue }
      spaces += space
      prices += price
      ages += [Double](repeating: Double(history.days.count - number), count: price.count)
    }
    let estimate = try inDeskTerms { try SupplyStackEstimate(biddingSpace: spaces, price: prices, age: ages) }
    let grid = OfferGrid.prices(floor: floor, cap: cap, count: priceCount)
    return RestOfMarket(
      prices: grid,
      supplies: estimate.levels.indices.map { level in grid.map { estimate.supply(upTo: $0, level: level) } },
      weights: estimate.levelWeights, demand: space.day, strategicShares: owners.strategicShares, limits: owners.limits,
      ownShare: owners.ownShare)
  }
}

extension SupplyStackEstimate {
  /// Weight of each level: the share of the distribution that lies nearest to it.
  var levelWeights: [Double] {
    levels.indices.map { level in
      let low = level == 0 ? 0 : (levels[level - 1] + levels[level]) / 2
      let high = level == levels.count - 1 ? 1 : (levels[level] + levels[level + 1]) / 2
      return high - low
    }
  }
}
