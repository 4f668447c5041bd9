internal import MarketModel
internal import PowerSystem
internal import UnitCommitment

extension MarketReport.Outcome {
  /// The figures of a dispatch and its prices.
  init(_ problem: CommitmentProblem, _ dispatch: Commitment, _ prices: LocationalPrices) {
    let hours = problem.hoursPerInterval
    func energy(_ rows: [[Double]]) -> Double { hours * rows.reduce(0) { $0 + $1.reduce(0, +) } }
    let congested = (0..<problem.intervalCount).count { interval in
      prices.congestion.contains { abs($0[interval]) > 1e-4 }
    }
    self.init(
      cost: audit(dispatch, of: problem).cost, lmp: PriceRange(prices.total.flatMap { $0 }),
      curtailedMWh: hours * problem.curtailed(dispatch).reduce(0, +), shortageMWh: energy(dispatch.shortage),
      surplusMWh: energy(dispatch.surplus), reserveShortfallMWh: energy(dispatch.reserveShortfall),
      starts: problem.starts(dispatch), congestionRent: problem.congestionRent(dispatch, prices),
      congestedIntervals: congested)
  }
}

extension CommitmentProblem {
  /// Output of profiled units that was available and not taken, by interval, MW.
  func curtailed(_ dispatch: Commitment) -> [Double] {
    (0..<intervalCount).map { interval in
      zip(profiledUnits, dispatch.profiledOutput).reduce(0) { sum, unit in
        sum + max(0, unit.0.maximumOutput[interval] - unit.1[interval])
      }
    }
  }

  /// Number of starts over all units.
  func starts(_ dispatch: Commitment) -> Int {
    units.indices.reduce(0) { sum, unit in
      let before = [units[unit].initialState.isOn] + dispatch.isOn[unit]
      return sum + zip(before, dispatch.isOn[unit]).count { !$0 && $1 }
    }
  }

  /// What leaves the network at each bus less what enters it, MW by bus, then interval; lines of either kind are the
  /// network.
  func withdrawal(_ dispatch: Commitment) -> [[Double]] {
    var net = buses.map(\.demand)
    func add(_ rows: [[Double]], at places: [Int], _ sign: Double) {
      for (bus, row) in zip(places, rows) {
        for interval in row.indices { net[bus][interval] += sign * row[interval] }
      }
    }
    add(dispatch.output, at: units.map(\.bus), -1)
    add(dispatch.profiledOutput, at: profiledUnits.map(\.bus), -1)
    add(dispatch.charge, at: storages.map(\.bus), 1)
    add(dispatch.discharge, at: storages.map(\.bus), -1)
    add(dispatch.priceSensitiveDemand, at: priceSensitiveDemands.map(\.bus), 1)
    add(dispatch.shortage, at: Array(buses.indices), -1)
    add(dispatch.surplus, at: Array(buses.indices), 1)
    return net
  }

  /// Σ price · withdrawal: what consumers pay more than producers get.
  func congestionRent(_ dispatch: Commitment, _ prices: LocationalPrices) -> Double {
    hoursPerInterval
      * zip(withdrawal(dispatch), prices.total).reduce(0) { sum, bus in
        sum + zip(bus.0, bus.1).reduce(0) { $0 + $1.0 * $1.1 }
      }
  }
}
