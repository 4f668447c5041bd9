/// An offer as it stands in the file that would be sent: nothing about it has been checked.
///
/// `BidCurve` cannot hold an illegal curve; a file can. The compliance checks read this type.
public struct SubmittedBid: Hashable, Sendable {
  public let unit: UnitID
  public let day: MarketDay
  public let form: CurveForm?
  /// As written: "CNY/MWh".
  public let priceUnit: String
  public let segments: [SubmittedSegment]
  /// On-line declaration by interval, as many values as the file had.
  public let commitment: [Bool]
  /// Planned gross output by interval in MW, as many values as the file had; empty if no plan is declared.
  public let plannedMegawatts: [Double]
  public let basis: PriceBasis?

  public init(
    unit: UnitID, day: MarketDay, form: CurveForm?, priceUnit: String, segments: [SubmittedSegment],
    commitment: [Bool], plannedMegawatts: [Double], basis: PriceBasis?
  ) {
    self.unit = unit
    self.day = day
    self.form = form
    self.priceUnit = priceUnit
    self.segments = segments
    self.commitment = commitment
    self.plannedMegawatts = plannedMegawatts
    self.basis = basis
  }

  /// What would be sent for a bid.
  public init(_ bid: UnitBid, currency: String, basis: PriceBasis) {
    var start = Power.zero
    var segments: [SubmittedSegment] = []
    for (index, point) in bid.curve.points.enumerated() {
      segments.append(
        SubmittedSegment(
          number: index + 1, fromMegawatts: start.megawatts, toMegawatts: point.output.megawatts,
          pricePerMegawattHour: point.price.perMegawattHour))
      start = point.output
    }
    self.init(
      unit: bid.unit, day: bid.commitment.day, form: bid.curve.form, priceUnit: currency + "/MWh", segments: segments,
      commitment: bid.commitment.values, plannedMegawatts: bid.plannedMegawatts, basis: basis)
  }
}

public struct SubmittedSegment: Hashable, Sendable {
  public let number: Int
  public let fromMegawatts: Double
  public let toMegawatts: Double
  public let pricePerMegawattHour: Double

  public init(number: Int, fromMegawatts: Double, toMegawatts: Double, pricePerMegawattHour: Double) {
    self.number = number
    self.fromMegawatts = fromMegawatts
    self.toMegawatts = toMegawatts
    self.pricePerMegawattHour = pricePerMegawattHour
  }
}
