internal import Bidding
internal import FlexibleAssets
internal import MarketModel

/// Turns the company's parts into money and exposure on the joint paths of a day.
struct PositionBuilder {
  let paths: PositionPaths
  let riskWeight: Double
  /// How far sold quantities may lie from the expected ones, as a share: a deviation beyond it is speculation, not an offer.
  static let largestDeviation = 0.2

  private var width: Int { paths.grid.count }
  private var hours: Double { paths.hours }
  private var zeros: [Double] { [Double](repeating: 0, count: paths.count * width) }

  /// Bids of the day on every path.
  func thermal(_ bids: [UnitBid], unitDays: [UnitDay], threads: Int) throws -> PositionPart {
    let fleet = try inDeskTerms {
      try fleetPaths(of: bids, unitDays: unitDays, paths: paths.prices, threads: threads)
    }
    return PositionPart(
      name: "thermal", profits: fleet.profits, dayAhead: fleet.energies, realTime: zeros, intervals: width)
  }

  /// Differences that the contracts pay: a sold contract loses where the price rises.
  func contracts(_ contracts: [ContractForDifference]) -> PositionPart {
    var profits = [Double](repeating: 0, count: paths.count)
    var (dayAhead, realTime) = ([Double](repeating: 0, count: width), [Double](repeating: 0, count: width))
    for contract in contracts {
      for (place, interval) in paths.grid.intervals.enumerated() {
        let energy = contract.power(in: interval).megawatts * hours
        guard energy != 0 else { continue }
        let isAhead = contract.reference == .dayAhead
        if isAhead { dayAhead[place] -= energy } else { realTime[place] -= energy }
        for path in profits.indices {
          let reference = isAhead ? paths.prices[path][place] : paths.realTime[path][place]
          profits[path] += energy * (contract.price.perMegawattHour - reference)
        }
      }
    }
    return PositionPart(
      name: "contracts", profits: profits, dayAhead: repeated(dayAhead), realTime: repeated(realTime), intervals: width)
  }

  /// A power profile that is the same on every path, with a cost.
  func scheduled(_ name: String, powers: [Double], cost: Double) -> PositionPart {
    let energies = powers.map { $0 * hours }
    let profits = paths.prices.map { path in zip(energies, path).reduce(-cost) { $0 + $1.0 * $1.1 } }
    return PositionPart(name: name, profits: profits, dayAhead: repeated(energies), realTime: zeros, intervals: width)
  }

  /// A storage's self-schedule for the expected prices; what it ends with counts at the mean expected price.
  func storage(
    _ storage: AssetFolder.Storage
  ) throws(AssetProblem) -> (part: PositionPart, powers: [Double], cost: Double) {
    let unit = storage.unit
    let worth = endValue(storage)
    let battery = try MemberBattery(unit: unit, stateOfCharge: storage.stateOfCharge, endValuePerMWh: worth)
    let powers = battery.schedule(prices: paths.expected, hours: hours)
    let (drawn, delivered) = powers.reduce((0.0, 0.0)) { ($0.0 + max(-$1, 0) * hours, $0.1 + max($1, 0) * hours) }
    let stored = drawn * unit.chargeEfficiency - delivered / unit.dischargeEfficiency
    let cost = delivered * unit.wearCostPerMWh - stored * worth
    return (scheduled("storage \(unit.name)", powers: powers, cost: cost), powers, cost)
  }

  /// Prices of reserve at which offers are drawn, per MW and hour.
  static let reservePrices = [2.0, 5, 10, 20, 50]

  /// What a storage would hold as reserve that may be called for an hour.
  func reserve(_ storage: AssetFolder.Storage) throws(AssetProblem) -> [ReserveOfferPoint] {
    let battery = try MemberBattery(
      unit: storage.unit, stateOfCharge: storage.stateOfCharge, endValuePerMWh: endValue(storage))
    return try battery.reserveOffer(
      prices: paths.expected, reservePrices: Self.reservePrices, hours: hours, callHours: 1)
  }

  /// Of a stored MWh when the day ends.
  func endValue(_ storage: AssetFolder.Storage) -> Double {
    storage.unit.dischargeEfficiency * paths.expected.reduce(0, +) / Double(width)
  }

