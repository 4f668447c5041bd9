internal import Optimization
public import PowerSystem

/// Prices of a commitment: for each MWh at each bus, and of the reserves.
public struct CommitmentPrices: Sendable, Equatable {
  /// By bus, then interval, for each MWh: what one more MWh of demand there costs.
  public var energy: [[Double]]
  /// The part of ``energy`` that is the same in the whole island.
  public var energyPart: [[Double]]
  /// The part of ``energy`` that comes from limits of flows.
  public var congestionPart: [[Double]]
  /// By reserve, then interval, for each MW held for an hour.
  public var reserve: [[Double]]
  /// By branch, then interval, for each MWh of flow: positive at the upper limit, over its own limit and those after
  /// outages.
  public var branch: [[Double]]
  /// Flow of each branch, MW.
  public var flow: [[Double]]
  /// Limits of flows that came into the programme, by name.
  public var limits: [String]
  /// Outages that split the network, after which flows are not monitored.
  public var unmonitoredContingencies: [String]
  /// Cost of the dispatch that the prices belong to.
  public var objective: Double
}

/// Locational marginal prices with the commitment held: the statuses are fixed, everything else is dispatched at least
/// cost, and the duals of the balances and flow limits are the prices (O'Neill and others, "Efficient market-clearing
/// prices in markets with nonconvexities", 2005, section 2).
///
/// - Parameter isOn: status by unit, then interval
/// - Returns: the dispatch and its prices
/// - Throws: ``SolveError`` if the statuses cannot carry the demand
public func marginalPrices(
  of problem: CommitmentProblem, isOn: [[Bool]], timeLimit: Double = .infinity
) throws -> (commitment: Commitment, prices: CommitmentPrices) {
  var fixed = problem
  for unit in fixed.units.indices { fixed.units[unit].fixedStatus = isOn[unit] }
  return try pricedRelaxation(of: fixed, timeLimit: timeLimit)
}

/// How start-up and no-load costs enter an extended price.
public struct ExtendedPriceSettings: Sendable, Equatable {
  /// Whether units that were not committed may set the price.
  public var includesOfflineUnits: Bool
  /// Whether the first start's cost is spread over the maximum output.
  public var includesStartCosts: Bool

  public init(includesOfflineUnits: Bool = true, includesStartCosts: Bool = true) {
    self.includesOfflineUnits = includesOfflineUnits
    self.includesStartCosts = includesStartCosts
  }
}

/// Approximate extended locational marginal prices: minimum outputs are lowered to zero, no-load and start-up costs are
/// spread over the output, and the relaxation of what remains is priced (MISO, "Extended LMP", business practice manual
/// 002, phase I; Wang, Luh, Gribik, Peng, Zhang, "Commitment cost allocation of fast-start units for approximate extended
/// locational marginal prices", 2016).
///
/// - Parameter isOn: the commitment that was made, by unit, then interval
public func extendedPrices(
  of problem: CommitmentProblem, isOn: [[Bool]], settings: ExtendedPriceSettings = ExtendedPriceSettings(),
  timeLimit: Double = .infinity
) throws -> CommitmentPrices {
  var relaxed = problem
  for index in relaxed.units.indices {
    if !settings.includesOfflineUnits, !isOn[index].contains(true) {
      relaxed.units[index].fixedStatus = [Bool?](repeating: false, count: problem.intervalCount)
      continue
    }
    relaxed.units[index].spreadCommitmentCosts(startCosts: settings.includesStartCosts, hours: problem.hoursPerInterval)
  }
  return try pricedRelaxation(of: relaxed, timeLimit: timeLimit).prices
}

extension CommittableUnit {
  /// Minimum output 0, at its average cost; start costs for each MW of the maximum output.
  fileprivate mutating func spreadCommitmentCosts(startCosts: Bool, hours: Double) {
    let first = startCategories.first?.cost ?? 0
    if let corner = costCurve.first, corner.output > 0 {
      costCurve.insert(CostPoint(output: 0, costPerHour: 0), at: 0)
    }
    if startCosts, maximumOutput > 0 {
      for index in costCurve.indices {
        costCurve[index].costPerHour += first / hours / maximumOutput * costCurve[index].output
      }
    }
    startCategories = [StartCategory(afterIntervals: 0, cost: startCosts ? 0 : first)]
  }
}

/// Solves the relaxation with all violated limits of flows and reads the duals.
private func pricedRelaxation(
  of problem: CommitmentProblem, timeLimit: Double
) throws -> (commitment: Commitment, prices: CommitmentPrices) {
  var model = try CommitmentModel(problem)
  var solution: Solution
  repeat {
    solution = try ProgramSolver(model.program.relaxed()).solve(SolverSettings(timeLimit: timeLimit))
  } while model.addViolatedLimits(of: solution)
  return (model.commitment(from: solution), model.prices(in: solution))
}

extension CommitmentModel {
  /// Duals as prices for each MWh.
  func prices(in solution: Solution) -> CommitmentPrices {
    let hours = problem.hoursPerInterval
    func dual(_ row: LinearProgram.Constraint) -> Double { (solution.dual(of: row) ?? .nan) / hours }
    let energy = network.island.map { island in balance[island].map { dual($0) } }
    var congestion = energy.map { $0.map { _ in 0.0 } }
    var branch = problem.branches.map { _ in [Double](repeating: 0, count: problem.intervalCount) }
    for (limit, rows) in flowRows {
      let price = rows.reduce(0) { $0 + dual($1) }
      guard price != 0 else { continue }
      let coefficients = network.coefficients(of: limit, in: problem)
      for bus in coefficients.indices { congestion[bus][limit.interval] += coefficients[bus] * price }
      for (index, share) in network.shares(of: limit, in: problem) { branch[index][limit.interval] -= share * price }
    }
    for (interface, rows) in zip(problem.interfaces, interfaceRows) {
      for (interval, row) in rows.enumerated() where dual(row) != 0 {
        for (index, factor) in interface.branches {
          let limit = FlowLimit(branch: index, contingency: nil, interval: interval)
          let coefficients = network.coefficients(of: limit, in: problem)
          for bus in coefficients.indices { congestion[bus][interval] += factor * coefficients[bus] * dual(row) }
          branch[index][interval] -= factor * dual(row)
        }
      }
    }
    let injection = injections(in: solution)
    let flows = (0..<problem.intervalCount).map { interval in
      network.flows(injection.map { $0[interval] }, of: problem)
    }
    // A MWh of demand lowers the injection.
    let total = zip(energy, congestion).map { zip($0, $1).map { $0 + $1 } }
    return CommitmentPrices(
      energy: total, energyPart: energy, congestionPart: congestion,
      reserve: reserveRows.map { $0.map { dual($0) } }, branch: branch,
      flow: problem.branches.indices.map { index in flows.map { $0[index] } },
      limits: flowRows.map { name(of: $0.limit) },
      unmonitoredContingencies: zip(problem.contingencies, network.outageShares).filter { $1 == nil }.map(\.0.name),
      objective: solution.objective)
  }
}
