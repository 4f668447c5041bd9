/// A change of power per time, exact to a kilowatt per minute. A limit "per interval" does not exist in the data.
public struct RampRate: Hashable, Sendable, Comparable {
  public let kilowattsPerMinute: Int64

  public init(kilowattsPerMinute: Int64) {
    precondition(
      kilowattsPerMinute >= 0 && kilowattsPerMinute <= Power.limitKilowatts / 1_440, "ramp rate is out of range")
    self.kilowattsPerMinute = kilowattsPerMinute
  }

  public static func megawattsPerMinute(_ value: Double) -> RampRate {
    RampRate(kilowattsPerMinute: Power.megawatts(value).kilowatts)
  }

  public var megawattsPerMinute: Double { Double(kilowattsPerMinute) / 1_000 }

  public func largestChange(over length: IntervalLength) -> Power {
    Power(kilowatts: kilowattsPerMinute * Int64(length.minutes))
  }

  public static func < (left: RampRate, right: RampRate) -> Bool {
    left.kilowattsPerMinute < right.kilowattsPerMinute
  }
}
