public import MarketModel
internal import Optimization
internal import UnitScheduling

/// What bids bring and deliver on every price path of a day.
public struct FleetPaths: Hashable, Sendable {
  /// Money by path: revenue at the path's prices less fuel, no-load and start costs.
  public let profits: [Double]
  /// Net MWh at path·intervals + interval.
  public let energies: [Double]
}

/// Dispatches bids on price paths as a price taker, ramps included.
///
/// - Parameters:
///   - unitDays: limits of the units; bids of other units are passed over.
///   - paths: day-ahead prices per MWh, one value an interval.
/// - Throws: ``BiddingError`` naming the unit that cannot follow its commitment.
public func fleetPaths(
  of bids: [UnitBid], unitDays: [UnitDay], paths: [[Double]], threads: Int
) throws -> FleetPaths {
  let days = Dictionary(unitDays.map { ($0.unit.id, $0) }, uniquingKeysWith: { first, _ in first })
  let running = bids.filter { days[$0.unit] != nil && $0.commitment.values.contains(true) }
  let parts = try inThreads(running.count, threads: threads) { position -> (profits: [Double], energies: [Double]) in
    let bid = running[position]
    guard let day = days[bid.unit] else { return ([], []) }
    do {
      return try unitPaths(bid, day, paths)
    } catch {
      throw BiddingError(unit: bid.unit, problem: "\(error)")
    }
  }
  let width = paths.first?.count ?? 0
  var profits = [Double](repeating: 0, count: paths.count)
  var energies = [Double](repeating: 0, count: paths.count * width)
  for part in parts {
    for path in profits.indices { profits[path] += part.profits[path] }
    for index in energies.indices { energies[index] += part.energies[index] }
  }
  return FleetPaths(profits: profits, energies: energies)
}

private func unitPaths(
  _ bid: UnitBid, _ day: UnitDay, _ paths: [[Double]]
) throws(ScheduleError) -> (profits: [Double], energies: [Double]) {
  let problem = UnitProblem([day], levels: OutputLevels([day]))
  let commitment = bid.commitment.values
  let start = problem.startUpCost(of: commitment)
  let hours = problem.length.hours
  let schedules = try problem.dispatch(of: bid.curve, commitment: commitment, onPaths: paths)
  var (profits, energies) = ([Double](), [Double]())
  for (schedule, path) in zip(schedules, paths) {
    var profit = -start
    for (level, price) in zip(schedule.levelIndex, path) {
      let net = level < 0 ? 0 : problem.levels.netMegawatts[level] * hours
      energies.append(net)
      if level >= 0 { profit += net * price - problem.levels.costPerHour[level] * hours }
    }
    profits.append(profit)
  }
  return (profits, energies)
}
