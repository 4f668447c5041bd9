import Compliance
import Foundation
import MarketModel
import MarketTestSupport

extension SubmissionExample {
  static let environmentCases: [CheckCase] = [
    CheckCase("E01", { stock(&$0, 6_999) }, { stock(&$0, 7_000) }),
    CheckCase("E02", { coal(&$0, derated: 313) }, { coal(&$0, derated: 330) }),
    CheckCase("E03", { $0.unit { ($0.heatServed, $0.heatContracted) = ([80, 59], [80, 60]) } }) {
      $0.unit { ($0.heatServed, $0.heatContracted) = ([80, 60], [80, 60]) }
    },
    CheckCase("E04", { heating(&$0, filed: true, bid: false) }, { heating(&$0, filed: true, bid: true) }),
    CheckCase("E05", { emissions(&$0, 91) }, { emissions(&$0, 80) }),
    CheckCase("E06", { $0.facts.carbon = CarbonFacts(emissions: 100, allowances: 97, requiredShare: 1) }) {
      $0.facts.carbon = CarbonFacts(emissions: 100, allowances: 100, requiredShare: 1)
    },
    CheckCase("E07", { burn(&$0, 101) }, { burn(&$0, 100) }),
    CheckCase("E08", { limestone(&$0, 1.5) }, { limestone(&$0, 2) }),
  ]

  static let positionCases: [CheckCase] = [
    CheckCase("R01", { $0.position { ($0.contractedMonth, $0.expectedMonth) = (64, 100) } }) {
      $0.position { ($0.contractedMonth, $0.expectedMonth) = (70, 100) }
    },
    CheckCase("R02", { $0.unit { ($0.contracted, $0.expected) = ([85], [90]) } }) {
      $0.unit { ($0.contracted, $0.expected) = ([82.5], [90]) }
    },
    CheckCase("R03", { $0.position { ($0.contracted, $0.expected) = ([150, 40], [100, 100]) } }) {
      $0.position { ($0.contracted, $0.expected) = ([120, 50], [100, 100]) }
    },
    CheckCase("R04", { spread(&$0, 401) }, { spread(&$0, 400) }),
    CheckCase("R05", { tail(&$0, -6.2e6) }, { tail(&$0, -4e6) }),
    CheckCase("R06", { retail(&$0, 78) }, { retail(&$0, 90) }),
    CheckCase("R07", { credit(&$0, 97) }, { credit(&$0, 90) }),
    CheckCase("R08", { mechanism(&$0, twice: 1) }, { mechanism(&$0, twice: 0) }),
    CheckCase("R09", { certificates(&$0, 51) }, { certificates(&$0, 50) }),
    CheckCase("R10", { $0.position { ($0.dayAhead, $0.actual) = ([124], [100]) } }) {
      $0.position { ($0.dayAhead, $0.actual) = ([110], [100]) }
    },
  ]

  static let conductCases: [CheckCase] = [
    CheckCase("M01", { residual(&$0, own: 9_500) }, { residual(&$0, own: 9_000) }),
    CheckCase("M02", { pivotal(&$0, 15_001) }, { pivotal(&$0, 15_000) }),
    CheckCase("M03", { $0.unit { $0.referencePrice = 349 } }, { $0.unit { $0.referencePrice = 350 } }),
    CheckCase(
      "M04",
      {
        $0.bids = curve([300, 300, 1200]); $0.unit { $0.marginalCost = 99 }
      }
    ) {
      $0.bids = curve([300, 300, 1200])
      $0.unit { $0.marginalCost = 100 }
    },
    CheckCase("M05", { $0.bids = curve([300], end: 326) }, { $0.bids = curve([300], end: 327) }),
    CheckCase("M06", { $0.unit { $0.referencePrice = 318 } }, { $0.unit { $0.referencePrice = 320 } }),
    CheckCase("M08", { similar(&$0, group: "other") }, { similar(&$0, group: "own") }),
    CheckCase("M07", { impact(&$0, 35) }, { impact(&$0, 30) }),
    CheckCase("M09", { $0.unit { $0.usualSegments = [[0, 250, -80], [250, 330, 350]] } }) {
      $0.unit { $0.usualSegments = [[0, 165, -80], [165, 250, 300], [250, 330, 350]] }
    },
    CheckCase("M10", { $0.unit { $0.parameterChanges = 4 } }, { $0.unit { $0.parameterChanges = 3 } }),
    CheckCase("M11", { $0.facts.accessLog = [AccessEntry(person: "L", desk: "retail", object: "unit-bids")] }) {
      $0.facts.accessLog = [
        AccessEntry(person: "L", desk: "retail", object: "retail-book"),
        AccessEntry(person: "M", desk: "generation", object: "unit-bids"),
      ]
    },
  ]

