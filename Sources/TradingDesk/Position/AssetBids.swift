internal import Compliance
internal import FlexibleAssets
internal import MarketData
internal import MarketModel
internal import MarketRules

/// What storages and stations bid, and what the checks say of it.
struct AssetBids {
  let pack: RulePack
  let grid: IntervalGrid
  private(set) var bids: [SubmittedBid] = []
  private(set) var notes: [String] = []
  private var facts: [String: UnitFacts] = [:]

  init(pack: RulePack, grid: IntervalGrid) {
    self.pack = pack
    self.grid = grid
  }

  private var limits: ClosedRange<Double> {
    let (floor, cap) = (pack.bids.floor.value?.perMegawattHour ?? 0, pack.bids.cap.value?.perMegawattHour ?? 1_500)
    return min(floor, cap)...max(floor, cap)
  }

  /// One curve from the charging to the discharging power; five and five of 2 MW where the pack does not know.
  mutating func add(
    _ storage: AssetFolder.Storage, plan: [Double], expected: [Double], endValue: Double
  ) throws {
    let rules = StorageOfferRules(
      largestChargeSegments: pack.storage.maximumChargeSegments.value ?? 5,
      largestDischargeSegments: pack.storage.maximumDischargeSegments.value ?? 5,
      smallestSegmentMegawatts: pack.storage.minimumSegmentWidth.value?.megawatts ?? 2, limits: limits,
      priceTick: pack.bids.priceTick.value?.perMegawattHour ?? 0.01)
    let sentence =
      "rule pack \(pack.name) states no segments of storages; five and five of 2 MW are assumed"
    if pack.storage.maximumChargeSegments.value == nil, !notes.contains(sentence) { notes.append(sentence) }
    let battery = try MemberBattery(
      unit: storage.unit, stateOfCharge: storage.stateOfCharge, endValuePerMWh: endValue)
    let steps = try battery.offer(prices: expected, hours: grid.length.hours, rules: rules)
    bids.append(bid(storage.unit.name, steps, plan: plan))
    var own = UnitFacts()
    (own.kind, own.active) = (.storage, true)
    var numbers = StorageFacts()
    let unit = storage.unit
    (numbers.energy, numbers.chargePower, numbers.dischargePower) = (
      unit.usableMegawattHours, unit.chargeMegawatts, unit.dischargeMegawatts
    )
    (numbers.chargeEfficiency, numbers.dischargeEfficiency) = (unit.chargeEfficiency, unit.dischargeEfficiency)
    (numbers.minimumCharge, numbers.maximumCharge, numbers.initialCharge) = (0, 1, storage.stateOfCharge)
    (numbers.cyclesPerDay, numbers.wearCost) = (unit.largestCyclesPerDay, unit.wearCostPerMWh)
    own.storage = numbers
    facts[unit.name] = own
  }

  /// One curve up to the day's largest quantity: the mechanism's part and the rest, each at the price below which it is curtailed.
  mutating func add(_ station: AssetFolder.Station, sold: [Double], reference: Double) throws {
    let whole = sold.map { ($0 * 1_000).rounded(.down) / 1_000 }
    let steps = station.site.offer(quantity: whole.max() ?? 0, reference: reference, limits: limits)
    guard !steps.isEmpty else {
      notes.append("station \(station.site.name) expects no output and bids nothing")
      return
    }
    bids.append(bid(station.site.name, steps, plan: whole))
    var own = UnitFacts()
    (own.kind, own.active) = (station.isWind ? .wind : .solar, true)
    own.forecast = whole
    facts[station.site.name] = own
  }

  private func bid(_ name: String, _ steps: [OfferStep], plan: [Double]) -> SubmittedBid {
    func thousandths(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }
    let segments = steps.enumerated().map { index, step in
      SubmittedSegment(
        number: index + 1, fromMegawatts: thousandths(step.from), toMegawatts: thousandths(step.to),
        pricePerMegawattHour: (step.pricePerMWh * 100).rounded() / 100)
    }
    return SubmittedBid(
      unit: UnitID(name), day: grid.day, form: pack.bids.curveForm.value, priceUnit: pack.currency + "/MWh",
      segments: segments, commitment: [], plannedMegawatts: plan, basis: pack.bids.priceBasis.value)
  }

  /// All 77 checks of the assets' bids alone.
  var report: SubmissionReport {
    var known = DeskFacts()
    known.units = facts
    let context = ComplianceContext(
      units: [:], plants: [], pack: pack, submissionTime: nil, declaresCommitment: false, facts: known)
    return Compliance.checkSubmission(bids, day: grid.day, in: context)
  }

  /// The bids as `spotdesk check` reads them.
  var text: String {
    var lines = ["unit,segment,from_MW,to_MW,price_per_MWh"]
    for bid in bids {
      for segment in bid.segments {
        lines.append(
          "\(csvField(bid.unit.text)),\(segment.number),\(segment.fromMegawatts),\(segment.toMegawatts),\(segment.pricePerMegawattHour)"
        )
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
