internal import Bidding
internal import MarketModel

/// Turns a unit's share of a fleet's offer into a curve that the pack allows.
struct UnitCurves {
  let rules: Bidding.OfferRules

  /// Blocks above the lowest output as points: at most as many as allowed, whole ticks, wide enough, prices rising by a tick.
  ///
  /// Under slopes a block is a climb over the smallest width and a nearly level rest; where points or width do not suffice the climb
  /// takes the whole block. Neighbours are merged, the cheapest merge first, until the points suffice.
  func curve(
    lowest: Power, highest: Power, blocks: [(megawatts: Double, price: Double)]
  ) throws(BidCurveError) -> BidCurve {
    let width = width(lowest: lowest, highest: highest)
    let pointsPerBlock = rules.form == .slopes ? 2 : 1
    let merged = merge(blocks, count: max(1, (rules.largestPointCount - 1) / pointsPerBlock), width: width.megawatts)
    var points = [BidPoint(output: lowest, price: rules.floor)]
    var end = lowest.megawatts
    for (number, block) in merged.enumerated() {
      end += block.megawatts
      let output = number == merged.count - 1 ? highest : onTick(end)
      guard let last = points.last, output > last.output else { continue }
      let price = max(onTick(price: block.price), last.price + rules.priceTick)
      let climb = last.output + width
      if rules.form == .slopes, output >= climb + width {
        points.append(BidPoint(output: climb, price: min(price, rules.cap)))
        points.append(BidPoint(output: output, price: min(price + rules.priceTick, rules.cap)))
      } else {
        points.append(BidPoint(output: output, price: min(price, rules.cap)))
      }
    }
    return try BidCurve(form: rules.form, points: points)
  }

  /// The smallest width of a segment, a multiple of the tick.
  func width(lowest: Power, highest: Power) -> Power {
    let share = Power.megawatts((highest - lowest).megawatts * rules.smallestShareOfRange)
    let needed = max(share, rules.smallestWidth ?? .zero, rules.quantityTick).kilowatts
    let tick = max(rules.quantityTick.kilowatts, 1)
    return Power(kilowatts: (needed + tick - 1) / tick * tick)
  }

  private func onTick(_ megawatts: Double) -> Power {
    let tick = Double(max(rules.quantityTick.kilowatts, 1))
    return Power(kilowatts: Int64((megawatts * 1_000 / tick).rounded() * tick))
  }

  private func onTick(price: Double) -> EnergyPrice {
    let tick = rules.priceTick.perMegawattHour
    let bounded = min(max(price, rules.floor.perMegawattHour), rules.cap.perMegawattHour)
    return min(max(.perMegawattHour((bounded / tick).rounded() * tick), rules.floor), rules.cap)
  }

  private func merge(
    _ blocks: [(megawatts: Double, price: Double)], count: Int, width: Double
  ) -> [(megawatts: Double, price: Double)] {
    var merged = blocks
    func loss(_ index: Int) -> Double {
      let (low, high) = (merged[index], merged[index + 1])
      return (high.price - low.price) * low.megawatts * high.megawatts / (low.megawatts + high.megawatts)
    }
    while merged.count > 1 {
      // Room for a climb and a rest, and for the rounding of both ends.
      let isNarrow = merged.contains { $0.megawatts < width + 1 }
      guard merged.count > count || isNarrow else { break }
      let candidates = merged.indices.dropLast().filter {
        merged.count > count || merged[$0].megawatts < width + 1 || merged[$0 + 1].megawatts < width + 1
      }
      guard let index = candidates.min(by: { (loss($0), $0) < (loss($1), $1) }) else { break }
      let (low, high) = (merged[index], merged[index + 1])
      let megawatts = low.megawatts + high.megawatts
      let price = (low.price * low.megawatts + high.price * high.megawatts) / megawatts
      merged.replaceSubrange(index...index + 1, with: [(megawatts, price)])
    }
    return merged
  }
}
