import Compliance
import Foundation
import MarketModel
import MarketRules
import MarketTestSupport
import Testing

/// A submission: the bids, and all that they are checked against.
struct Submission {
  var bids: [SubmittedBid] = [bid()]
  var units: [UnitDay] = [Example.unitDay()]
  var facts = DeskFacts()
  var packLines = SubmissionExample.packLines
  var sent: Date? = ComplianceExample.inTime
  var declaresCommitment = true
  var day = Example.day

  func report() throws -> SubmissionReport {
    let pack = try RulePack(yaml: packLines.joined(separator: "\n"), file: "example/2022-01.yaml")
    let limits = Dictionary(units.map { ($0.unit.id, $0) }, uniquingKeysWith: { first, _ in first })
    return checkSubmission(
      bids, day: day,
      in: ComplianceContext(
        units: limits, plants: [], pack: pack, submissionTime: sent, declaresCommitment: declaresCommitment,
        facts: facts))
  }

  /// The pack with one line replaced, or a whole rule of one line.
  mutating func replace(_ key: String, _ text: String) {
    packLines = packLines.map { $0.hasPrefix("  \(key):") ? "  \(key): \(text)" : $0 }
  }

  mutating func unit(_ change: (inout UnitFacts) -> Void) {
    var facts = self.facts.units?["A1"] ?? UnitFacts()
    change(&facts)
    self.facts.units = (self.facts.units ?? [:]).merging(["A1": facts]) { _, new in new }
  }

  mutating func position(_ change: (inout PositionFacts) -> Void) {
    var facts = self.facts.position ?? PositionFacts()
    change(&facts)
    self.facts.position = facts
  }

  mutating func market(_ change: (inout MarketPowerFacts) -> Void) {
    var facts = self.facts.marketPower ?? MarketPowerFacts()
    change(&facts)
    self.facts.marketPower = facts
  }

  mutating func process(_ change: (inout ProcessFacts) -> Void) {
    var facts = self.facts.process ?? ProcessFacts()
    change(&facts)
    self.facts.process = facts
  }

  mutating func statement(_ change: (inout StatementFacts) -> Void) {
    var facts = self.facts.statement ?? StatementFacts()
    change(&facts)
    self.facts.statement = facts
  }

  mutating func plant(_ change: (inout PlantFacts) -> Void) {
    var plant = PlantFacts(plant: "A")
    change(&plant)
    facts.plants = [plant]
  }

  mutating func storage(_ segments: [(Double, Double, Double)], plan: [Double] = []) {
    bids = [bid(segments, plan: plan)]
    unit {
      $0.kind = .storage
      var storage = StorageFacts()
      (storage.chargePower, storage.dischargePower) = (100, 100)
      (storage.energy, storage.chargeEfficiency, storage.dischargeEfficiency) = (200, 0.95, 0.9)
      (storage.minimumCharge, storage.maximumCharge, storage.initialCharge) = (0.1, 0.9, 0.5)
      (storage.cyclesPerDay, storage.wearCost) = (2, 20)
      $0.storage = storage
    }
  }
}

/// A check with a submission that it must find, and the nearest legal one.
struct CheckCase: CustomTestStringConvertible, Sendable {
  let id: String
  let violate: @Sendable (inout Submission) throws -> Void
  let keep: @Sendable (inout Submission) throws -> Void
  var testDescription: String { id }

  init(
    _ id: String, _ violate: @escaping @Sendable (inout Submission) throws -> Void,
    _ keep: @escaping @Sendable (inout Submission) throws -> Void
  ) {
    (self.id, self.violate, self.keep) = (id, violate, keep)
  }
}

enum SubmissionExample {
  /// The example pack with every further group known.
  static let packLines =
    ComplianceExample.packLines + [
      "settlement:", rule("mode", "two-settlement"), rule("settlement_minutes", "15"),
      rule("contract_reference", "node"), rule("second_level_limit", "none"),
      rule("missing_bid", "[registered-default, last-valid]"), rule("locks_price_bands", "true"),
      rule("offers_within_forecast", "true"), rule("contract_point", "as-contracted"), rule("period_price", "mean"),
      rule("rounding", "line"), rule("second_level_form", "none"), rule("second_level_trigger_per_MWh", "1000"),
      rule("second_level_days", "7"), rule("second_level_node_share", "0.4"), rule("second_level_node_hours", "4"),
      rule("second_level_factor", "0.8"), rule("deviation_recovery_band", "0.05"),
      rule("deviation_recovery_share", "0.5"), rule("pays_start_up", "true"), rule("pays_no_load", "false"),
      rule("capacity_price_per_MWh", "70.5"), rule("dispute_days", "3"),
      "storage:", rule("maximum_charge_segments", "5"), rule("maximum_discharge_segments", "5"),
      rule("minimum_segment_MW", "2"), rule("spans_rated_power", "true"),
      "position:", rule("lowest_contract_coverage", "0.7"), rule("highest_contract_coverage", "0.9"),
      rule("lowest_interval_coverage", "0.5"), rule("highest_interval_coverage", "1.2"), rule("deviation_band", "0.1"),
      "conduct:", rule("residual_supply_reference", "1"), rule("cost_multiple", "3"),
      rule("largest_share_above_cost", "0.3"), rule("largest_withheld_share", "0.01"),
      rule("reference_margin_share", "0.1"), rule("reference_margin_per_MWh", "30"),
      rule("largest_price_impact_per_MWh", "30"), rule("largest_similarity", "0.99"),
      rule("largest_shape_change", "0.05"), rule("largest_parameter_changes", "3"),
    ]

  private static func rule(_ key: String, _ value: String) -> String {
    "  \(key): { value: \(value), clause: §9, confidence: official }"
  }

  static let cold = UnitState.off(minutes: 5_000)

  static func unit(state: UnitState) -> [UnitDay] { [Example.unitDay(state: state)] }

  /// 0–165 at −80, then segments of equal width to `end` at these prices.
  static func curve(_ prices: [Double], end: Double = 330) -> [SubmittedBid] {
    let width = (end - 165) / Double(prices.count)
    let upper = prices.enumerated().map { index, price in
      (165 + width * Double(index), 165 + width * Double(index + 1), price)
    }
    return [bid([(0, 165, -80)] + upper)]
  }
}
