public import MarketModel

/// The gross outputs at which a unit is scheduled on a day, with what each is paid for and costs.
///
/// Levels run from the lowest to the highest output of the day in steps of a whole number of megawatts, at most
/// ``largestCount`` of them; every limit that the day sets is itself a level. Offers, dispatch and perfect foresight use
/// the same levels, so that perfect foresight is a ceiling.
public struct OutputLevels: Sendable {
  static let largestCount = 160

  public let unit: ThermalUnit
  /// Rising.
  public let gross: [Power]
  public let megawatts: [Double]
  /// Net output that is paid for, exact to the kilowatt, in MW.
  public let netMegawatts: [Double]
  /// Operating cost in currency units per hour.
  public let costPerHour: [Double]

  /// - Parameter days: one or more days of the same unit that share these levels.
  public init(_ days: [UnitDay]) {
    precondition(!days.isEmpty, "levels need a day")
    let unit = days[0].unit
    let lowest = days.flatMap(\.minimumOutput.values).min() ?? unit.minimumStableOutput
    let highest = max(days.flatMap(\.availableCapacity.values).max() ?? .zero, lowest)
    let range = highest.kilowatts - lowest.kilowatts
    let step = OutputLevels.step(range)
    var kilowatts = Set(stride(from: lowest.kilowatts, through: highest.kilowatts, by: Int(step * 1_000)))
    kilowatts.insert(highest.kilowatts)
    for day in days {
      kilowatts.formUnion(day.availableCapacity.values.map(\.kilowatts).filter { $0 > lowest.kilowatts })
      kilowatts.formUnion(day.minimumOutput.values.map(\.kilowatts))
    }
    self.init(unit: unit, gross: kilowatts.sorted().map { Power(kilowatts: $0) })
  }

  /// Whole megawatts between two levels: the least that needs no more than ``largestCount`` of them; up to twice that if it divides the
  /// range, so that all levels lie at equal distances, which makes schedules quick to find.
  private static func step(_ kilowatts: Int64) -> Int64 {
    let least = max(1, (kilowatts + 1_000 * Int64(largestCount) - 1) / (1_000 * Int64(largestCount)))
    return (least...2 * least).first { kilowatts.isMultiple(of: 1_000 * $0) } ?? least
  }

  init(unit: ThermalUnit, gross: [Power]) {
    self.unit = unit
    self.gross = gross
    megawatts = gross.map(\.megawatts)
    netMegawatts = gross.map { unit.netOutput(ofGross: $0).megawatts }
    costPerHour = gross.map { unit.costPerHour(atMegawatts: $0.megawatts) }
  }

  public var count: Int { gross.count }

  /// First and last level that a day allows in each interval; nil where the unit cannot run.
  public func allowedRanges(on day: UnitDay) -> [ClosedRange<Int>?] {
    zip(day.minimumOutput.values, day.availableCapacity.values).map { lowest, highest in
      guard let first = gross.firstIndex(where: { $0 >= lowest }), let last = gross.lastIndex(where: { $0 <= highest }),
        first <= last
      else { return nil }
      return first...last
    }
  }
}
