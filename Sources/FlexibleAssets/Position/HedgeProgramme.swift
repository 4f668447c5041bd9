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
    // Money in units of its own size keeps the programme well scaled.
    let unit = max(profits.map(abs).max() ?? 1, 1) / 1_000
    let count = Double(profits.count)
    var program = LinearProgram(goal: .maximise)
    let payoffs = products.map { $0.payoffs(prices: prices, hours: hours) }
    var sold: [Variable] = []
    var bought: [Variable] = []
    for (product, payoff) in zip(products, payoffs) {
      let mean = (1 - riskWeight) * payoff.reduce(0, +) / count / unit
      let cost = (1 - riskWeight) * product.cost(megawatts: 1, hours: hours) / unit
      let range = 0...product.largestMegawatts
      sold.append(program.addVariable(name: "sell \(product.name)", in: range, objective: mean - cost))
      bought.append(program.addVariable(name: "buy \(product.name)", in: range, objective: -mean - cost))
    }
    let level = program.addVariable(
      name: "value at risk", in: -Double.infinity...Double.infinity, objective: riskWeight)
    for (path, profit) in profits.enumerated() {
      let shortfall = program.addVariable(
        name: "shortfall \(path)", objective: -riskWeight / (tail * count))
      var row = LinearExpression(constant: profit / unit)
      for index in products.indices {
        let cost = products[index].cost(megawatts: 1, hours: hours)
        row.add((payoffs[index][path] - cost) / unit, sold[index])
        row.add((-payoffs[index][path] - cost) / unit, bought[index])
      }
      row.add(1, shortfall)
      row.add(-1, level)
      program.constrain(row, atLeast: 0, name: "path \(path)")
    }
    do {
      let solution = try solve(program)
      return Hedge(megawatts: products.indices.map { solution[sold[$0]] - solution[bought[$0]] })
    } catch {
      throw AssetProblem("No hedge was found: \(error).")
    }
  }
}
