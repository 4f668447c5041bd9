internal import PowerSystem

extension CommitmentProblem {
  /// The first 24 hours, with what a commitment of a longer horizon demands of their end: storages charge, stand or
  /// discharge as it does and reach its level, and a unit that stops at midnight has come down.
  func firstDay(of commitment: Commitment) -> CommitmentProblem {
    var day = part(0..<24)
    for index in storages.indices { day.storages[index].holdModes(of: commitment, at: index, hours: 24) }
    guard intervalCount > 24 else { return day }
    for index in units.indices where commitment.isOn[index][23] && !commitment.isOn[index][24] {
      let maximum = units[index].maximumOutput
      if day.units[index].availableOutput.isEmpty {
        day.units[index].availableOutput = [Double](repeating: maximum, count: 24)
      }
      day.units[index].availableOutput[23] = min(day.units[index].availableOutput[23], units[index].shutDownLimit)
    }
    return day
  }

  /// The same with storages at their cleared schedule, as units whose output is given.
  ///
  /// - Parameter output: discharge − charge by storage, then interval, MW
  func holdingStorages(_ output: [[Double]]) -> CommitmentProblem {
    var held = self
    for (storage, output) in zip(storages, output) {
      let cost = output.indices.map {
        output[$0] < 0 ? -storage.chargeCost_perMWh[$0] : storage.dischargeCost_perMWh[$0]
      }
      held.profiledUnits.append(
        ProfiledUnit(
          name: storage.name, bus: storage.bus, minimumOutput: output, maximumOutput: output, cost_perMWh: cost))
    }
    held.storages = []
    return held
  }

  /// States of the units after a commitment of all intervals.
  func states(after commitment: Commitment) -> [CommittableUnit.InitialState] {
    units.indices.map { unit in
      var (isOn, count) =
        switch units[unit].initialState {
        case .on(let intervals, _): (true, intervals)
        case .off(let intervals): (false, intervals)
        }
      for status in commitment.isOn[unit] {
        count = status == isOn ? count + 1 : 1
        isOn = status
      }
      let output = commitment.output[unit].last ?? 0
      return isOn
        ? .on(forIntervals: count, output: min(max(output, units[unit].minimumOutput), units[unit].maximumOutput))
        : .off(forIntervals: count)
    }
  }

  /// Levels of the storages after a commitment of all intervals, MWh.
  func levels(after commitment: Commitment) -> [Double] {
    storages.indices.map { index in
      let storage = storages[index]
      var level = storage.initialLevel
      for interval in 0..<intervalCount {
        level = storage.level(after: level, commitment, at: index, interval, hoursPerInterval)
      }
      return min(max(level, storage.minimumLevel.last ?? 0), storage.maximumLevel.last ?? level)
    }
  }
}

extension StorageUnit {
  fileprivate func level(
    after level: Double, _ commitment: Commitment, at index: Int, _ interval: Int, _ hours: Double
  ) -> Double {
    (1 - loss[interval]) * level + chargeEfficiency[interval] * hours * commitment.charge[index][interval]
      - hours / dischargeEfficiency[interval] * commitment.discharge[index][interval]
  }

  /// Takes away what the commitment does not do, and asks for its last level.
  fileprivate mutating func holdModes(of commitment: Commitment, at index: Int, hours: Int) {
    var level = initialLevel
    for hour in 0..<hours {
      level = self.level(after: level, commitment, at: index, hour, 1)
      if commitment.charge[index][hour] > 1e-6 {
        maximumDischarge[hour] = 0
        minimumDischarge[hour] = 0
      } else {
        maximumCharge[hour] = 0
        minimumCharge[hour] = 0
      }
      allowsBoth[hour] = minimumCharge[hour] == 0 && minimumDischarge[hour] == 0
    }
    let top = maximumLevel[hours - 1]
    finalLevel = min(max(minimumLevel[hours - 1], level - 1e-6), top)...top
  }
}
