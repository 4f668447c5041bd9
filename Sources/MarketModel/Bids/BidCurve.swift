/// How a market reads the points of an offer.
public enum CurveForm: String, Hashable, Sendable, Codable {
  /// Each segment is offered in full at its price; the junction belongs to the segment below.
  case steps
  /// The price at a point is the incremental price at that output; between two points it rises linearly. The block up
  /// to the first point is offered at the first price.
  case slopes
}

/// Up to this output, at this price.
public struct BidPoint: Hashable, Sendable {
  public let output: Power
  public let price: EnergyPrice
  public init(output: Power, price: EnergyPrice) {
    self.output = output
    self.price = price
  }
}

/// One unit's offer for a day: points with rising output and prices that do not fall.
///
/// Power that clears at a price, for points (200 MW, 200), (300 MW, 250), (400 MW, 300):
///
///     price   199  200  225  250  300
///     steps     0  200  200  300  400   MW
///     slopes    0  200  250  300  400   MW
public struct BidCurve: Hashable, Sendable {
  public let form: CurveForm
  public let points: [BidPoint]

  public init(form: CurveForm, points: [BidPoint]) throws(BidCurveError) {
    guard let first = points.first else { throw .noSegments }
    guard first.output > .zero else { throw .emptySegment(number: 1, from: .zero, to: first.output) }
    for (index, (lower, upper)) in zip(points, points.dropFirst()).enumerated() {
      guard lower.output < upper.output else {
        throw .emptySegment(number: index + 2, from: lower.output, to: upper.output)
      }
      guard lower.price <= upper.price else {
        throw .priceFalls(atSegment: index + 2, from: lower.price, to: upper.price)
      }
    }
    self.form = form
    self.points = points
  }

  /// Power offered at or below a price, in kilowatts.
  public func offered(at price: EnergyPrice) -> Power {
    guard let above = points.firstIndex(where: { $0.price > price }) else {
      return points.last?.output ?? .zero
    }
    guard above > 0 else { return .zero }
    let (lower, upper) = (points[above - 1], points[above])
    switch form {
    case .steps:
      return lower.output
    case .slopes:
      let rise = Int128(upper.output.kilowatts - lower.output.kilowatts)
      let share = Int128((price - lower.price).microPerMegawattHour)
      let range = Int128((upper.price - lower.price).microPerMegawattHour)
      return Power(kilowatts: lower.output.kilowatts + Int64(rise * share / range))
    }
  }

  /// What an hour at an output would be paid if every part were paid as offered, in currency units.
  ///
  /// Worked: points (200 MW, 200) and (400 MW, 300), from 200 to 300 MW: slopes 22,500, steps 30,000.
  public func offeredCostPerHour(atMegawatts output: Double) -> Double {
    var cost = 0.0
    var start = 0.0
    var previous: BidPoint?
    for point in points {
      let end = point.output.megawatts
      let reached = min(output, end)
      if reached > start {
        cost += (reached - start) * meanPrice(to: reached, from: start, below: point, above: previous)
      }
      if output <= end { break }
      start = end
      previous = point
    }
    return cost
  }

  /// Mean price between two outputs of the segment that ends in `below`.
  private func meanPrice(to reached: Double, from start: Double, below point: BidPoint, above previous: BidPoint?)
    -> Double
  {
    guard form == .slopes, let previous else { return point.price.perMegawattHour }
    let low = previous.price.perMegawattHour
    let slope = (point.price.perMegawattHour - low) / (point.output.megawatts - start)
    return low + slope * (reached - start) / 2
  }
}

/// Points that do not make a curve.
public enum BidCurveError: Error, Hashable, Sendable, CustomStringConvertible {
  case noSegments
  case emptySegment(number: Int, from: Power, to: Power)
  case priceFalls(atSegment: Int, from: EnergyPrice, to: EnergyPrice)

  public var description: String {
    switch self {
    case .noSegments: "A bid curve needs at least one segment"
    case .emptySegment(let number, let from, let to):
      "Segment \(number) runs from \(from) to \(to); its end must lie above its start"
    case .priceFalls(let number, let from, let to):
      "Segment \(number): the price falls from \(from.text) to \(to.text) per MWh; prices must not fall with output"
    }
  }
}
