internal import PowerSystem

extension UnitCommitmentJlFile {
  /// A cost curve that may vary over time in the ways that a unit can express.
  struct Curve {
    var points: [CommittableUnit.CostPoint]
    var adder: [Double] = []
    var available: [Double] = []
  }

  /// The cost curve of an element. Where it varies over time it becomes the widest curve, the output that is available,
  /// and an amount that is added to each MWh; a curve that varies otherwise is refused.
  func timeVaryingCurve(_ element: JSONElement) throws(ImportProblem) -> Curve {
    let outputField = try element.member("Production cost curve (MW)")
    let costField = try element.member("Production cost curve ($)")
    let outputs = try corners(outputField)
    let costs = try corners(costField)
    guard outputs.count == costs.count, !outputs.isEmpty else {
      throw outputField.problem(
        "has \(outputs.count) points where \"Production cost curve ($)\" has \(costs.count); give as many, at least 1.")
    }
    let curves = (0..<intervalCount).map { interval in
      zip(outputs, costs).map {
        CommittableUnit.CostPoint(output: $0[interval], costPerHour: $1[interval] / hours)
      }
    }
    var widest = curves[0]
    for curve in curves where curve[curve.count - 1].output > widest[widest.count - 1].output { widest = curve }
    if curves.allSatisfy({ $0 == widest }) { return Curve(points: widest) }
    return try varying(curves, widest: widest, outputField)
  }

  private func corners(_ field: JSONElement) throws(ImportProblem) -> [[Double]] {
    var corners: [[Double]] = []
    for entry in try field.list() { corners.append(try entry.series(intervalCount)) }
    return corners
  }

  private func varying(
    _ curves: [[CommittableUnit.CostPoint]], widest: [CommittableUnit.CostPoint], _ field: JSONElement
  ) throws(ImportProblem) -> Curve {
    let unit = CommittableUnit(name: "", costCurve: widest, initialState: .off(forIntervals: 1))
    var adder: [Double] = []
    for (interval, curve) in curves.enumerated() {
      let highest = curve[curve.count - 1]
      // The amount added to each MWh follows from the corner with the highest output; every corner must agree with it.
      let added =
        highest.output > 0
        ? (highest.costPerHour - unit.costPerHour(atOutput: highest.output)) / highest.output : 0
      let lowest = max(curve[0].output, 0)
      let agrees =
        (abs(lowest - unit.minimumOutput) < 1e-9)
        && curve.allSatisfy { corner in
          let expected = unit.costPerHour(atOutput: corner.output) + added * corner.output
          return abs(expected - corner.costPerHour) <= 1e-7 * max(1, abs(expected))
        }
      guard agrees else {
        throw field.problem(
          "varies in interval \(interval + 1) in a way that is not modelled; only the greatest output, and a cost added to "
            + "every MWh, may vary over time.")
      }
      adder.append(added)
    }
    return Curve(
      points: widest, adder: adder.allSatisfy { abs($0) < 1e-9 } ? [] : adder,
      available: curves.map { $0[$0.count - 1].output })
  }
}
