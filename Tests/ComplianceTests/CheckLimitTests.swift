import Foundation
import MarketModel
import MarketTestSupport
import Testing

@testable import Compliance

/// What checks answer at the end of a list, exactly at a limit, and for parts of a day that no planted case reaches.
@Suite("Checks at their limits") struct CheckLimitTests {
  static func rows(_ id: String, _ change: (inout Submission) throws -> Void) throws -> [SubmissionRow] {
    var submission = Submission()
    try change(&submission)
    return try submission.report().rows(of: id)
  }

  static func results(_ id: String, _ change: (inout Submission) throws -> Void) throws -> [SubmissionRow.Answer] {
    try rows(id, change).map(\.result)
  }

  static func passes(_ id: String, _ change: (inout Submission) throws -> Void) throws -> Bool {
    try results(id, change) == [.passed]
  }

  @Test("blocks: shares of acceptance, sums of groups, circles of parents")
  func blocks() throws {
    func found(_ blocks: [BlockOrder]) throws -> [String] {
      try Self.rows("C12") { $0.facts.blocks = blocks }.filter { $0.result == .violated }.map(\.message)
    }
    for share in [0, -0.1, 1.2] { #expect(try found([BlockOrder(id: "a", minimumAcceptance: share)]).count == 1) }
    #expect(try found([BlockOrder(id: "a", minimumAcceptance: 0.2)]).isEmpty)
    func group(_ first: Double, _ second: Double, _ other: String = "g") -> [BlockOrder] {
      [BlockOrder(id: "a", group: "g", ratio: first), BlockOrder(id: "b", group: other, ratio: second)]
    }
    #expect(try found(group(0.5, 0.5)).isEmpty && found(group(0.6, 0.6, "h")).isEmpty)
    #expect(try found(group(0.6, 0.6)).first?.contains("asks for 1.2 in all") == true)
    let circle = try found([
      BlockOrder(id: "a", parent: "b"), BlockOrder(id: "b", parent: "a"), BlockOrder(id: "c", parent: "a"),
    ])
    #expect(circle.count == 2 && circle.allSatisfy { $0.contains("is its own ancestor") && !$0.contains("block c") })
  }

  @Test("reserve is not asked of a unit that starts, stops or is off line")
  func reserve() throws {
    let plan = [Double](repeating: 0, count: 20) + [165] + [Double](repeating: 200, count: 54) + [165]
    let whole = plan + [Double](repeating: 0, count: 96 - plan.count)
    let commitment = runs((false, 20), (true, 56), (false, 20))
    #expect(
      try Self.passes("P09") {
        $0.units = SubmissionExample.unit(state: SubmissionExample.cold)
        $0.bids = [bid(commitment: commitment, plan: whole)]
      })
    var low = whole
    low[21] = 197
    #expect(
      try Self.results("P09") {
        $0.units = SubmissionExample.unit(state: SubmissionExample.cold)
        $0.bids = [bid(commitment: commitment, plan: low)]
      } == [.violated])
  }

  @Test("a band that does not hold the plan, and one that is no band, find nothing")
  func zones() throws {
    #expect(try Self.passes("P14") { $0.unit { $0.exclusionZones = [[100, 150], [250, 300], [190]] } })
    #expect(try Self.passes("P14") { $0.unit { $0.exclusionZones = [[200, 250], [150, 200]] } })
  }

  @Test("a plant that starts too often is the fault of the units that start")
  func plantStarts() throws {
    var submission = Submission()
    submission.units = ["A1", "A2", "A3"].map {
      Example.unitDay(Example.unit($0, state: $0 == "A3" ? Example.unit().initialState : SubmissionExample.cold))
    }
    submission.bids = ["A1", "A2", "A3"].map {
      bid(unit: $0, commitment: $0 == "A3" ? runs((true, 96)) : runs((false, 20), (true, 76)), plan: [])
    }
    let rows = try submission.report().rows(of: "P08")
    #expect(rows.map(\.unit) == ["A1", "A2", "A3"])
    #expect(rows.map(\.result) == [.violated, .violated, .passed])
  }

  @Test("as many curves as the pack allows pass; a value beyond the day's intervals is found without a label")
  func completeness() throws {
    func two(_ submission: inout Submission) { submission.bids = [bid(), bid()] }
    #expect(try Self.results("F09", two) == [.violated, .violated])
    #expect(
      try Self.results("F09") {
        two(&$0)
        $0.replace("curves_per_day", "{ value: 2, clause: c, confidence: official }")
      } == [.passed, .passed])
    for wrong in [-1, .infinity, .nan] {
      let plan = [Double](repeating: 200, count: 95) + [wrong]
      let rows = try Self.rows("F09") { $0.bids = [bid(plan: plan)] }
      #expect(rows.map(\.result) == [.violated] && rows[0].interval == "24:00", "\(wrong)")
    }
    let long = try Self.rows("F09") { $0.bids = [bid(plan: [Double](repeating: 200, count: 96) + [-1])] }
    #expect(long.map(\.result) == [.violated, .violated] && long.allSatisfy { $0.interval == nil })
  }

  @Test("what a ticket takes away is not withheld")
  func ticket() throws {
    func offer(_ end: Double, _ derate: Double) throws -> Bool {
      try Self.passes("M05") {
        $0.bids = SubmissionExample.curve([300], end: end)
        $0.unit { $0.ticketedDerate = derate }
      }
    }
    #expect(try offer(290, 40))
    #expect(try !offer(286, 40))
  }

  @Test("series longer than the day are judged to their end, of different lengths not at all")
  func series() throws {
    let long = [Double](repeating: 80, count: 96) + [59]
    let heat = try Self.rows("E03") {
      $0.unit { ($0.heatServed, $0.heatContracted) = (long, [Double](repeating: 60, count: 97)) }
    }
    #expect(heat.map(\.result) == [.violated] && heat[0].interval == nil)
    let contracts = try Self.rows("R02") {
      $0.unit { ($0.contracted, $0.expected) = ([Double](repeating: 0, count: 96) + [70], long) }
    }
    #expect(contracts.map(\.result) == [.violated] && contracts[0].interval == nil)
    let uneven = try Self.rows("R02") { $0.unit { ($0.contracted, $0.expected) = ([1, 2], [1]) } }
    #expect(uneven.map(\.result) == [.notEvaluated] && uneven[0].message.contains("has 2 values"))
  }

  @Test("allowances and tail losses are worked out from their shares and counts")
  func shares() throws {
    func allowances(_ owned: Double) throws -> Bool {
      try Self.passes("E06") { $0.facts.carbon = CarbonFacts(emissions: 100, allowances: owned, requiredShare: 0.5) }
    }
    #expect(try allowances(50) && !allowances(49))
    // Of forty scenarios the worst two lose 100 and 300: 200 in the mean.
    let profits = [Double](repeating: 1, count: 38) + [-100, -300]
    func tail(_ budget: Double) throws -> Bool {
      try Self.passes("R05") { $0.position { ($0.scenarioProfits, $0.tailBudget) = (profits, budget) } }
    }
    #expect(try tail(200) && !tail(199.9))
    func item(_ stated: Double) throws -> Bool {
      try Self.passes("D09") {
        $0.statement {
          ($0.stated, $0.computed) = (["energy": stated], ["energy": 200])
          ($0.toleranceAmount, $0.toleranceShare) = (1, 0.1)
        }
      }
    }
    #expect(try item(219) && item(181) && !item(221) && !item(179))
  }

  @Test("before the gate the draft is frozen and somebody is on duty; an override has a person and a reason")
  func process() throws {
    func deadline(_ frozen: Bool?, _ duty: String?) throws -> Int {
      try Self.rows("D01") {
        SubmissionExample.deadline(&$0, minutesLeft: 10)
        $0.process { ($0.frozen, $0.submitterOnDuty) = (frozen, duty) }
      }.count { $0.result == .violated }
    }
    #expect(try deadline(true, "Li") == 0)
    #expect(try deadline(false, "Li") == 1 && deadline(nil, "Li") == 1 && deadline(true, "") == 1)
    #expect(try deadline(false, nil) == 2)
    func overrides(_ entries: [OverrideEntry]) throws -> Int {
      try Self.rows("D05") { $0.process { ($0.maker, $0.checker, $0.overrides) = ("Li", "Wang", entries) } }
        .count { $0.result == .violated }
    }
    #expect(try overrides([OverrideEntry(check: "C07", person: "Li", reason: "by telephone")]) == 0)
    #expect(try overrides([OverrideEntry(check: "C07", person: "", reason: "by telephone")]) == 1)
    #expect(try overrides([OverrideEntry(check: "C07", person: "Li", reason: "")]) == 1)
  }

  @Test("prices within the guard, curves that end at the lowest output, and ends that do not rise")
  func curves() throws {
    #expect(try Self.results("F04") { $0.bids = [bid([(0, 165, 0), (165, 330, 2)])] } == [.violated])
    #expect(try Self.passes("F05") { $0.bids = [bid([(0, 165, 0)])] })
    #expect(try Self.rows("C02") { $0.bids = [bid([(0, 165, 0), (100, 165, 1)])] }.compactMap(\.segment) == [2])
    #expect(try Self.rows("F07") { $0.bids = [bid([(0, 165, 0), (165.0004, 330, 1)])] }.compactMap(\.segment) == [2])
    #expect(try Self.rows("F07") { $0.bids = [bid([(0, 165.0004, 0), (165, 330, 1)])] }.compactMap(\.segment) == [1])
    let locked = try Self.rows("C11") { $0.unit { $0.lockedPrices = [-80, 300] } }
    #expect(locked.compactMap(\.segment) == [3] && locked[0].message.contains("locked is no band"))
    #expect(try Self.passes("C11") { $0.unit { $0.lockedPrices = [-80, 300, 350, 400] } })
  }

  @Test("samples lie on the line between segments, or on their steps")
  func samples() throws {
    let curve = [(from: 0.0, to: 100.0, price: 0.0), (from: 100.0, to: 200.0, price: 100.0)]
    let slopes = try #require(sampledPrices(curve, form: .slopes))
    for (found, expected) in zip(slopes, [0.0, 0, 0, 0, 0, 0, 20, 40, 60, 80, 100]) {
      #expect(abs(found - expected) < 1e-9)
    }
    #expect(sampledPrices(curve, form: .steps) == [0, 0, 0, 0, 0, 0, 100, 100, 100, 100, 100])
    #expect(sampledPrices([], form: .steps) == nil && sampledPrices([(from: -5, to: 0, price: 1)], form: .steps) == nil)
    let rows = try Self.rows("M08") {
      $0.unit { $0.group = "own" }
      $0.market { $0.otherBids = [OtherBid(unit: "Z1", group: "z", plant: "Z", segments: [[0, 165]])] }
    }
    #expect(rows.map(\.result) == [.notEvaluated] && rows[0].message.contains("the bid of Z1 is no curve"))
  }

  @Test("a storage that ends exactly full or at its cycles passes; sides are counted apart")
  func storages() throws {
    func plan(_ values: [Double]) -> [Double] { values + [Double](repeating: 0, count: 96 - values.count) }
    func storage(_ submission: inout Submission, _ values: [Double]) {
      submission.storage(SubmissionExample.charging, plan: plan(values))
      submission.unit {
        var own = $0.storage ?? StorageFacts()
        (own.chargeEfficiency, own.dischargeEfficiency, own.cyclesPerDay) = (1, 1, 1)
        $0.storage = own
      }
    }
    // From 50 % of 200 MWh eight quarters of 40 MW make 90 %, nine 95 %.
    #expect(try Self.passes("P10") { storage(&$0, [Double](repeating: -40, count: 8)) })
    #expect(try Self.passes("P10") { storage(&$0, [Double](repeating: 40, count: 8)) })
    let full = try Self.rows("P10") { storage(&$0, [Double](repeating: -40, count: 9)) }
    #expect(full[0].message.contains("at 95.0 %") && full[0].message.contains("Charge less"))
    let empty = try Self.rows("P10") { storage(&$0, [Double](repeating: 40, count: 9)) }
    #expect(empty[0].message.contains("at 5.0 %") && empty[0].message.contains("Discharge less"))
    let cycle = [Double](repeating: -100, count: 8) + [Double](repeating: 100, count: 8)
    #expect(try Self.passes("P11") { storage(&$0, cycle) })
    #expect(try Self.results("P11") { storage(&$0, cycle + [4]) } == [.violated])
    func sides(_ charge: Int, _ discharge: Int) throws -> Bool {
      var segments: [(Double, Double, Double)] = []
      for number in -charge..<discharge {
        let from = Double(number) * 5
        segments.append((from, from + 5, 200 + from + (number < 0 ? 0 : 100)))
      }
      return try Self.passes("F08") { $0.storage(segments) }
    }
    #expect(try sides(5, 5) && sides(3, 3) && !sides(6, 1) && !sides(1, 6))
  }
}
