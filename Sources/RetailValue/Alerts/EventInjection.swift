internal import NumericMethods

/// A change that was put into a customer's load.
public struct InjectedEvent: Sendable, Hashable {
  public let customer: Int
  public let day: Int
  public let kind: LoadAlertKind
}

/// Loads with changes put in, and what they are.
public struct EventInjection: Sendable {
  public let loads: DailyLoads
  public let events: [InjectedEvent]

  /// Puts events into a copy of the loads, one a customer, at days drawn evenly from those that count.
  ///
  /// A day is passed over if it lies near an unusual one, less than five weeks before the end, or where the customer does not
  /// use energy (or, if so specified, is not watched). Customers are tried in random order.
  public init(
    _ specification: EventSpecification, into original: DailyLoads, watch: LoadWatch, unusual: UnusualDays,
    seed: UInt64
  ) throws(RetailProblem) {
    let last = original.days - 35
    let first = specification.firstDay(of: original.days)
    guard first < last else {
      throw RetailProblem(
        "The file has \(original.days) days; events need more than \(first + 35) (from-day and five weeks).")
    }
    var random = SplitMix64(seed: seed)
    var loads = original
    var events: [InjectedEvent] = []
    let wanted = Int((specification.share * Double(original.customers.count)).rounded())
    for customer in random.nextPermutation(of: original.customers.count) {
      guard events.count < wanted else { break }
      let day = first + random.nextIndex(below: last - first)
      let kind = specification.kind(random.nextUniform())
      var draws = random
      _ = random.next()
      guard !unusual.touches((day - 3)...min(day + 13, original.days - 1)),
        Self.takes(customer, day, original, watch, specification)
      else { continue }
      specification.apply(kind, to: &loads, customer: customer, day: day, random: &draws)
      events.append(InjectedEvent(customer: customer, day: day, kind: kind))
    }
    guard !events.isEmpty || wanted == 0 else {
      throw RetailProblem("No customer takes an event: none is watched on the days that were drawn.")
    }
    self.loads = loads
    self.events = events.sorted { ($0.customer, $0.day) < ($1.customer, $1.day) }
  }

  private static func takes(
    _ customer: Int, _ day: Int, _ loads: DailyLoads, _ watch: LoadWatch, _ specification: EventSpecification
  ) -> Bool {
    let past = max(0, day - 28)..<day
    guard past.count(where: { loads[customer, $0] > 0 }) >= 20 else { return false }
    guard specification.intoWatchedOnly else { return true }
    let threshold = watch.threshold(customer, day - 1)
    let deviation = watch.deviations[customer * loads.days + day - 1]
    return threshold.isFinite && (deviation.isNaN || abs(deviation) <= threshold)
  }
}

extension EventSpecification {
  func kind(_ draw: Double) -> LoadAlertKind {
    let position = draw * (stop + expansion + relocation)
    if position < stop { return .productionStop }
    return position < stop + expansion ? .expansion : .relocation
  }

  func apply(
    _ kind: LoadAlertKind, to loads: inout DailyLoads, customer: Int, day: Int, random: inout SplitMix64
  ) {
    switch kind {
    case .productionStop:
      let level = random.next(in: stopLevel)
      let end = min(day + Int(random.next(in: stopDays).rounded()), loads.days)
      for index in day..<end { loads[customer, index] *= level }
    case .expansion:
      let growth = random.next(in: growth)
      let ramp = random.next(in: growthRamp).rounded()
      for index in day..<loads.days {
        loads[customer, index] *= 1 + growth * min(1, (Double(index - day) + 1) / (ramp + 1))
      }
    case .relocation, .decline:
      let level = random.next(in: relocationLevel)
      let ramp = max(random.next(in: relocationRamp).rounded(), 1)
      for index in day..<loads.days {
        loads[customer, index] *= 1 - (1 - level) * min(1, (Double(index - day) + 1) / ramp)
      }
    }
  }
}

extension SplitMix64 {
  fileprivate mutating func next(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * nextUniform()
  }
}
