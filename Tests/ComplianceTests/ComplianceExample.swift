import Compliance
import Foundation
import MarketModel
import MarketRules
import MarketTestSupport
import Testing

/// A pack in which every rule is known, a unit of 165–330 MW, and a bid that keeps all of it.
enum ComplianceExample {
  static let packLines = [
    "market: example", "version: \"2022-01\"", "status: in-force",
    "effective: { from: 2022-01-01, to: 2023-12-31, clause: \"order 1\", confidence: official }", "title: example",
    "source: example", "currency: CNY", "time_zone: Asia/Shanghai",
    "timetable:", rule("interval_minutes", "15"), rule("interval_label", "end"),
    rule("information_cutoff", "D-1T09:45"),
    "  gates:", "    value:", "      - { name: first, closes: \"D-1T09:45\", locks: [] }",
    "      - { name: final, closes: \"D-1T15:00\", locks: [curve] }", "    clause: §5.1", "    confidence: official",
    rule("day_ahead_results", "D-1T17:00"), rule("dispatch_plan", "D-1T19:30"),
    "bids:", rule("curve_form", "slopes"), rule("minimum_points", "2"), rule("maximum_points", "4"),
    rule("bid_floor_per_MWh", "-80"), rule("bid_cap_per_MWh", "1300"), rule("price_tick_per_MWh", "1"),
    rule("quantity_tick_MW", "1"), rule("minimum_segment_MW", "2"), rule("minimum_segment_share_of_range", "0.05"),
    rule("prices_must_not_fall", "true"), rule("segments_must_join", "true"), rule("first_point", "minimum-output"),
    rule("last_point", "available-maximum"), rule("allows_equal_prices", "false"), rule("curves_per_day", "1"),
    "  price_basis:",
    "    value: { stage: day-ahead, place: node, standing: disclosed, includes_capacity_adder: false, includes_tax: true }",
    "    clause: §7.2", "    confidence: official",
    "clearing:", rule("clearing_floor_per_MWh", "-100"), rule("clearing_cap_per_MWh", "1500"),
    rule("clearing_price_tick_per_MWh", "0.01"), rule("price_range", "lowest"), rule("tie_break", "pro-rata"),
    rule("equal_price_volume", "most"), rule("shortage_price", "cap"), rule("surplus_price", "floor"),
    "physics:", rule("largest_minimum_up_minutes", "480"), rule("largest_minimum_down_minutes", "480"),
    rule("maximum_starts_per_plant", "1"), rule("reserve_up_share_of_rated", "0.1"),
    rule("reserve_down_share_of_rated", "0.1"),
    "plausibility:", rule("smallest_price_magnitude_per_MWh", "2"), rule("largest_share_of_rated", "1.05"),
  ]

  private static func rule(_ key: String, _ value: String) -> String {
    "  \(key): { value: \(value), clause: §7.2, confidence: official }"
  }

  /// The pack with one line replaced: a rule's key and its new text after the colon.
  static func pack(_ key: String = "", _ text: String = "") throws -> RulePack {
    let lines = packLines.map { line in
      let isMeant = !key.isEmpty && line.drop { $0 == " " }.hasPrefix(key + ":")
      return isMeant ? String(line.prefix { $0 == " " }) + key + ": " + text : line
    }
    return try RulePack(yaml: lines.joined(separator: "\n"), file: "example/2022-01.yaml")
  }

  /// The pack that does not know a rule.
  static func pack(without key: String) throws -> RulePack {
    guard let block = packLines.firstIndex(of: "  \(key):") else {
      return try pack(key, "{ unknown: \"not found\" }")
    }
    let end = packLines[block...].firstIndex { $0.contains("confidence") } ?? block
    var lines = packLines
    lines.replaceSubrange(block...end, with: ["  \(key): { unknown: \"not found\" }"])
    return try RulePack(yaml: lines.joined(separator: "\n"), file: "example/2022-01.yaml")
  }

  static let basis = PriceBasis(
    stage: .dayAhead, place: .node, standing: .disclosed, includesCapacityAdder: false, includesTax: true)

  /// 0–165 at −80, 165–250 at 300, 250–330 at 350.
  static let segments: [(Double, Double, Double)] = [(0, 165, -80), (165, 250, 300), (250, 330, 350)]

  /// Before the gate at 15:00 on the day before, in the market's clock.
  static var inTime: Date { Example.zone.instant(day: Example.day.advanced(by: -1), minute: 840) }
}

/// A bid with some parts changed.
func bid(
  _ segments: [(Double, Double, Double)] = ComplianceExample.segments, unit: String = "A1",
  day: MarketDay = Example.day,
  form: CurveForm? = .slopes, priceUnit: String = "CNY/MWh", commitment: [Bool] = Array(repeating: true, count: 96),
  plan: [Double] = Array(repeating: 200, count: 96), basis: PriceBasis? = ComplianceExample.basis
) -> SubmittedBid {
  SubmittedBid(
    unit: UnitID(unit), day: day, form: form, priceUnit: priceUnit,
    segments: segments.enumerated().map {
      SubmittedSegment(
        number: $0 + 1, fromMegawatts: $1.0, toMegawatts: $1.1, pricePerMegawattHour: $1.2)
    }, commitment: commitment, plannedMegawatts: plan, basis: basis)
}

func report(
  _ bids: [SubmittedBid], units: [UnitDay] = [Example.unitDay()], plants: [Plant] = [], pack: RulePack? = nil,
  sent: Date? = ComplianceExample.inTime
) throws -> ComplianceReport {
  let limits = Dictionary(units.map { ($0.unit.id, $0) }, uniquingKeysWith: { first, _ in first })
  return checkBids(
    bids,
    in: ComplianceContext(
      units: limits, plants: plants, pack: try pack ?? ComplianceExample.pack(), submissionTime: sent))
}

/// The answer of one check to one bid.
func answer(
  _ id: String, _ bid: SubmittedBid, units: [UnitDay] = [Example.unitDay()], plants: [Plant] = [],
  pack: RulePack? = nil, sent: Date? = ComplianceExample.inTime
) throws -> CheckResult {
  let outcome = try report([bid], units: units, plants: plants, pack: pack, sent: sent).units.first?.outcome(id)
  return try #require(outcome, "there is no check \(id)").result
}

extension CheckResult {
  /// The sentences of a violation.
  var sentences: [String] {
    if case .violated(let found) = self { found.map(\.description) } else { [] }
  }

  var reason: String {
    if case .notEvaluated(let reason) = self { reason } else { "" }
  }
}

/// On line (1) and off line (0) in runs of intervals: "1×20 0×76".
func runs(_ runs: (Bool, Int)...) -> [Bool] { runs.flatMap { Array(repeating: $0.0, count: $0.1) } }
