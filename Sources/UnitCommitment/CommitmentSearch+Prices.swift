internal import Optimization
internal import PowerSystem

extension CommitmentSearch {
  /// The most units that a neighbourhood of prices leaves free.
  private static let freeUnits = 120
  /// What keeps a unit's programme at given statuses; far above any cost of an interval.
  private static let force = 1e9

  /// Units that would rather run otherwise at the prices of the best commitment are searched together, those first that
  /// would gain most; again at the new prices, until a round brings nothing. Where ramps make the best commitment dear, its
  /// prices call the units that the Lagrangian relaxation, which leaves ramps out, had left off.
  mutating func improveByPrices() {
    let relaxation = LagrangianRelaxation(model.problem, threads: settings.threads)
    var hasImproved = true
    while hasImproved, !isOver, let before = best, let prices = prices(at: before.statuses) {
      let gains = relaxation.programmes.indices.map { unit in
        gain(relaxation.programmes[unit], at: before.statuses[unit], prices)
      }
      let chosen = gains.indices.filter { gains[$0] > 1e-6 * abs(before.objective) * settings.gap }
        .sorted { gains[$0] > gains[$1] }.prefix(Self.freeUnits)
      guard !chosen.isEmpty else { return }
      let isFree = Set(chosen)
      let free = before.statuses.indices.map { unit in
        [Bool](repeating: isFree.contains(unit), count: model.problem.intervalCount)
      }
      search(free: free, around: before.statuses, seconds: max(10, remaining / 4), gap: settings.gap / 2)
      hasImproved = (best?.objective ?? .infinity) < before.objective - 0.1 * abs(before.objective) * settings.gap
    }
  }

  private struct Prices {
    var energy: [Double]
    var reserve: [Double]
  }

  /// Prices of balance and reserve, for each MW in an interval, with the statuses as given; nil if the time does not suffice.
  private func prices(at statuses: [[Double]]) -> Prices? {
    do {
      let solver = try ProgramSolver(model.program.relaxed())
      try solver.setBounds(
        zip(model.units, statuses).flatMap { variables, values in
          zip(variables.isOn, values).map { (variable: $0, bounds: $1...$1) }
        })
      let solution = try solver.solve(SolverSettings(timeLimit: max(0.1, remaining)), explainsConflicts: false)
      guard case .optimal = solution.status, let balance = model.balance.first else { return nil }
      let energy = balance.map { solution.dual(of: $0) ?? 0 }
      let reserve = energy.indices.map { interval in
        model.reserveRows.reduce(0) { $0 + (solution.dual(of: $1[interval]) ?? 0) }
      }
      return Prices(energy: energy, reserve: reserve)
    } catch {
      return nil
    }
  }

  /// What a unit would save with its own best schedule at the prices.
  private func gain(_ programme: UnitProgramme, at statuses: [Double], _ prices: Prices) -> Double {
    let values = statuses.indices.map {
      programme.valueOn($0, price: prices.energy[$0], reservePrice: prices.reserve[$0])
    }
    let forced = zip(values, statuses).map { $1 > 0.5 ? $0 - Self.force : $0 + Self.force }
    let current = programme.best(values: forced).value + Self.force * Double(statuses.count { $0 > 0.5 })
    return current - programme.best(values: values).value
  }
}