  /// A wind or solar station: a quantity sold ahead, the rest at the real-time price, the mechanism and certificates on top.
  ///
  /// - Parameter decided: what was sold ahead; nil to decide it on these paths.
  func station(_ station: AssetFolder.Station, market: [[Double]], decided: [Double]? = nil) -> (
    part: PositionPart, sold: [Double], note: String?
  ) {
    var above = 0
    let available = market.map { path in
      path.map { value -> Double in
        let own = value * station.shareOfMarket
        if own > station.site.ratedMegawatts { above += 1 }
        return min(max(own, 0), station.site.ratedMegawatts)
      }
    }
    let reference = paths.expected.reduce(0, +) / Double(width)
    let outputs = zip(available, paths.realTime).map { path, prices in
      zip(path, prices).map { station.site.output(available: $0, price: $1, reference: reference) }
    }
    let sold = decided ?? quantities(of: outputs, largest: station.site.ratedMegawatts)
    let perMWh =
      station.site.mechanismShare * (station.site.mechanismPricePerMWh - reference)
      + (1 - station.site.mechanismShare) * station.site.certificatePricePerMWh
    let note =
      above == 0
      ? nil
      : "station \(station.site.name): \(above) of \(paths.count * width) forecasts lie above its rated power and count as it"
    let part = traded(
      "station \(station.site.name)", amounts: outputs, sold: sold
    ) { energy, _ in energy * perMWh }
    return (part, sold, note)
  }

  /// Loads of customer groups, and what they pay for a MWh.
  struct RetailLoad {
    /// By path and interval, MW.
    let megawatts: [[Double]]
    let tariffPerMWh: Double
    /// Load of the market at which the groups take their mean.
    let marketMean: Double
  }

  /// The load forecast by customer group: each follows the market's load by its own sensitivity.
  ///
  /// - Parameter marketMean: load of the market at which the groups take their mean; nil for the paths' mean.
  func retailLoad(_ groups: [AssetFolder.CustomerGroup], marketMean: Double? = nil) -> RetailLoad? {
    guard let load = paths.load, !groups.isEmpty else { return nil }
    let mean = marketMean ?? load.reduce(0) { $0 + $1.reduce(0, +) } / Double(paths.count * width)
    let loads = load.map { path in
      path.map { value in
        groups.reduce(0) { $0 + $1.meanMegawatts * max(0, 1 + $1.sensitivity * (value / mean - 1)) }
      }
    }
    let base = groups.reduce(0) { $0 + $1.meanMegawatts }
    let tariff = base > 0 ? groups.reduce(0) { $0 + $1.meanMegawatts * $1.tariffPerMWh } / base : 0
    return RetailLoad(megawatts: loads, tariffPerMWh: tariff, marketMean: mean)
  }

  /// Customers' loads: bought ahead, the rest in real time, sold at the tariff.
  ///
  /// - Parameter decided: what was bought ahead, MW below zero; nil to decide it on these paths.
  func retail(_ load: RetailLoad, decided: [Double]? = nil) -> (part: PositionPart, bought: [Double]) {
    let amounts = load.megawatts.map { $0.map { -$0 } }
    let bought = decided ?? quantities(of: amounts, largest: .infinity)
    let part = traded("retail", amounts: amounts, sold: bought) { energy, _ in -energy * load.tariffPerMWh }
    return (part, bought)
  }

  /// Quantities ahead, each interval by itself: as much as risk allows towards the better price, near what is expected.
  private func quantities(of amounts: [[Double]], largest: Double) -> [Double] {
    (0..<width).map { place in
      let outputs = amounts.map { $0[place] }
      let mean = outputs.reduce(0, +) / Double(outputs.count)
      let limits = [1 - Self.largestDeviation, 1 + Self.largestDeviation].map { min($0 * mean, largest) }.sorted()
      guard limits[1] > limits[0] else { return mean }
      return NewsvendorQuantity.quantity(
        ahead: paths.prices.map { $0[place] }, realTime: paths.realTime.map { $0[place] }, outputs: outputs,
        within: limits[0]...limits[1], riskWeight: riskWeight)
    }
  }

  private func traded(
    _ name: String, amounts: [[Double]], sold: [Double], extra: (_ energy: Double, _ interval: Int) -> Double
  ) -> PositionPart {
    var realTime = zeros
    let profits = paths.prices.indices.map { path -> Double in
      var profit = 0.0
      for place in 0..<width {
        let energy = amounts[path][place] * hours
        let rest = energy - sold[place] * hours
        realTime[path * width + place] = rest
        profit +=
          sold[place] * hours * paths.prices[path][place] + rest * paths.realTime[path][place] + extra(energy, place)
      }
      return profit
    }
    return PositionPart(
      name: name, profits: profits, dayAhead: repeated(sold.map { $0 * hours }), realTime: realTime, intervals: width)
  }

  private func repeated(_ values: [Double]) -> [Double] { (0..<paths.count).flatMap { _ in values } }
}
