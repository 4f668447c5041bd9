import Compliance
import Foundation
import MarketModel
import MarketTestSupport
import Testing

@Suite("Compliance report")
struct ReportTests {
  static let ids = [
    "F01", "F02", "F03", "F04", "F05", "F06", "F07", "F08", "F09", "F10", "F11", "C01", "C02", "C03", "C04", "C05",
    "C06",
    "C07", "C09", "C10", "P01", "P02", "P03", "P04", "P05", "P06", "P07", "P08", "P09", "P13", "P14",
  ]

  @Test("a bid that keeps every rule passes every check whose data are there")
  func compliant() throws {
    let unit = try #require(try report([bid()]).units.first)
    #expect(unit.outcomes.map(\.id) == ReportTests.ids)
    #expect(unit.violations.map(\.description).isEmpty)
    #expect(unit.verdict == .noViolation(unconfirmed: ["P02", "P14"]))
    #expect(unit.outcomes.count { $0.result == .passed } == ReportTests.ids.count - 2)
  }

  @Test("every check answers passed, violated or not evaluated; a pack that knows nothing passes nothing of its rules")
  func unknownPack() throws {
    let rules = [
      "F02": "gates", "F04": "smallest_price_magnitude_per_MWh", "F05": "largest_share_of_rated",
      "F06": "price_tick_per_MWh", "F07": "quantity_tick_MW", "F08": "maximum_points", "F11": "price_basis",
      "C01": "prices_must_not_fall", "C03": "segments_must_join", "C04": "first_point", "C05": "last_point",
      "C06": "minimum_segment_MW", "C07": "bid_cap_per_MWh", "C09": "allows_equal_prices", "C10": "curve_form",
      "P07": "largest_minimum_up_minutes", "P08": "maximum_starts_per_plant", "P09": "reserve_up_share_of_rated",
    ]
    for (id, key) in rules.sorted(by: { $0.key < $1.key }) {
      let result = try answer(id, bid(), pack: ComplianceExample.pack(without: key))
      #expect(result.reason.hasPrefix("rule pack example 2022-01 does not know the "), "\(id): \(result)")
      #expect(result.reason.hasSuffix("(not found)"), "\(id): \(result)")
    }
  }

  @Test("a violation of the known half of a rule is not hidden by the unknown half")
  func halfKnown() throws {
    let high = bid([(0, 165, -80), (165, 330, 1301)])
    #expect(try answer("C07", high, pack: ComplianceExample.pack(without: "bid_floor_per_MWh")).sentences.count == 1)
  }

  @Test("a number changed in the pack changes the result, without a change of code")
  func packDecides() throws {
    let dear = bid([(0, 165, -80), (165, 250, 300), (250, 330, 1400)])
    #expect(try answer("C07", dear).sentences.count == 1)
    let wider = try ComplianceExample.pack("bid_cap_per_MWh", "{ value: 1500, clause: order 2, confidence: official }")
    #expect(try answer("C07", dear, pack: wider) == .passed)
    let coarse = try ComplianceExample.pack(
      "price_tick_per_MWh", "{ value: 100, clause: order 2, confidence: official }")
    #expect(try answer("F06", bid(), pack: coarse).sentences.count == 2)
  }

  @Test("the outcome names the rule with its value, clause and confidence")
  func citedRule() throws {
    let outcome = try #require(try report([bid()]).units.first?.outcome("C07"))
    #expect(outcome.rule == "bid floor -80 CNY/MWh (§7.2; official); bid cap 1300 CNY/MWh (§7.2; official)")
    #expect(outcome.severity == .block && outcome.stage == .preSubmit)
  }

  @Test("units come in their order, bids of one file are judged together, an empty book is a report")
  func order() throws {
    let both = try report([bid(unit: "A10"), bid(unit: "A2")], units: [])
    #expect(both.units.map(\.unit.text) == ["A2", "A10"])
    #expect(both.day == Example.day && both.packMarket == "example" && both.packVersion == "2022-01")
    let empty = try report([])
    #expect(empty.units.isEmpty && empty.day == nil && !empty.isViolated)
  }

  @Test("the report encodes with its sentences")
  func encoding() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let dear = try report([bid([(0, 165, -80), (165, 330, 1301)])])
    let text = String(decoding: try encoder.encode(dear), as: UTF8.self)
    #expect(text.contains("\"verdict\":\"violated\""))
    #expect(text.contains("\"sentence\":\"Unit A1, 2023-03-15, segment 2: price 1301 CNY\\/MWh is above the bid cap"))
    #expect(text.contains("\"result\":\"not evaluated\""))
  }
}
