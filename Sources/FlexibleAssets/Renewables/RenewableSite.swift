/// A wind or solar station and what part of its output is promised at a mechanism price (发改价格〔2025〕136号): that part is paid
/// (mechanism price − reference price) on top of the market, the reference being the mean market price of like stations.
public struct RenewableSite: Hashable, Sendable {
  public let name: String
  public let ratedMegawatts: Double
  /// Share of the output under the mechanism, 0 to 1.
  public let mechanismShare: Double
  public let mechanismPricePerMWh: Double
  /// Worth of a green certificate; energy under the mechanism has none to sell.
  public let certificatePricePerMWh: Double

  /// - Throws: ``AssetProblem`` naming the field, what was found and its limit.
  public init(
    name: String, ratedMegawatts: Double, mechanismShare: Double = 0, mechanismPricePerMWh: Double = 0,
    certificatePricePerMWh: Double = 0
  ) throws(AssetProblem) {
    let fields: [(String, Double, ClosedRange<Double>, String)] = [
      ("rated power", ratedMegawatts, 0.001...1e6, "MW"), ("mechanism share", mechanismShare, 0...1, "as a share"),
      ("mechanism price", mechanismPricePerMWh, 0...100_000, "per MWh"),
      ("certificate price", certificatePricePerMWh, 0...100_000, "per MWh"),
    ]
    for (field, value, range, unit) in fields where !range.contains(value) {
      throw AssetProblem(
        "Station \(name): \(field) is \(value); it is \(range.lowerBound) to \(range.upperBound) \(unit).")
    }
    self.name = name
    self.ratedMegawatts = ratedMegawatts
    self.mechanismShare = mechanismShare
    self.mechanismPricePerMWh = mechanismPricePerMWh
    self.certificatePricePerMWh = certificatePricePerMWh
  }

  /// Market price below which a MWh is worth more unproduced: what it brings beside the market, with the other sign.
  ///
  /// - Parameter reference: expected mean market price of like stations, per MWh.
  public func curtailmentPrice(reference: Double) -> Double {
    -(mechanismShare * (mechanismPricePerMWh - reference) + (1 - mechanismShare) * certificatePricePerMWh)
  }

  /// The output of an interval: the available one at prices above the curtailment price, else nothing.
  public func output(available: Double, price: Double, reference: Double) -> Double {
    price > curtailmentPrice(reference: reference) ? min(max(available, 0), ratedMegawatts) : 0
  }

  /// Energy that may still be sold by contract or with certificates: the mechanism's share is sold already, contracts too.
  ///
  /// - Returns: MWh, 0 or more.
  public func saleable(expectedMWh: Double, contractedMWh: Double) -> Double {
    max(0, (1 - mechanismShare) * expectedMWh - contractedMWh)
  }

  /// What has been sold twice: sales and the mechanism's share beyond what was produced; nil if nothing was.
  public func soldTwice(producedMWh: Double, contractedMWh: Double, certificatesMWh: Double) -> AssetProblem? {
    let mechanism = mechanismShare * producedMWh
    for (what, sold) in [("contracts", contractedMWh), ("certificates", certificatesMWh)] {
      let surplus = sold + mechanism - producedMWh
      if surplus > 1e-6 {
        return AssetProblem(
          "Station \(name): \(tenths(surplus)) MWh are sold twice: \(tenths(sold)) MWh in \(what) and "
            + "\(tenths(mechanism)) MWh under the mechanism, of \(tenths(producedMWh)) MWh.")
      }
    }
    return nil
  }

  /// A forecast held within 0 and the rated power, and a sentence if it was not.
  ///
  /// Values that are not finite count as 0.
  public func bounded(_ forecast: [Double]) -> (values: [Double], note: String?) {
    let values = forecast.map { $0.isFinite ? min(max($0, 0), ratedMegawatts) : 0 }
    let above = forecast.filter { $0.isFinite && $0 > ratedMegawatts }
    let missing = forecast.count { !$0.isFinite }
    var notes: [String] = []
    if let highest = above.max() {
      notes.append(
        "\(above.count) of \(forecast.count) forecasts of \(name) lie above its rated \(tenths(ratedMegawatts)) MW (up to \(tenths(highest))) and count as it"
      )
    }
    if missing > 0 { notes.append("\(missing) intervals of \(name) have no forecast and are offered at nothing") }
    return (values, notes.isEmpty ? nil : notes.joined(separator: "; "))
  }
}

/// A number with one decimal at the most, below 10 with three.
func tenths(_ value: Double) -> String {
  let scale = abs(value) < 10 ? 1_000.0 : 10.0
  let rounded = (value * scale).rounded() / scale
  return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int(rounded))" : "\(rounded)"
}

/// A step of an offer: output from one power to another at a price.
public struct OfferStep: Hashable, Sendable {
  public let from: Double
  public let to: Double
  public let pricePerMWh: Double

  public init(from: Double, to: Double, pricePerMWh: Double) {
    self.from = from
    self.to = to
    self.pricePerMWh = pricePerMWh
  }
}

extension RenewableSite {
  /// A price-quantity offer of a day's quantities, where the pack asks for one: what is produced anyway, under the mechanism, and
  /// what is curtailed, each at the price below which it is worth more unproduced.
  ///
  /// - Parameters:
  ///   - quantity: what is to be sold in MW, not above the forecast where the pack binds it.
  ///   - limits: the pack's bid floor and cap.
  public func offer(quantity: Double, reference: Double, limits: ClosedRange<Double>) -> [OfferStep] {
    let sold = min(max(quantity, 0), ratedMegawatts)
    let mechanism = mechanismShare * sold
    let bounded = { (price: Double) in min(max(price, limits.lowerBound), limits.upperBound) }
    let steps = [
      (0, mechanism, bounded(-(mechanismPricePerMWh - reference))), (mechanism, sold, bounded(-certificatePricePerMWh)),
    ].filter { $0.1 > $0.0 }
    return steps.sorted { $0.2 < $1.2 }.reduce(into: []) { offer, step in
      let start = offer.last?.to ?? 0
      offer.append(OfferStep(from: start, to: start + step.1 - step.0, pricePerMWh: step.2))
    }
  }
}
