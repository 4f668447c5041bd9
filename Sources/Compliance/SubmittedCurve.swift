import MarketModel

/// A segment of a bid file in exact numbers.
struct ExactSegment: Hashable, Sendable {
  let number: Int
  let from: Power
  let to: Power
  let price: EnergyPrice
  /// Whether both limits are whole kilowatts as written; nothing finer exists in the market.
  let isWholeKilowatts: Bool
  /// Whether the price is exact to the millionth as written.
  let isWholeMicroPrice: Bool

  /// nil if a number is not finite or beyond every market.
  init?(_ segment: SubmittedSegment) {
    do {
      number = segment.number
      from = try Power(megawatts: segment.fromMegawatts)
      to = try Power(megawatts: segment.toMegawatts)
      price = try EnergyPrice(perMegawattHour: segment.pricePerMegawattHour)
    } catch {
      return nil
    }
    isWholeKilowatts = from.megawatts == segment.fromMegawatts && to.megawatts == segment.toMegawatts
    isWholeMicroPrice = price.perMegawattHour == segment.pricePerMegawattHour
  }

  var width: Power { to - from }
}

/// A part of a bid as read: exact values, or why it cannot be read.
enum Reading<Value> {
  case readable(Value)
  case unreadable(reason: String)
}

extension SubmittedBid {
  var exactSegments: Reading<[ExactSegment]> {
    guard !segments.isEmpty else { return .unreadable(reason: "the bid has no segments") }
    var exact: [ExactSegment] = []
    for segment in segments {
      guard let read = ExactSegment(segment) else {
        return .unreadable(reason: "segment \(segment.number) holds a value that is no number of MW or no price")
      }
      exact.append(read)
    }
    return .readable(exact)
  }

  /// On-line declaration, one value for each interval of the grid.
  func declaredCommitment(on grid: IntervalGrid) -> Reading<[Bool]> {
    guard !commitment.isEmpty else { return .unreadable(reason: "no on-line declaration is in the file") }
    guard commitment.count == grid.count else {
      return .unreadable(
        reason: "the on-line declaration has \(commitment.count) values for \(grid.count) trading intervals")
    }
    return .readable(commitment)
  }

  /// Planned output in MW, one value for each interval of the grid.
  func declaredPlan(on grid: IntervalGrid) -> Reading<[Double]> {
    guard !plannedMegawatts.isEmpty else { return .unreadable(reason: "no planned output is declared") }
    guard plannedMegawatts.count == grid.count else {
      return .unreadable(
        reason: "the planned output has \(plannedMegawatts.count) values for \(grid.count) trading intervals")
    }
    for megawatts in plannedMegawatts {
      do {
        _ = try Power(megawatts: megawatts)
      } catch {
        return .unreadable(reason: "the planned output holds a value that is no number of MW")
      }
    }
    return .readable(plannedMegawatts)
  }
}
