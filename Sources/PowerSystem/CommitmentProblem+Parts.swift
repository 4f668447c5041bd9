extension CommitmentProblem {
  /// Some of the intervals as a problem of their own, with the same initial states; where the end is cut off, the
  /// demand on the last level of a storage falls away.
  ///
  /// - Parameter intervals: within 0..<``intervalCount``
  public func part(_ intervals: Range<Int>) -> CommitmentProblem {
    guard intervals != 0..<intervalCount else { return self }
    let isWholeEnd = intervals.upperBound == intervalCount
    return mappingSeries(intervalCount: intervals.count, keepsFinalLevel: isWholeEnd) {
      Array($0[intervals])
    } booleans: {
      Array($0[intervals])
    }
  }

  /// The same problem with every interval cut into equal parts: power stays, ramps and losses are shared, times count more
  /// intervals.
  public func divided(into parts: Int) -> CommitmentProblem {
    guard parts > 1 else { return self }
    func repeated<Value>(_ values: [Value]) -> [Value] {
      values.flatMap { [Value](repeating: $0, count: parts) }
    }
    var divided = mappingSeries(
      intervalCount: intervalCount * parts, keepsFinalLevel: true, numbers: { repeated($0) },
      booleans: { repeated($0) })
    divided.hoursPerInterval = hoursPerInterval / Double(parts)
    for index in divided.units.indices { divided.units[index].divideTimes(by: parts) }
    for index in divided.storages.indices {
      // (1 − loss) of a part, multiplied over the parts, is that of the interval.
      divided.storages[index].loss = divided.storages[index].loss.map { root(1 - $0, parts) }.map { 1 - $0 }
    }
    return divided
  }

  /// A root by Newton's method, for numbers between 0 and 1.
  private func root(_ value: Double, _ degree: Int) -> Double {
    guard value > 0, value < 1 else { return value }
    var estimate = 1.0
    for _ in 0..<100 {
      let power = (1..<degree).reduce(1.0) { product, _ in product * estimate }
      estimate -= (estimate * power - value) / (Double(degree) * power)
    }
    return estimate
  }

  /// The same elements with all their series mapped.
  private func mappingSeries(
    intervalCount: Int, keepsFinalLevel: Bool, numbers: ([Double]) -> [Double], booleans: ([Bool]) -> [Bool]
  ) -> CommitmentProblem {
    func optional(_ values: [Double]) -> [Double] { values.isEmpty ? [] : numbers(values) }
    var mapped = self
    mapped.intervalCount = intervalCount
    for index in units.indices {
      mapped.units[index].costAdder = optional(units[index].costAdder)
      mapped.units[index].availableOutput = optional(units[index].availableOutput)
      if !units[index].fixedStatus.isEmpty {
        let isFixed = booleans(units[index].fixedStatus.map { $0 != nil })
        let status = booleans(units[index].fixedStatus.map { $0 ?? false })
        mapped.units[index].fixedStatus = zip(isFixed, status).map { $0 ? $1 : nil }
      }
    }
    for index in profiledUnits.indices {
      mapped.profiledUnits[index].minimumOutput = numbers(profiledUnits[index].minimumOutput)
      mapped.profiledUnits[index].maximumOutput = numbers(profiledUnits[index].maximumOutput)
      mapped.profiledUnits[index].cost_perMWh = optional(profiledUnits[index].cost_perMWh)
    }
    for index in buses.indices { mapped.buses[index].demand = numbers(buses[index].demand) }
    for index in priceSensitiveDemands.indices {
      mapped.priceSensitiveDemands[index].maximumDemand = numbers(priceSensitiveDemands[index].maximumDemand)
      mapped.priceSensitiveDemands[index].value_perMWh = numbers(priceSensitiveDemands[index].value_perMWh)
    }
    for index in reserves.indices { mapped.reserves[index].requirement = numbers(reserves[index].requirement) }
    mapped.storages = storages.map {
      $0.mappingSeries(keepsFinalLevel: keepsFinalLevel, numbers: numbers, booleans: booleans)
    }
    return mapped
  }
}

extension CommittableUnit {
  fileprivate mutating func divideTimes(by parts: Int) {
    for index in startCategories.indices { startCategories[index].afterIntervals *= parts }
    minimumUpIntervals *= parts
    minimumDownIntervals *= parts
    rampUp /= Double(parts)
    rampDown /= Double(parts)
    switch initialState {
    case .on(let intervals, let output): initialState = .on(forIntervals: intervals * parts, output: output)
    case .off(let intervals): initialState = .off(forIntervals: intervals * parts)
    }
  }
}

extension StorageUnit {
  fileprivate func mappingSeries(
    keepsFinalLevel: Bool, numbers: ([Double]) -> [Double], booleans: ([Bool]) -> [Bool]
  ) -> StorageUnit {
    StorageUnit(
      name: name, bus: bus, minimumLevel: numbers(minimumLevel), maximumLevel: numbers(maximumLevel),
      initialLevel: initialLevel, finalLevel: keepsFinalLevel ? finalLevel : nil,
      minimumCharge: numbers(minimumCharge), maximumCharge: numbers(maximumCharge),
      minimumDischarge: numbers(minimumDischarge), maximumDischarge: numbers(maximumDischarge),
      chargeCost_perMWh: numbers(chargeCost_perMWh), dischargeCost_perMWh: numbers(dischargeCost_perMWh),
      chargeEfficiency: numbers(chargeEfficiency), dischargeEfficiency: numbers(dischargeEfficiency),
      loss: numbers(loss), allowsBoth: booleans(allowsBoth))
  }
}
