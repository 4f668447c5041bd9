internal import NumericMethods
internal import PowerSystem

/// Prices for which the sum of the units' own best schedules costs nearly as much as the best commitment: the balance and
/// the reserve are priced instead of demanded (Muckstadt and Koenig, "An application of Lagrangian relaxation to
/// scheduling in power-generation systems", 1977). The prices rise by the volume algorithm (Barahona and Anbil, "The
/// volume algorithm: producing primal solutions with a subgradient method", 2000), whose averages of the schedules come
/// near the solution of the convexified problem.
struct LagrangianRelaxation: Sendable {
  /// Price of energy and of reserve by interval, for each MW in an interval.
  struct Prices: Sendable, Equatable {
    var energy: [Double]
    var reserve: [Double]
  }

  /// What the units do at some prices.
  struct Response: Sendable {
    var isOn: [[Bool]]
    /// Value of the dual function: no commitment costs less.
    var bound: Double
    /// Demand not met and reserve not held, by interval, MW; negative where there is more.
    var missingEnergy: [Double]
    var missingReserve: [Double]
  }

  let problem: CommitmentProblem
  let programmes: [UnitProgramme]
  /// Spinning reserve to be held in all, by interval, MW.
  let reserve: [Double]
  let demand: [Double]
  let threads: Int

  init(_ problem: CommitmentProblem, threads: Int) {
    self.problem = problem
    self.threads = threads
    let servesReserve = problem.units.indices.map { unit in
      problem.reserves.contains { $0.providers?.contains(unit) ?? true }
    }
    programmes = problem.units.indices.map {
      UnitProgramme(problem.units[$0], in: problem, servesReserve: servesReserve[$0])
    }
    var reserve = [Double](repeating: 0, count: problem.intervalCount)
    for requirement in problem.reserves {
      for interval in reserve.indices { reserve[interval] += requirement.requirement[interval] }
    }
    self.reserve = reserve
    demand = problem.demand
  }

  /// The units' best schedules at prices, with the value of the dual function.
  func response(to prices: Prices) -> Response {
    let problem = problem
    let units = concurrentMap(count: programmes.count, threads: threads) { index -> (UnitProgramme.Answer, [Double]) in
      let values = (0..<problem.intervalCount).map {
        programmes[index].valueOn($0, price: prices.energy[$0], reservePrice: prices.reserve[$0])
      }
      return (programmes[index].best(values: values), values)
    }
    var bound = 0.0
    var missing = demand
    var missingReserve = reserve
    for interval in demand.indices {
      bound += prices.energy[interval] * demand[interval] + prices.reserve[interval] * reserve[interval]
    }
    for (index, (answer, _)) in units.enumerated() {
      bound += answer.value
      for interval in demand.indices where answer.isOn[interval] {
        let (output, held) = programmes[index].dispatch(
          interval, price: prices.energy[interval], reservePrice: prices.reserve[interval])
        missing[interval] -= output
        missingReserve[interval] -= held
      }
    }
    for unit in problem.profiledUnits {
      for interval in demand.indices {
        let cost = unit.cost_perMWh.isEmpty ? 0 : problem.hoursPerInterval * unit.cost_perMWh[interval]
        let margin = cost - prices.energy[interval]
        let output = margin < 0 ? unit.maximumOutput[interval] : unit.minimumOutput[interval]
        bound += margin * output
        missing[interval] -= output
      }
    }
    for served in problem.priceSensitiveDemands {
      for interval in demand.indices {
        let margin = prices.energy[interval] - problem.hoursPerInterval * served.value_perMWh[interval]
        guard margin < 0 else { continue }
        bound += margin * served.maximumDemand[interval]
        missing[interval] += served.maximumDemand[interval]
      }
    }
    return Response(
      isOn: units.map(\.0.isOn), bound: bound, missingEnergy: missing, missingReserve: missingReserve)
  }

  /// Prices at which the cheapest units by full-load cost cover demand and reserve.
  func startingPrices() -> Prices {
    let hours = problem.hoursPerInterval
    let order = problem.units.map { unit -> (price: Double, capacity: Double) in
      let top = unit.maximumOutput
      return (top > 0 ? unit.costPerHour(atOutput: top) / top : 0, top)
    }.sorted { ($0.price, $0.capacity) < ($1.price, $1.capacity) }
    let energy = demand.indices.map { interval -> Double in
      var open = demand[interval] + reserve[interval]
      for unit in problem.profiledUnits { open -= unit.maximumOutput[interval] }
      guard open > 0 else { return 0 }
      for unit in order {
        open -= unit.capacity
        if open <= 0 { return hours * unit.price }
      }
      return hours * (order.last?.price ?? 0)
    }
    return Prices(energy: energy, reserve: [Double](repeating: 0, count: demand.count))
  }
}

extension UnitProgramme {
  /// Output and reserve of an interval on line at the best output for the prices, MW.
  func dispatch(_ interval: Int, price: Double, reservePrice: Double) -> (output: Double, reserve: Double) {
    var found = (output: 0.0, reserve: 0.0)
    _ = value(interval, price: price, reservePrice: reservePrice) { found = ($0, $1) }
    return found
  }
}
