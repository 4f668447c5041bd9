/// What a member of a virtual power plant is paid for a day; cents, above zero to the member.
public struct MemberStatement: Hashable, Sendable {
  public let member: String
  public let resources: Int
  public let deliveredMWh: Double
  public let drawnMWh: Double
  /// Market value of what its resources would have done unsteered.
  public let base: Double
  /// Their cost of being steered.
  public let compensation: Double
  /// What leaving their instructions cost or brought at the real-time price.
  public let deviation: Double
  /// Their part of what steering earned, in the measure of the energy that was moved.
  public let share: Double
  public let total: Int
}

/// The market's payment for a day and how it is divided; the members' cents and the fee add up to it exactly.
public struct PlantSettlement: Sendable {
  /// What the market pays for the schedule and the deviations from it.
  public let marketPayment: Int
  public let fee: Int
  public let statements: [MemberStatement]

  /// 0 always.
  public var difference: Int { marketPayment - fee - statements.reduce(0) { $0 + $1.total } }
}

extension VirtualPowerPlant {
  /// Divides the market's payment.
  ///
  /// Payment: schedule at the day-ahead price, deviations at the real-time price. Every resource gets the market value of what it would
  /// have done unsteered, what being steered cost it, and what its own deviation brought; what is left over, less the fee, is shared in
  /// the measure of moved energy. Cents go by the largest remainder (Hamilton), ties in the order of the members.
  ///
  /// - Parameters:
  ///   - instructed, metered: dispatch as ordered and as it went.
  ///   - dayAhead, realTime: per MWh by interval.
  ///   - feeShare: the aggregator's part of what steering earned, 0 to 1.
  public func settle(
    instructed: PlantDispatch, metered: PlantDispatch, schedule: [Double], dayAhead: [Double], realTime: [Double],
    feeShare: Double
  ) -> PlantSettlement {
    let sums = memberSums(instructed, metered, dayAhead, realTime)
    let delivered = (0..<intervals).map { interval in
      resources.indices.reduce(0) { $0 + metered.powers[$1 * intervals + interval] }
    }
    let market = (0..<intervals).reduce(0) { sum, interval in
      sum + schedule[interval] * dayAhead[interval] + (delivered[interval] - schedule[interval]) * realTime[interval]
    }
    let payment = (100 * market * hours).rounded()
    let gain = payment - 100 * sums.reduce(0) { $0 + $1.entitled }
    let moved = sums.reduce(0) { $0 + $1.moved }
    let fee = (max(gain, 0) * min(max(feeShare, 0), 1)).rounded()
    let shares = sums.map { (gain - fee) * (moved > 0 ? $0.moved / moved : 1 / Double(sums.count)) }
    let totals = roundedToSum(
      zip(sums, shares).map { 100 * $0.0.entitled + $0.1 }, sum: Int(payment) - Int(fee))
    let statements = sums.indices.map { index in
      let line = sums[index]
      return MemberStatement(
        member: line.member, resources: line.resources, deliveredMWh: line.delivered, drawnMWh: line.drawn,
        base: 100 * line.base, compensation: 100 * line.compensation, deviation: 100 * line.deviation,
        share: shares[index], total: totals[index])
    }
    return PlantSettlement(marketPayment: Int(payment), fee: Int(fee), statements: statements)
  }

  /// Sums by member, in the order of their names.
  private func memberSums(
    _ instructed: PlantDispatch, _ metered: PlantDispatch, _ dayAhead: [Double], _ realTime: [Double]
  ) -> [MemberLine] {
    var places: [String: Int] = [:]
    var lines: [MemberLine] = []
    for (index, resource) in resources.enumerated() {
      let place = places[resource.member] ?? lines.count
      if place == lines.count {
        places[resource.member] = place
        lines.append(MemberLine(member: resource.member))
      }
      lines[place].add(
        self, resource, asked: Array(instructed.powers(of: index)), done: Array(metered.powers(of: index)),
        dayAhead: dayAhead, realTime: realTime)
    }
    return lines.sorted { $0.member < $1.member }
  }
}

/// Sums of a member's resources, in currency units and MWh.
private struct MemberLine {
  let member: String
  var resources = 0
  var (delivered, drawn, moved) = (0.0, 0.0, 0.0)
  var (base, compensation, deviation) = (0.0, 0.0, 0.0)

  init(member: String) { self.member = member }

  var entitled: Double { base + compensation + deviation }

  mutating func add(
    _ plant: VirtualPowerPlant, _ resource: FlexibleResource, asked: [Double], done: [Double], dayAhead: [Double],
    realTime: [Double]
  ) {
    let free = plant.unsteered(resource)
    resources += 1
    for interval in asked.indices {
      delivered += max(done[interval], 0) * plant.hours
      drawn += max(-done[interval], 0) * plant.hours
      moved += abs(asked[interval] - free[interval]) * plant.hours
      base += free[interval] * dayAhead[interval] * plant.hours
      deviation += (done[interval] - asked[interval]) * realTime[interval] * plant.hours
    }
    compensation += plant.cost(resource, done) - plant.cost(resource, free)
  }
}

/// Whole numbers near the given ones that add up to `sum`: rounded down, then one more each to the largest remainders.
func roundedToSum(_ values: [Double], sum: Int) -> [Int] {
  guard !values.isEmpty else { return [] }
  var rounded = values.map { Int($0.rounded(.down)) }
  let missing = sum - rounded.reduce(0, +)
  let order = values.indices.sorted { left, right in
    let (a, b) = (values[left] - Double(rounded[left]), values[right] - Double(rounded[right]))
    return a == b ? left < right : a > b
  }
  let (each, rest) = missing.quotientAndRemainder(dividingBy: values.count)
  for (rank, index) in order.enumerated() { rounded[index] += each + (rank < rest ? 1 : 0) }
  if rest < 0 { for index in order.suffix(-rest) { rounded[index] -= 1 } }
  return rounded
}