  static let processCases: [CheckCase] = [
    CheckCase("D01", { deadline(&$0, minutesLeft: 10) }, { deadline(&$0, minutesLeft: 31) }),
    CheckCase("D02", { feed(&$0, minutes: 121) }, { feed(&$0, minutes: 120) }),
    CheckCase("D03", { forecast(&$0, Array(repeating: 300, count: 96)) }, { forecast(&$0, [300, 301]) }),
    CheckCase("D04", { feature(&$0, minutesLate: 1) }, { feature(&$0, minutesLate: 0) }),
    CheckCase("D05", { $0.process { ($0.maker, $0.checker) = ("Li", "Li") } }) {
      $0.process { ($0.maker, $0.checker) = ("Li", "Wang") }
    },
    CheckCase("D06", { $0.process { ($0.approvedHash, $0.submittedHash, $0.receipt) = ("a", "b", "r") } }) {
      $0.process { ($0.approvedHash, $0.submittedHash, $0.receipt) = ("a", "a", "r") }
    },
    CheckCase("D07", { $0.unit { $0.shownSegments = [[0, 165, -80], [165, 250, 300], [250, 330, 35]] } }) {
      $0.unit { $0.shownSegments = [[0, 165, -80], [165, 250, 300], [250, 330, 350]] }
    },
    CheckCase("D08", { $0.unit { ($0.clearedQuantities, $0.clearedPrices) = (96, 95) } }) {
      $0.unit { ($0.clearedQuantities, $0.clearedPrices) = (96, 96) }
    },
    CheckCase("D09", { item(&$0, 100_101) }, { item(&$0, 100_100) }),
    CheckCase("D10", { $0.statement { ($0.daysSince, $0.disputeDays) = (6, 5) } }) {
      $0.statement { ($0.daysSince, $0.disputeDays) = (5, 5) }
    },
  ]

  // MARK: What the cases change

  /// A burn of 1,000 t a day: 2,500 MWh at 400 kgce/MWh on coal of 7,000 kcal/kg; seven days are needed.
  static func stock(_ submission: inout Submission, _ tonnes: Double) {
    submission.plant {
      ($0.coalStock, $0.coalQuality, $0.minimumStockDays) = (tonnes, 7_000, 7)
      ($0.dailyEnergy, $0.burnRate) = ([2_500], [400])
    }
  }

  static func coal(_ submission: inout Submission, derated: Double) {
    submission.unit {
      ($0.kind, $0.coalQuality, $0.coalQualityMinimum, $0.deratedCapacity) = (.thermal, 4_300, 4_800, derated)
    }
  }

  static func heating(_ submission: inout Submission, filed: Bool, bid: Bool) {
    submission.unit { ($0.filedMinimumHeating, $0.bidMinimumHeating) = (filed, bid) }
  }

  static func emissions(_ submission: inout Submission, _ tonnes: Double) {
    submission.plant { ($0.emitted, $0.emissionQuota, $0.elapsedShare, $0.quotaMargin) = (tonnes, 100, 0.75, 0.05) }
  }

  static func burn(_ submission: inout Submission, _ tonnes: Double) {
    submission.plant { ($0.burnedThisYear, $0.burnCap) = (tonnes, 100) }
  }

