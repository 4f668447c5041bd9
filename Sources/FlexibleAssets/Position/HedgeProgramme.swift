internal import Optimization

/// A contract for difference that can be bought or sold: a power profile at a price against the day-ahead price.
public struct HedgeProduct: Hashable, Sendable {
  public let name: String
  /// Intervals in which it delivers.
  public let intervals: [Int]
  public let pricePerMWh: Double
  /// Half of the gap between buying and selling price.
  public let costPerMWh: Double
  /// MW that can be traded either way.
  public let largestMegawatts: Double

  public init(
    name: String, intervals: [Int], pricePerMWh: Double, costPerMWh: Double, largestMegawatts: Double
  ) {
    self.name = name
    self.intervals = intervals
    self.pricePerMWh = pricePerMWh
    self.costPerMWh = costPerMWh
    self.largestMegawatts = largestMegawatts
  }

  /// What a sold MW brings on every path, cost apart.
  public func payoffs(prices: [[Double]], hours: Double) -> [Double] {
    prices.map { path in intervals.reduce(0) { $0 + (pricePerMWh - path[$1]) * hours } }
  }

  public func cost(megawatts: Double, hours: Double) -> Double {
    abs(megawatts) * costPerMWh * hours * Double(intervals.count)
  }
}

/// How much of each product to sell (above zero) or buy.
public struct Hedge: Hashable, Sendable {
  public let megawatts: [Double]

  public init(megawatts: [Double]) { self.megawatts = megawatts }

  /// Profits of a position with the hedge, costs paid.
  public func profits(
    _ unhedged: [Double], products: [HedgeProduct], prices: [[Double]], hours: Double
  ) -> [Double] {
    var profits = unhedged
    for (product, power) in zip(products, megawatts) where power != 0 {
      let cost = product.cost(megawatts: power, hours: hours)
      for (path, payoff) in product.payoffs(prices: prices, hours: hours).enumerated() {
        profits[path] += power * payoff - cost
      }
    }
    return profits
  }

  /// The hedge that maximises (1 − w)·mean + w·CVaR of the profit after costs, a linear programme over the paths
  /// (Rockafellar and Uryasev, Journal of Risk 2, 2000).
  ///
  /// - Parameters:
  ///   - prices: day-ahead, by path and interval.
  ///   - riskWeight: w, 0 to 1.
  /// - Throws: ``AssetProblem`` if the programme has no solution.
  public static func best(
    of profits: [Double], products: [HedgeProduct], prices: [[Double]], hours: Double, riskWeight: Double,
    tail: Double = 0.05
  ) throws(AssetProblem) -> Hedge {
    guard !products.isEmpty, !profits.isEmpty else { return Hedge(megawatts: products.map { _ in 0 }) }
    let positions = products.map { product in
      TradedPosition(
        name: product.name, payoffs: product.payoffs(prices: prices, hours: hours),
        cost: product.cost(megawatts: 1, hours: hours), largest: product.largestMegawatts)
    }
    return Hedge(megawatts: try TradedPosition.best(positions, with: profits, riskWeight: riskWeight, tail: tail))
  }
}

/// Something of which more or less can be sold: what a unit of it brings on every path.
struct TradedPosition {
  let name: String
  /// Of one unit sold, by path, cost apart.
  let payoffs: [Double]
  /// Of trading one unit either way.
  let cost: Double
  /// Units that can be traded either way.
  let largest: Double

  /// Units of each that are sold (above zero) so that (1 − w)·mean + w·CVaR is largest, a linear programme over the paths.
  ///
  /// - Throws: ``AssetProblem`` if the programme has no solution.
  static func best(
    _ positions: [TradedPosition], with profits: [Double], riskWeight: Double, tail: Double = 0.05
  ) throws(AssetProblem) -> [Double] {
    // Money in units of its own size keeps the programme well scaled.
    let unit = max(profits.map(abs).max() ?? 1, 1) / 1_000
    let count = Double(profits.count)
    var program = LinearProgram(goal: .maximise)
    var (sold, bought): ([Variable], [Variable]) = ([], [])
    for position in positions {
      let mean = (1 - riskWeight) * position.payoffs.reduce(0, +) / count / unit
      let cost = (1 - riskWeight) * position.cost / unit
      let range = 0...position.largest
      sold.append(program.addVariable(name: "sell \(position.name)", in: range, objective: mean - cost))
      bought.append(program.addVariable(name: "buy \(position.name)", in: range, objective: -mean - cost))
    }
    let level = program.addVariable(
      name: "value at risk", in: -Double.infinity...Double.infinity, objective: riskWeight)
    for (path, profit) in profits.enumerated() {
      let shortfall = program.addVariable(name: "shortfall \(path)", objective: -riskWeight / (tail * count))
      var row = LinearExpression(constant: profit / unit)
      for (index, position) in positions.enumerated() {
        row.add((position.payoffs[path] - position.cost) / unit, sold[index])
        row.add((-position.payoffs[path] - position.cost) / unit, bought[index])
      }
      row.add(1, shortfall)
      row.add(-1, level)
      program.constrain(row, atLeast: 0, name: "path \(path)")
    }
    do {
      let solution = try solve(program)
      return positions.indices.map { solution[sold[$0]] - solution[bought[$0]] }
    } catch {
      throw AssetProblem("No hedge was found: \(error).")
    }
  }
}
