import Compliance
import Foundation
import MarketModel
import MarketTestSupport

extension SubmissionExample {
  static let formatCases: [CheckCase] = [
    CheckCase("F01", { $0.bids = [bid(unit: "B9")] }, { $0.bids = [bid()] }),
    CheckCase("F02", { $0.sent = ComplianceExample.inTime.addingTimeInterval(3_640) }) {
      $0.sent = ComplianceExample.inTime.addingTimeInterval(3_599)
    },
    CheckCase("F03", { dated(&$0, Example.day(2024, 1, 1)) }, { dated(&$0, Example.day(2023, 12, 31)) }),
    CheckCase("F04", { $0.bids = curve([0.35, 0.4]).map(lowFloor) }, { $0.bids = curve([3, 4]) }),
    CheckCase("F05", { $0.bids = [bid([(0, 16.5, 0), (16.5, 33, 300)])] }, { $0.bids = [bid()] }),
    CheckCase("F06", { $0.bids = curve([312.5]) }, { $0.bids = curve([312]) }),
    CheckCase("F07", { $0.bids = [bid([(0, 165, 0), (165, 260.35, 300), (260.35, 330, 350)])] }) {
      $0.bids = [bid([(0, 165, 0), (165, 260, 300), (260, 330, 350)])]
    },
    CheckCase("F08", { $0.bids = curve([1, 2, 3, 4]) }, { $0.bids = curve([1, 2, 3]) }),
    CheckCase("F09", { $0.bids = [bid(commitment: Array(repeating: true, count: 95))] }, { $0.bids = [bid()] }),
    CheckCase("F10", { clockChange(&$0, 96) }, { clockChange(&$0, 100) }),
    CheckCase("F11", { $0.bids = [bid(basis: withAdder)] }, { $0.bids = [bid()] }),
    CheckCase("F12", { layout(&$0, "b") }, { layout(&$0, "a") }),
  ]

  static let curveCases: [CheckCase] = [
    CheckCase("C01", { $0.bids = curve([320, 318]) }, { $0.bids = curve([320, 320]) }),
    CheckCase("C02", { $0.bids = [bid([(0, 165, 0), (165, 165, 1), (165, 330, 2)])] }) {
      $0.bids = [bid([(0, 165, 0), (165, 166, 1), (166, 330, 2)])]
    },
    CheckCase("C03", { $0.bids = [bid([(0, 165, 0), (165, 180, 1), (181, 330, 2)])] }) {
      $0.bids = [bid([(0, 165, 0), (165, 180, 1), (180, 330, 2)])]
    },
    CheckCase(
      "C04", { $0.bids = [bid([(0, 166, 0), (166, 330, 2)])] }, { $0.bids = [bid([(0, 165, 0), (165, 330, 2)])] }),
    CheckCase("C05", { $0.bids = curve([300], end: 300) }, { $0.bids = curve([300], end: 330) }),
    CheckCase("C06", { $0.bids = [bid([(0, 165, 0), (165, 173, 1), (173, 330, 2)])] }) {
      $0.bids = [bid([(0, 165, 0), (165, 174, 1), (174, 330, 2)])]
    },
    CheckCase("C07", { $0.bids = curve([1301]) }, { $0.bids = curve([1300]) }),
    CheckCase(
      "C08", { $0.storage([(-100, 0, 200), (0, 100, 250)]) }, { $0.storage([(-100, 0, 200), (0, 100, 254)]) }),
    CheckCase("C09", { $0.bids = curve([300, 300]) }, { $0.bids = curve([300, 301]) }),
    CheckCase("C10", { $0.bids = [bid(form: .steps)] }, { $0.bids = [bid(form: .slopes)] }),
    CheckCase(
      "C11", { $0.unit { $0.lockedPrices = [-80, 300, 351] } }, { $0.unit { $0.lockedPrices = [-80, 300, 350] } }),
    CheckCase("C12", { $0.facts.blocks = [BlockOrder(id: "child", parent: "none")] }) {
      $0.facts.blocks = [BlockOrder(id: "child", parent: "parent"), BlockOrder(id: "parent")]
    },
  ]