  static func limestone(_ submission: inout Submission, _ days: Double) {
    submission.plant { ($0.materialDays, $0.minimumMaterialDays) = (["limestone": days], ["limestone": 2]) }
  }

  static func spread(_ submission: inout Submission, _ long: Double) {
    submission.position {
      ($0.dayAhead, $0.expected, $0.spreadDeviation, $0.spreadLimit) = ([1_000 + long], [1_000], 50, 20_000)
    }
  }

  static func tail(_ submission: inout Submission, _ worst: Double) {
    submission.position { ($0.scenarioProfits, $0.tailBudget) = (Array(repeating: 1e6, count: 19) + [worst], 4e6) }
  }

  static func retail(_ submission: inout Submission, _ supply: Double) {
    submission.position { ($0.retailLoad, $0.retailSupply, $0.retailBand) = ([100, 100], [100, supply], 0.1) }
  }

  static func credit(_ submission: inout Submission, _ exposure: Double) {
    submission.position { ($0.creditExposure, $0.guarantee, $0.usableGuaranteeShare) = (exposure, 100, 0.9) }
  }

  static func mechanism(_ submission: inout Submission, twice: Double) {
    submission.position { ($0.mechanismEnergy, $0.mechanismAllowed, $0.mechanismSoldTwice) = (100, 100, twice) }
  }

  static func certificates(_ submission: inout Submission, _ sold: Double) {
    submission.position { ($0.certificatesSold, $0.mechanismEnergy, $0.generated) = (sold, 50, 100) }
  }

  static func residual(_ submission: inout Submission, own: Double) {
    submission.market { ($0.supply, $0.ownSupply, $0.demand, $0.reserve) = ([52_000], [own], [40_000], [3_000]) }
  }

  static func pivotal(_ submission: inout Submission, _ others: Double) {
    submission.market {
      ($0.supply, $0.ownSupply, $0.twoLargestOthers, $0.demand) = ([60_000], [5_000], [others], [40_000])
    }
  }

  static func impact(_ submission: inout Submission, _ rise: Double) {
    submission.market { ($0.pricesWithBids, $0.pricesWithReferences) = ([400 + rise, 300], [400, 300]) }
  }

  static func similar(_ submission: inout Submission, group: String) {
    submission.unit { $0.group = "own" }
    let same = ComplianceExample.segments.map { [$0.0, $0.1, $0.2] }
    submission.market { $0.otherBids = [OtherBid(unit: "Z1", group: group, plant: "Z", segments: same)] }
  }

  static func deadline(_ submission: inout Submission, minutesLeft: Double) {
    let gate = Example.zone.instant(day: Example.day.advanced(by: -1), minute: 900)
    submission.process {
      ($0.now, $0.freezeMinutes, $0.frozen) = (gate.addingTimeInterval(-60 * minutesLeft), 30, false)
    }
  }

  static func feed(_ submission: inout Submission, minutes: Double) {
    let now = ComplianceExample.inTime
    submission.process {
      ($0.now, $0.feeds) = (now, [FeedAge(name: "load", asOf: now.addingTimeInterval(-60 * minutes), maximumAge: 120)])
    }
  }

  static func forecast(_ submission: inout Submission, _ values: [Double]) {
    submission.process { $0.forecasts = [ForecastRange(name: "load", values: values, low: 100, high: 900)] }
  }

  static func feature(_ submission: inout Submission, minutesLate: Double) {
    let decision = ComplianceExample.inTime
    submission.process {
      $0.decisionTime = decision
      $0.features = [FeatureTime(name: "real-time price", availableAt: decision.addingTimeInterval(60 * minutesLate))]
    }
  }

  static func item(_ submission: inout Submission, _ stated: Double) {
    submission.statement {
      ($0.stated, $0.computed) = (["energy": stated], ["energy": 100_000])
      ($0.toleranceAmount, $0.toleranceShare) = (100, 0.001)
    }
  }
}
