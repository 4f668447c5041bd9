extension CommitmentProblem {
  /// Marginal costs may fall by this share of the larger before a curve counts as not convex: the noise of a file.
  private static let convexityTolerance = 1e-4

  /// Corners between which the marginal cost falls, as sentences about the unit.
  func convexityFindings(_ corners: [CommittableUnit.CostPoint]) -> [String] {
    var last: Double?
    for (left, right) in zip(corners, corners.dropFirst()) where right.output > left.output {
      let slope = (right.costPerHour - left.costPerHour) / (right.output - left.output)
      if let last, slope < last - Self.convexityTolerance * max(abs(last), abs(slope), 1) {
        return [
          "has a marginal cost that falls from \(last) to \(slope) per MWh at \(left.output) MW; make the curve convex."
        ]
      }
      last = slope
    }
    if corners.contains(where: { !$0.output.isFinite || !$0.costPerHour.isFinite }) {
      return ["has a cost curve with a value that is no number; correct it."]
    }
    return []
  }

  /// Start categories that are not sorted.
  func startFindings(_ unit: CommittableUnit) -> [String] {
    for (left, right) in zip(unit.startCategories, unit.startCategories.dropFirst())
    where right.afterIntervals <= left.afterIntervals {
      return [
        "has a start category after \(right.afterIntervals) intervals behind one after \(left.afterIntervals); "
          + "sort by rising time off line."
      ]
    }
    return []
  }

  /// What does not fit in storage, price-sensitive demand, interfaces, contingencies and direct-current lines.
  func findingsOfRest() -> [ProblemFinding] {
    var found: [ProblemFinding] = []
    for storage in storages { found += findings(of: storage) }
    for demand in priceSensitiveDemands {
      found +=
        seriesFinding(demand.name, "maximum demand", demand.maximumDemand)
        + seriesFinding(demand.name, "value", demand.value_perMWh) + busFinding(demand.name, demand.bus)
    }
    for line in directCurrentLines { found += busFinding(line.name, line.from) + busFinding(line.name, line.to) }
    let groups =
      interfaces.map { ($0.name, $0.branches.map(\.index)) } + contingencies.map { ($0.name, $0.branches) }
    for (name, members) in groups {
      if let wrong = members.first(where: { !branches.indices.contains($0) }) {
        found.append(ProblemFinding(element: name, text: "names branch number \(wrong), which the problem lacks."))
      }
    }
    return found
  }

  private func findings(of storage: StorageUnit) -> [ProblemFinding] {
    let series: [(String, [Double])] = [
      ("minimum level", storage.minimumLevel), ("maximum level", storage.maximumLevel),
      ("minimum charge", storage.minimumCharge), ("maximum charge", storage.maximumCharge),
      ("minimum discharge", storage.minimumDischarge), ("maximum discharge", storage.maximumDischarge),
      ("charge cost", storage.chargeCost_perMWh), ("discharge cost", storage.dischargeCost_perMWh),
      ("charge efficiency", storage.chargeEfficiency), ("discharge efficiency", storage.dischargeEfficiency),
      ("loss", storage.loss),
    ]
    var found = busFinding(storage.name, storage.bus)
    for (what, values) in series { found += seriesFinding(storage.name, what, values) }
    if storage.allowsBoth.count != intervalCount {
      found.append(
        ProblemFinding(
          element: storage.name,
          text: "says for \(storage.allowsBoth.count) of \(intervalCount) intervals whether it may "
            + "charge and discharge at once; give one for each."))
    }
    guard found.isEmpty else { return found }
    for (what, values) in [series[8], series[9]] {
      if let wrong = values.first(where: { !($0 > 0 && $0 <= 1) }) {
        found.append(
          ProblemFinding(element: storage.name, text: "has a \(what) of \(wrong); it must be above 0 and at most 1."))
      }
    }
    for (low, high) in [(0, 1), (2, 3), (4, 5)] {
      if let interval = (0..<intervalCount).first(where: { series[low].1[$0] > series[high].1[$0] + 1e-9 }) {
        found.append(
          ProblemFinding(
            element: storage.name,
            text: "has a \(series[low].0) of \(series[low].1[interval]) above its \(series[high].0) of "
              + "\(series[high].1[interval]) in interval \(interval + 1); correct one of them."))
      }
    }
    return found
  }
}
