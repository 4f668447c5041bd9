/// How good probabilities of a yes-or-no outcome are.
public struct BinaryScores: Sendable {
  private let probabilities: [Double]
  private let outcomes: [Bool]
  /// Positions from the highest probability to the lowest; equal ones in their order.
  private let order: [Int]

  public init(probabilities: [Double], outcomes: [Bool]) {
    precondition(probabilities.count == outcomes.count, "Every probability has an outcome")
    self.probabilities = probabilities
    self.outcomes = outcomes
    order = probabilities.indices.sorted { (-probabilities[$0], $0) < (-probabilities[$1], $1) }
  }

  public var positives: Int { outcomes.count { $0 } }
  public var baseRate: Double { outcomes.isEmpty ? 0 : Double(positives) / Double(outcomes.count) }

  /// Probability that a positive ranks above a negative; ties count half (Hanley, McNeil, Radiology 143, 1982).
  public var areaUnderCurve: Double {
    let (ones, zeros) = (Double(positives), Double(outcomes.count - positives))
    guard ones > 0, zeros > 0 else { return 0.5 }
    var sum = 0.0
    var seenZeros = zeros
    for block in ties() {
      let hits = Double(block.count { outcomes[$0] })
      let misses = Double(block.count) - hits
      seenZeros -= misses
      sum += hits * (seenZeros + misses / 2)
    }
    return sum / (ones * zeros)
  }

  /// Σ (recall step) · precision from the top down: the area under the precision-recall curve without interpolation.
  public var averagePrecision: Double {
    guard positives > 0 else { return 0 }
    var (hits, seen, sum) = (0.0, 0.0, 0.0)
    for block in ties() {
      let found = Double(block.count { outcomes[$0] })
      hits += found
      seen += Double(block.count)
      sum += found * hits / seen
    }
    return sum / Double(positives)
  }

  /// Share of positives in the top share of the list over their share in all.
  public func lift(top share: Double) -> Double {
    let count = max(1, Int((share * Double(outcomes.count)).rounded()))
    guard baseRate > 0 else { return 0 }
    return Double(order.prefix(count).count { outcomes[$0] }) / Double(min(count, outcomes.count)) / baseRate
  }

  /// Mean squared error of the probabilities (Brier, Monthly Weather Review 78, 1950).
  public var brier: Double {
    guard !outcomes.isEmpty else { return 0 }
    return zip(probabilities, outcomes).reduce(0) { sum, pair in
      let miss = pair.0 - (pair.1 ? 1 : 0)
      return sum + miss * miss
    } / Double(outcomes.count)
  }

  /// Σ (share of the bin) · |mean probability − frequency| over ten bins of equal width (Naeini et al., AAAI 2015).
  public var calibrationError: Double { calibrationError(bins(equalWidth: true)) }
  /// The same over ten bins of equally many.
  public var calibrationErrorOfDeciles: Double { calibrationError(bins(equalWidth: false)) }

  /// A bin of the reliability diagram.
  public struct Bin: Sendable, Hashable, Encodable {
    public let count: Int
    public let meanProbability: Double
    public let frequency: Double
  }

  public var deciles: [Bin] { bins(equalWidth: false) }

  private func calibrationError(_ bins: [Bin]) -> Double {
    bins.reduce(0) { $0 + Double($1.count) * abs($1.meanProbability - $1.frequency) } / Double(max(outcomes.count, 1))
  }

  private func bins(equalWidth: Bool) -> [Bin] {
    var members = [[Int]](repeating: [], count: 10)
    for (rank, index) in order.reversed().enumerated() {
      let bin = equalWidth ? Int(probabilities[index] * 10) : rank * 10 / max(order.count, 1)
      members[min(max(bin, 0), 9)].append(index)
    }
    return members.filter { !$0.isEmpty }.map { bin in
      Bin(
        count: bin.count, meanProbability: bin.reduce(0) { $0 + probabilities[$1] } / Double(bin.count),
        frequency: Double(bin.count { outcomes[$0] }) / Double(bin.count))
    }
  }

  /// Runs of equal probabilities, from the highest down.
  private func ties() -> [ArraySlice<Int>] {
    var blocks: [ArraySlice<Int>] = []
    var start = 0
    for position in 1..<(order.count + 1)
    where position == order.count || probabilities[order[position]] != probabilities[order[start]] {
      blocks.append(order[start..<position])
      start = position
    }
    return blocks
  }
}
