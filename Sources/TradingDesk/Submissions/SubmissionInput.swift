internal import Compliance
internal import Foundation
internal import MarketData
internal import MarketModel
internal import MarketRules

/// A bid file and its register as the checks read them.
struct SubmissionInput {
  let rows: [BidSegmentRow]
  /// nil if no register was given.
  let units: [DeclaredUnit]?
  let facts: DeskFacts
  let pack: RulePack
  let day: MarketDay

  private var grid: IntervalGrid { pack.zone.grid(for: day) }
  private var declaresCommitment: Bool { rows.contains { $0.onLine != nil } }

  func requireDistinctUnits(file: URL?) throws {
    var seen: Set<UnitID> = []
    for name in (units ?? []).map(\.unit.id) where !seen.insert(name).inserted {
      throw DeskProblem(.badData, "\(file?.path ?? "the register"): unit \(name) stands twice; keep one row.")
    }
  }

  /// One bid for each unit, in the order of the file.
  func bids(file: URL) throws -> [SubmittedBid] {
    var order: [UnitID] = []
    var own: [UnitID: [BidSegmentRow]] = [:]
    for row in rows {
      if own[row.unit] == nil { order.append(row.unit) }
      own[row.unit, default: []].append(row)
    }
    return try order.map { unit in
      let segments = own[unit] ?? []
      return try bid(unit, segments, file: file)
    }
  }

  private func bid(_ unit: UnitID, _ segments: [BidSegmentRow], file: URL) throws -> SubmittedBid {
    var commitment: [Bool] = []
    if let first = segments.first, let text = first.onLine {
      guard let read = OnLineText.commitment(text, on: grid) else {
        throw DeskProblem(
          .badData, "\(file.path):\(first.line): on_line is \"\(text)\"; write runs such as 00:00–09:30;16:00–24:00.")
      }
      commitment = read
    }
    return SubmittedBid(
      unit: unit, day: day, form: form(segments.first?.form),
      priceUnit: segments.first?.priceUnit ?? pack.currency + "/MWh",
      segments: segments.map {
        SubmittedSegment(number: $0.segment, fromMegawatts: $0.from, toMegawatts: $0.to, pricePerMegawattHour: $0.price)
      }, commitment: commitment, plannedMegawatts: [], basis: basis(segments.first))
  }

  /// A file that names no form is read in the pack's.
  private func form(_ text: String?) -> CurveForm? { text.map { CurveForm(rawValue: $0) } ?? pack.bids.curveForm.value }

  private func basis(_ row: BidSegmentRow?) -> PriceBasis? {
    pack.bids.priceBasis.value.map { rule in
      PriceBasis(
        stage: rule.stage, place: rule.place, standing: rule.standing,
        includesCapacityAdder: row?.includesCapacityAdder ?? rule.includesCapacityAdder,
        includesTax: row?.includesTax ?? rule.includesTax)
    }
  }

  func context(sent: Date?, bids: [SubmittedBid]) -> ComplianceContext {
    var limits: [UnitID: UnitDay] = [:]
    var limitations: [UnitID: [String: DataLimitation]] = [:]
    var facts = facts
    var known = facts.units ?? [:]
    for declared in units ?? [] {
      let id = declared.unit.id
      limits[id] = declared.unitDay(on: grid)
      limitations[id] = declared.limitations
      known[id.text] = declared.facts(over: known[id.text] ?? UnitFacts())
    }
    facts.units = known
    let statesBasis = rows.allSatisfy { $0.includesCapacityAdder != nil && $0.includesTax != nil }
    for bid in bids {
      if !statesBasis {
        limitations[bid.unit, default: [:]]["F11"] = .unconfirmed(
          reason: "the bid file has no columns includes_capacity_adder and includes_tax")
      }
      if units == nil {
        limitations[bid.unit, default: [:]]["F01"] = .unanswerable(reason: "no register of units was given")
      }
    }
    return ComplianceContext(
      units: limits, plants: [], pack: pack, submissionTime: sent, declaresCommitment: declaresCommitment, facts: facts,
      limitations: limitations)
  }

  /// What the operator takes for every unit of the register that has no bid.
  func missingBids() -> [String] {
    let offered = Set(rows.map(\.unit))
    let rule: String
    switch pack.settlement.missingBid {
    case .known(let rules, let citation):
      rule = "the operator takes \(rules.map(\.rawValue).joined(separator: ", then ")) (\(citation.clause))"
    case .unknown(let reason): rule = "what the operator takes is not known (\(reason))"
    }
    return (units ?? []).map(\.unit.id).filter { !offered.contains($0) }
      .map { "Unit \($0) has no bid: \(rule)." }
  }
}

extension DeclaredUnit {
  private var kind: UnitFacts.Kind? { texts["kind"].flatMap(UnitFacts.Kind.init(rawValue:)) }