  static let physicalCases: [CheckCase] = [
    CheckCase("P01", { $0.units = derated(40) }) {
      $0.units = derated(40)
      $0.bids = curve([300], end: 290)
    },
    CheckCase("P02", { capacities(&$0, 330, 290) }, { capacities(&$0, 330, 330) }),
    CheckCase("P03", { $0.bids = [bid([(0, 132, 0), (132, 330, 300)])] }, { $0.bids = [bid()] }),
    CheckCase("P04", { plan(&$0, [200, 275]) }, { plan(&$0, [200, 274]) }),
    CheckCase("P05", { started(&$0, after: 13) }, { started(&$0, after: 14) }),
    CheckCase("P06", { run(&$0, (20, 31)) }, { run(&$0, (20, 32)) }),
    CheckCase("P07", { stop(&$0, 31) }, { stop(&$0, 32) }),
    CheckCase(
      "P08",
      {
        $0.units = unit(state: cold);
        $0.bids = [bid(commitment: runs((false, 10), (true, 33), (false, 20), (true, 33)))]
      }
    ) {
      $0.units = unit(state: cold)
      $0.bids = [bid(commitment: runs((false, 10), (true, 86)))]
    },
    CheckCase("P09", { plan(&$0, [298]) }, { plan(&$0, [297]) }),
    CheckCase("P10", { $0.storage(charging, plan: [Double](repeating: 40, count: 8) + zeros(88)) }) {
      $0.storage(charging, plan: [Double](repeating: 36, count: 8) + zeros(88))
    },
    CheckCase("P11", { $0.storage(charging, plan: cycles(3)) }, { $0.storage(charging, plan: cycles(2)) }),
    CheckCase("P12", { $0.unit { ($0.kind, $0.forecast) = (.wind, [150, 329]) } }) {
      $0.unit { ($0.kind, $0.forecast) = (.wind, [150, 330]) }
    },
    CheckCase("P13", { auxiliary(&$0, 0) }, { auxiliary(&$0, 60_000) }),
    CheckCase(
      "P14", { $0.unit { $0.exclusionZones = [[190, 201]] } }, { $0.unit { $0.exclusionZones = [[190, 200]] } }),
  ]

  // MARK: What the cases change

  static let charging: [(Double, Double, Double)] = [(-100, 0, 100), (0, 100, 300)]
  static func zeros(_ count: Int) -> [Double] { Array(repeating: 0, count: count) }

  /// Pairs of two hours of charging and of discharging the same 160 MWh stored: 0.8 cycles of 200 MWh each.
  static func cycles(_ count: Int) -> [Double] {
    let pair = Array(repeating: -84.21, count: 8) + Array(repeating: 72.0, count: 8)
    return Array((0..<count).flatMap { _ in pair } + zeros(96)).prefix(96).map { $0 }
  }

  static let withAdder = PriceBasis(
    stage: .dayAhead, place: .node, standing: .disclosed, includesCapacityAdder: true, includesTax: true)

  static func lowFloor(_ bid: SubmittedBid) -> SubmittedBid {
    SubmittedBid(
      unit: bid.unit, day: bid.day, form: bid.form, priceUnit: bid.priceUnit,
      segments: bid.segments.map {
        SubmittedSegment(
          number: $0.number, fromMegawatts: $0.fromMegawatts, toMegawatts: $0.toMegawatts,
          pricePerMegawattHour: min(1, max(0, $0.pricePerMegawattHour)))
      }, commitment: bid.commitment, plannedMegawatts: bid.plannedMegawatts, basis: bid.basis)
  }

  static func dated(_ submission: inout Submission, _ day: MarketDay) {
    submission.day = day
    submission.bids = [bid(day: day)]
    submission.units = [Example.unitDay(day: day)]
  }

  static func clockChange(_ submission: inout Submission, _ count: Int) {
    submission.packLines = submission.packLines.map { $0.replacing("Asia/Shanghai", with: "Europe/Brussels") }
    submission.day = Example.day(2023, 10, 29)
    submission.bids = [
      bid(day: Example.day(2023, 10, 29), commitment: Array(repeating: true, count: count), plan: [])
    ]
  }

  static func layout(_ submission: inout Submission, _ hash: String) {
    submission.statement { ($0.headerHash, $0.knownHeaderHashes) = (hash, ["a"]) }
  }

  static func capacities(_ submission: inout Submission, _ declared: Double, _ disclosed: Double) {
    submission.unit { ($0.declaredCapacity, $0.disclosedCapacity) = (declared, disclosed) }
  }

  static func derated(_ megawatts: Double) -> [UnitDay] {
    let start = Example.zone.start(of: Example.day)
    let outage = Outage(
      unit: UnitID("A1"), from: start, to: start.addingTimeInterval(86_400),
      availableCapacity: .megawatts(330 - megawatts))
    return [Example.unitDay(outages: [outage])]
  }

  /// A plan with these first values, the last of which stays.
  static func plan(_ submission: inout Submission, _ first: [Double]) {
    let rest = Array(repeating: first.last ?? 0, count: 96 - first.count)
    submission.units = unit(state: .on(minutes: 6_000, output: .megawatts(min(297, first[0]))))
    submission.bids = [bid(plan: first + rest)]
  }

  static func started(_ submission: inout Submission, after intervals: Int) {
    submission.units = unit(state: cold)
    submission.bids = [bid(commitment: runs((false, intervals), (true, 96 - intervals)), plan: [])]
  }

  static func run(_ submission: inout Submission, _ counts: (Int, Int)) {
    submission.units = unit(state: cold)
    submission.bids = [
      bid(commitment: runs((false, counts.0), (true, counts.1), (false, 96 - counts.0 - counts.1)), plan: [])
    ]
  }

  static func stop(_ submission: inout Submission, _ count: Int) {
    submission.bids = [bid(commitment: runs((true, 10), (false, count), (true, 86 - count)), plan: [])]
  }

  static func auxiliary(_ submission: inout Submission, _ share: Int) {
    var unit = Example.unit()
    unit.auxiliaryPowerPartsPerMillion = share
    submission.units = [Example.unitDay(unit)]
  }
}
