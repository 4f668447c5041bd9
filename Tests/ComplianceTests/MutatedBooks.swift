import Compliance
import Foundation
import MarketModel
import MarketRules
import MarketTestSupport

/// Numbers of SplitMix64 (Steele, Lea, Flood 2014).
struct Draw {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  mutating func whole(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
  }
}

/// A bid as whole numbers: MW and currency units, so that what breaks a rule of the example pack is plain to see.
struct PlainBid {
  var unit: String
  var minimum: Int
  var capacity: Int
  /// (from, to, price): the block from zero, then segments that join, with rising prices.
  var segments: [(Double, Double, Double)]
  var form = CurveForm.slopes
  var priceUnit = "CNY/MWh"
  var basis = ComplianceExample.basis

  /// Whether some price lies more than 2 from zero; a curve without one is taken for prices per kWh (F04).
  var isPlausible: Bool { segments.contains { $0.2.magnitude > 2 } }

  /// The least width that the example pack asks for: 2 MW and 5 % of the range.
  var width: Int { max(2, (capacity - minimum + 19) / 20) }

  init(_ draw: inout Draw, unit: String) {
    self.unit = unit
    minimum = draw.whole(60...300)
    capacity = minimum + draw.whole(100...500)
    let count = draw.whole(1...3)
    let least = max(2, (capacity - minimum + 19) / 20)
    var cuts = [minimum]
    for index in 1..<count where count > 1 {
      let room = capacity - (cuts.last ?? 0) - (count - index) * least
      cuts.append((cuts.last ?? 0) + draw.whole(least...max(least, room)))
    }
    cuts.append(capacity)
    var price = draw.whole(-80...200)
    segments = [(0, Double(minimum), Double(price))]
    for index in 1..<cuts.count {
      price += draw.whole(3...300)
      segments.append((Double(cuts[index - 1]), Double(cuts[index]), Double(price)))
    }
    if !isPlausible { segments[segments.count - 1].2 = 300 }
  }

  var submitted: SubmittedBid {
    bid(segments, unit: unit, form: form, priceUnit: priceUnit, plan: [], basis: basis)
  }

  var unitDay: UnitDay {
    Example.unitDay(Example.unit(unit, rated: Double(capacity), minimum: Double(minimum)))
  }
}

/// A book and how it will be sent.
struct PlainBook {
  var bids: [PlainBid]
  /// The units of the register, whatever the bids become.
  let register: [PlainBid]
  var sent = ComplianceExample.inTime
  var twice: Int?
  var numbersFromZero: Int?
  var retired: String?

  init(_ draw: inout Draw, units: Int) {
    var made: [PlainBid] = []
    for index in 1...units { made.append(PlainBid(&draw, unit: "U\(index)")) }
    bids = made
    register = made
  }

  var submitted: [SubmittedBid] {
    var submitted = bids.enumerated().map { index, plain in
      index == numbersFromZero ? renumbered(plain.submitted) : plain.submitted
    }
    if let twice { submitted.append(submitted[twice]) }
    return submitted
  }

  func context(pack: RulePack) -> ComplianceContext {
    var facts = DeskFacts()
    if let retired {
      var unit = UnitFacts()
      unit.active = false
      facts.units = [retired: unit]
    }
    let limits = Dictionary(uniqueKeysWithValues: register.map { (UnitID($0.unit), $0.unitDay) })
    return ComplianceContext(units: limits, plants: [], pack: pack, submissionTime: sent, facts: facts)
  }

  func report(pack: RulePack) -> SubmissionReport {
    checkSubmission(submitted, day: Example.day, in: context(pack: pack))
  }

  private func renumbered(_ bid: SubmittedBid) -> SubmittedBid {
    SubmittedBid(
      unit: bid.unit, day: bid.day, form: bid.form, priceUnit: bid.priceUnit,
      segments: bid.segments.map {
        SubmittedSegment(
          number: $0.number - 1, fromMegawatts: $0.fromMegawatts, toMegawatts: $0.toMegawatts,
          pricePerMegawattHour: $0.pricePerMegawattHour)
      }, commitment: bid.commitment, plannedMegawatts: bid.plannedMegawatts, basis: bid.basis)
  }
}

/// A change of one bid of a book and the check that must find it; nil where the rules allow the change.
struct Mutation: Sendable {
  let name: String
  let check: String?
  /// False if the change cannot be made on this bid.
  let apply: @Sendable (inout PlainBook, Int, inout Draw) -> Bool

  static func on(
    _ name: String, _ check: String?, _ change: @escaping @Sendable (inout PlainBid, inout Draw) -> Bool
  ) -> Mutation {
    Mutation(name: name, check: check) { book, index, draw in change(&book.bids[index], &draw) }
  }
}