  func unitDay(on grid: IntervalGrid) -> UnitDay {
    let rated = unit.ratedCapacity
    let available = numbers["available_MW"].map { Power(kilowatts: Int64(max(0, min($0, 1e9)) * 1_000)) } ?? rated
    let lowest = max(unit.minimumStableOutput, unit.heatSupply?.minimumOutput ?? .zero)
    return UnitDay(
      unit: unit, availableCapacity: IntervalSeries(grid, repeating: min(rated, available)),
      minimumOutput: IntervalSeries(grid, repeating: lowest), mustRun: IntervalSeries(grid, repeating: false),
      initialState: unit.initialState, minutesFromOrder: nil)
  }

  /// Checks that the row's columns do not reach.
  var limitations: [String: DataLimitation] {
    var found: [String: DataLimitation] = [:]
    func needs(_ column: String, _ checks: [String], _ limitation: (String) -> DataLimitation) {
      guard numbers[column] == nil else { return }
      for check in checks { found[check] = limitation("the register has no \(column) of the unit") }
    }
    needs("available_MW", ["P01"]) { .unconfirmed(reason: $0 + ", so what outages leave is not known") }
    needs("auxiliary_percent", ["P13"]) { .unanswerable(reason: $0) }
    needs("start_h", ["P05"]) { .unanswerable(reason: $0) }
    needs("maximum_starts_per_day", ["P08"]) { .unconfirmed(reason: $0) }
    needs("initial_output_MW", ["P04", "P05", "P06", "P07", "P08"]) { .unanswerable(reason: $0) }
    needs("initial_hours", ["P04", "P05", "P06", "P07", "P08"]) { .unanswerable(reason: $0) }
    if let kind, kind != .thermal {
      let widths = kind == .storage ? [] : ["C06"]
      for check in widths + ["F05", "C04", "C05", "P03", "P04", "P05", "P06", "P07", "P08", "P09", "P13"] {
        found[check] = .unanswerable(reason: "the check is written for thermal units, not for \(kind.rawValue)")
      }
    }
    return found
  }

  /// The row's columns over what else is known of the unit.
  func facts(over known: UnitFacts) -> UnitFacts {
    var facts = known
    facts.kind = kind ?? facts.kind
    facts.active = flags["active"] ?? facts.active
    facts.node = texts["node"] ?? facts.node
    facts.settlementUnit = texts["settlement_unit"] ?? facts.settlementUnit
    facts.group = texts["group"] ?? facts.group
    facts.declaredCapacity = numbers["declared_capacity_MW"] ?? facts.declaredCapacity
    facts.disclosedCapacity = numbers["disclosed_capacity_MW"] ?? facts.disclosedCapacity
    facts.ticketedDerate = numbers["available_MW"].map { unit.ratedCapacity.megawatts - $0 } ?? facts.ticketedDerate
    facts.exclusionZones = texts["exclusion_zones_MW"].flatMap(DeclaredUnit.zones) ?? facts.exclusionZones
    facts.marginalCost = marginalCost
    facts.referencePrice = numbers["reference_price_per_MWh"] ?? facts.referencePrice
    facts.costFile = flags["cost_file"] ?? facts.costFile
    facts.forecast = numbers["forecast_MW"].map { [$0] } ?? facts.forecast
    facts.filedMinimumHeating = flags["filed_minimum_heating"] ?? facts.filedMinimumHeating
    facts.bidMinimumHeating = flags["bid_minimum_heating"] ?? facts.bidMinimumHeating
    facts.coalQuality = numbers["coal_kcal_per_kg"] ?? facts.coalQuality
    facts.coalQualityMinimum = numbers["coal_minimum_kcal_per_kg"] ?? facts.coalQualityMinimum
    facts.deratedCapacity = numbers["derated_capacity_MW"] ?? facts.deratedCapacity
    facts.parameterChanges = numbers["parameter_changes"].flatMap { Int(exactly: $0) } ?? facts.parameterChanges
    facts.storage = storage(over: facts.storage)
    return facts
  }

  private func storage(over known: StorageFacts?) -> StorageFacts? {
    guard kind == .storage else { return known }
    var storage = known ?? StorageFacts()
    storage.energy = numbers["energy_MWh"] ?? storage.energy
    storage.chargeEfficiency = numbers["charge_efficiency"] ?? storage.chargeEfficiency
    storage.dischargeEfficiency = numbers["discharge_efficiency"] ?? storage.dischargeEfficiency
    storage.minimumCharge = numbers["soc_minimum"] ?? storage.minimumCharge
    storage.maximumCharge = numbers["soc_maximum"] ?? storage.maximumCharge
    storage.initialCharge = numbers["soc_initial"] ?? storage.initialCharge
    storage.cyclesPerDay = numbers["cycles_per_day"] ?? storage.cyclesPerDay
    storage.wearCost = numbers["wear_cost_per_MWh"] ?? storage.wearCost
    return storage
  }

  /// "210-230;250-260", or "none"; nil if it is not of that form.
  private static func zones(_ text: String) -> [[Double]]? {
    if text == "none" { return [] }
    let zones = text.split(separator: ";").map { $0.split(separator: "-").compactMap { Double($0) } }
    return zones.allSatisfy { $0.count == 2 && $0[0] < $0[1] } ? zones : nil
  }
}
