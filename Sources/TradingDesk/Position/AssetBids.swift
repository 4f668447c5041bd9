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

  /// A value of the pack, or the one that is assumed in its place, which is said once.
  private mutating func known<Value>(_ value: Value?, _ name: String, assumed: Value, _ text: String) -> Value {
    if let value { return value }
    say("rule pack \(pack.name) states no \(name); \(text) is assumed")
    return assumed
  }

  private mutating func say(_ sentence: String) {
    if !notes.contains(sentence) { notes.append(sentence) }
  }

  private mutating func price(_ rule: RuleValue<EnergyPrice>, _ name: String, assumed: Double) -> Double {
    known(rule.value?.perMegawattHour, name, assumed: assumed, "\(assumed) \(pack.currency)/MWh")
  }

  private mutating func width(_ rule: RuleValue<Power>, _ what: String) -> Double {
    known(rule.value?.megawatts, "smallest \(what)", assumed: 2, "2.0 MW")
  }

  private mutating func limits() -> ClosedRange<Double> {
    let (floor, cap) = (
      price(pack.bids.floor, "bid floor", assumed: 0), price(pack.bids.cap, "bid cap", assumed: 1_500)
    )
    return min(floor, cap)...max(floor, cap)
  }

  /// What an aggregate's steps must keep; those of units where the pack has none of its own.
  mutating func plantRules() -> PlantOfferRules {
    PlantOfferRules(
      largestSteps: known(pack.bids.maximumPoints.value, "largest number of steps", assumed: 10, "10"),
      smallestStepMegawatts: width(pack.bids.minimumSegmentWidth, "step of a unit or a virtual power plant"),
      limits: limits())
  }

  private mutating func storageRules() -> StorageOfferRules {
    StorageOfferRules(
      largestChargeSegments: known(
        pack.storage.maximumChargeSegments.value, "charge segments of storages", assumed: 5, "five"),
      largestDischargeSegments: known(
        pack.storage.maximumDischargeSegments.value, "discharge segments of storages", assumed: 5, "five"),
      smallestSegmentMegawatts: width(pack.storage.minimumSegmentWidth, "segment of a storage"),
      limits: limits(), priceTick: price(pack.bids.priceTick, "step of prices", assumed: 0.01))
  }

  /// One curve from the charging to the discharging power; what the pack does not know is assumed, and said.
  mutating func add(
    _ storage: AssetFolder.Storage, plan: [Double], expected: [Double], endValue: Double
  ) throws {
    let rules = storageRules()
    payments()
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
    let steps = station.site.offer(quantity: whole.max() ?? 0, reference: reference, limits: limits())
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

  /// What a storage is paid beside energy is in no pack as a rule of storages: it is said, not guessed.
  private mutating func payments() {
    say(
      "rule pack \(pack.name) states no capacity payment of storages and no choice between self-schedule and price-based offers: none is "
        + "counted, storages are planned by self-schedule and bid a curve")
  }

  /// Steps of a virtual power plant by interval, lowest power to highest.
  private(set) var plantOffers: [[OfferStep]] = []

  mutating func add(plantOffers offers: [[OfferStep]]) { plantOffers = offers }

  /// Steps as a file: one row for each interval and step.
  var plantText: String {
    func thousandths(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }
    var lines = ["interval_end,step,from_MW,to_MW,price_per_MWh"]
    for (interval, steps) in zip(grid.intervals, plantOffers) {
      for (index, step) in steps.enumerated() {
        lines.append(
          "\(interval.endLabel),\(index + 1),\(thousandths(step.from)),\(thousandths(step.to)),\((step.pricePerMWh * 100).rounded() / 100)"
        )
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What is wrong with the plant's steps in sentences: joined, never falling, within the limits and their number.
  mutating func plantViolations() -> [String] {
    guard !plantOffers.isEmpty else { return [] }
    let rules = plantRules()
    return zip(grid.intervals, plantOffers).flatMap { interval, steps -> [String] in
      var found: [String] = []
      if steps.count > rules.largestSteps { found.append("\(interval.endLabel): \(steps.count) steps") }
      for (lower, upper) in zip(steps, steps.dropFirst()) {
        if upper.pricePerMWh < lower.pricePerMWh { found.append("\(interval.endLabel): the price falls") }
        if abs(upper.from - lower.to) > 1e-6 { found.append("\(interval.endLabel): steps do not join") }
      }
      if steps.contains(where: { !rules.limits.contains($0.pricePerMWh) }) {
        found.append(
          "\(interval.endLabel): a price lies outside \(rules.limits.lowerBound) to \(rules.limits.upperBound)")
      }
      return found
    }
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
