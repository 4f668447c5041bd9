import NumericMethods
import RetailValue
import Testing

/// Bills by hand, per MWh where the page says per kWh · 1,000.
@Suite("Packages: golden bills") struct PackageBillTests {
  /// 100 MWh: deep 10, valley 20, flat 30, peak 25, tip 15; bought at 30,000 day-ahead and 32,000 real-time.
  let month = BillAggregate(
    energy: 100, bands: [10, 20, 30, 25, 15], dayAheadCost: 30_000, realTimeCost: 32_000, greenGeneration: 25)
  let references = MonthReferences([
    .dayAheadAverage: 310, .realTimeAverage: 300, .allRetailers: 380, .ownAverage: 370, .flatContracts: 400,
  ])
  let ratios = [0.1, 0.3, 1, 1.7, 2]

  private func total(_ package: RetailPackage, rules: PackageRules? = nil) -> Double {
    PackageBill(package, month: month, references: references, rules: rules).total
  }

  @Test("the formulas of the page, one after another")
  func formulas() {
    let golden: [(RetailPackage, Double)] = [
      (.fixed("F", price: 414.3), 41_430),
      (.timeOfUse("TOU", bands: [100, 200, 400, 640, 720]), 1_000 + 4_000 + 12_000 + 16_000 + 10_800),
      // 400 · (1 + 6 + 30 + 42.5 + 30): ratios 0.1, 0.3, 1, 1.7, 2 on 10, 20, 30, 25, 15 MWh.
      (.comprehensive("ONE", price: 400, ratios: ratios), 43_800),
      (.fixedAndLinked("FL", price: 400, index: .realTimeAverage, share: 0.2, uplift: 5), 38_500),
      (.referenceAndLinked("RL", reference: .flatContracts, index: .dayAheadAverage, share: 0.1, uplift: 2), 39_300),
      (.linked("L6", uplift: 6), 32_600),
      (.linked("LDA", realTime: false, uplift: 6), 30_600),
      (.agreedSpread("AS", reference: .flatContracts, share: 0.4, spread: 20, uplift: 3), 39_500),
      (
        .spreadSharing(
          "SS", reference: .flatContracts, upper: .flatContracts, lower: .realTimeAverage, share: 0.3, uplift: 1),
        37_100
      ),
      (.proportionalSharing("PS", share: 0.7), 37_300),
      (.marketRate("MR", factor: 1.02), 38_760),
      (.ownAverage("OF", fee: 9), 37_900),
      // 380 · 1.01 · 0.5 + (370 + 8) · 0.5.
      (.mixed("MX", factor: 1.01, share: 0.5, fee: 8), 38_090),
      // Average 326 is cut to 310.
      (RetailPackage.linked("CAP", uplift: 6).capped(at: .init(value: 310)), 31_000),
      (RetailPackage.linked("FLOOR", uplift: 6).floored(at: .init(reference: .flatContracts, value: 0.9)), 36_000),
      // Green: min(contract 30, use 100, generation 25) · 12.
      (RetailPackage.linked("GREEN", uplift: 6).withGreen(share: 0.3, price: 12), 32_900),
    ]
    #expect(golden.count >= 12)
    for (package, fee) in golden {
      let bill = total(package)
      #expect(abs(bill - fee) < 1e-6, "\(package.id): \(bill), by hand \(fee)")
    }
  }

  @Test("a monthly fee is spread over the energy and is not billed without any")
  func monthlyFee() {
    var package = RetailPackage.linked("L", uplift: 6)
    package.monthlyFee = 500
    #expect(abs(total(package) - 33_100) < 1e-9)
    let empty = BillAggregate(energy: 0, bands: [0, 0, 0, 0, 0])
    #expect(PackageBill(package, month: empty, references: references).total == 0)
  }

  @Test("the average cap of the worked example: 501.21 is cut to 454.16 · 1.10 = 499.58")
  func averageCap() {
    var rules = PackageRules(id: "x", effectiveFrom: "2026-01-01")
    rules.averageCapOther = 1.10
    rules.averageCapTip = 1.15
    let plain = MonthReferences([.flatContracts: 454.16], hasTip: false)
    let bill = PackageBill(.fixed("F", price: 501.21), month: month, references: plain, rules: rules)
    #expect((bill.energyFee / 100 * 100).rounded() / 100 == 499.58)
    let tip = MonthReferences([.flatContracts: 454.16], hasTip: true)
    #expect(PackageBill(.fixed("F", price: 501.21), month: month, references: tip, rules: rules).energyFee == 50_121)
  }

  @Test("the ratio check raises peaks and lowers valleys; since 2026-02 fees stay out of it")
  func ratioCheck() throws {
    var january = PackageRules(id: "p", effectiveFrom: "2026-01-01")
    (january.leastPeakRatio, january.leastTipRatio) = (1.6, 1.8)
    (january.greatestValleyRatio, january.greatestDeepRatio) = (0.4, 0.3)
    january.ratiosIncludeFees = true
    var february = january
    february.effectiveFrom = "2026-02-01"
    february.ratiosIncludeFees = false
    let all = [january, february]
    var package = RetailPackage.timeOfUse("T", bands: [200, 200, 400, 500, 500])
    package.uplift = 10
    // Without fees: deep 120, valley 160, peak 640, tip 720, and 10 on all 100 MWh.
    let later = try #require(PackageRules.inForce("p", on: "2026-02-01", among: all))
    #expect(abs(total(package, rules: later) - (1_200 + 3_200 + 12_000 + 16_000 + 10_800 + 1_000)) < 1e-9)
    // With fees: on 410: deep 123, valley 164, peak 656, tip 738, fees inside.
    let earlier = try #require(PackageRules.inForce("p", on: "2026-01-31", among: all))
    #expect(abs(total(package, rules: earlier) - (1_230 + 3_280 + 12_300 + 16_400 + 11_070)) < 1e-9)
    #expect(PackageRules.inForce("p", on: "2025-12-31", among: all) == nil)
    let official = RetailPackage.comprehensive("O", price: 400, ratios: ratios)
    #expect(abs(total(official, rules: later) - total(official)) < 1e-9)
  }

  @Test("a customer's average is held within 90–110 % of the wholesale unit cost")
  func averageBand() {
    var rules = PackageRules(id: "h", effectiveFrom: "2025-01-01")
    (rules.averageBandLow, rules.averageBandHigh) = (0.9, 1.1)
    let bill = PackageBill(
      .fixed("F", price: 450), month: month, references: references, rules: rules, wholesaleUnitCost: 400)
    #expect(abs(bill.energyFee - 44_000) < 1e-9 && abs(bill.scale - 440.0 / 450) < 1e-12)
  }

  @Test("what is above 10 per MWh goes back by 80 %, by energy or by margin, and adds up")
  func refund() {
    var rules = PackageRules(id: "j", effectiveFrom: "2026-01-01")
    (rules.refundThreshold, rules.refundShare) = (10, 0.8)
    // Spread 15 on 1,000 MWh: 0.8 · 5 · 1,000.
    let total = ExcessRefund.total(revenue: 415_000, cost: 400_000, energy: 1_000, rules: rules)
    #expect(abs(total - 4_000) < 1e-9)
    #expect(ExcessRefund.byEnergy(total, energies: [250, 750]) == [1_000, 3_000])
    let marginal = ExcessRefund.marginal(margins: [9_000, 6_000], energies: [250, 750], rules: rules)
    #expect(abs(marginal[0] - 0.8 * (9_000 - 2_500)) < 1e-9)
    #expect(abs(marginal.reduce(0, +) - total) < 1e-9)
    #expect(ExcessRefund.total(revenue: 409_000, cost: 400_000, energy: 1_000, rules: rules) == 0)
  }

  @Test("aggregates give the same bill as hour by hour to 1e-6", arguments: [1 as UInt64, 2, 3])
  func fastIsExact(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let hours = HourlyMonth(
      energy: (0..<720).map { _ in 3 * random.nextUniform() },
      dayAhead: (0..<720).map { _ in 400 * random.nextUniform() - 50 },
      realTime: (0..<720).map { _ in 500 * random.nextUniform() - 80 },
      bands: (0..<720).map { _ in TimeOfUse.Band(rawValue: random.nextIndex(below: 5)) ?? .flat })
    var rules = PackageRules(id: "p", effectiveFrom: "2026-01-01")
    (rules.leastPeakRatio, rules.leastTipRatio) = (1.6, 1.8)
    for package in [
      RetailPackage.fixed("F", price: 400), .timeOfUse("T", bands: [200, 250, 400, 450, 500]), .linked("L", uplift: 6),
      .fixedAndLinked("FL", price: 410, index: .dayAheadAverage, share: 0.2, uplift: 4),
      .mixed("M", factor: 1, share: 0.4, fee: 7),
    ] {
      let fast = PackageBill(package, month: hours.aggregate, references: references, rules: rules).formulaFee
      let exact = hours.formulaFee(package, references: references, rules: rules)
      #expect(abs(fast - exact) <= 1e-6 * abs(exact))
    }
  }

  @Test("rules find what they forbid")
  func findings() {
    var rules = PackageRules(id: "j", effectiveFrom: "2026-01-01")
    (rules.lowestPrice, rules.highestPrice) = (331.44, 497.16)
    rules.highestLinkedShare = 0.2
    (rules.lowestSharing, rules.highestSharing) = (0.5, 1)
    rules.signatureUplift = 12
    let codes = { (package: RetailPackage) in package.findings(under: rules).map(\.code) }
    #expect(codes(.fixed("A", price: 414.3)).isEmpty)
    #expect(codes(.fixed("B", price: 330)) == ["PRICE_BELOW_LIMIT"])
    #expect(codes(.fixed("C", price: 500)) == ["PRICE_ABOVE_LIMIT"])
    #expect(codes(.fixedAndLinked("D", price: 400, index: .realTimeAverage, share: 0.3, uplift: 0)) == ["LINKED_SHARE"])
    #expect(codes(.proportionalSharing("E", share: 0.4)) == ["SHARING_LOW"])
    #expect(codes(.linked("G", uplift: 15)) == ["SIGNATURE"])
  }
}

@Suite("Cost of customers") struct CostAllocationTests {
  let loads = [[10.0, 20, 5], [0, 15, 25], [30, 0, 10]]
  let prices = [300.0, -20, 450]

  @Test("every method adds up to the wholesale bill within 0.01")
  func identity() {
    let totals = (0..<3).map { period in loads.reduce(0) { $0 + $1[period] } }
    let bill = zip(totals, prices).reduce(0) { $0 + $1.0 * $1.1 }
    let pool = CostAllocation.poolAverage(loads: loads, cost: bill)
    #expect(abs(pool.reduce(0, +) - bill) < 0.01)
    let periods = CostAllocation.byPeriod(loads: loads, costs: zip(totals, prices).map { $0 * $1 })
    #expect(abs(periods.shares.reduce(periods.residual, +) - bill) < 0.01)
    let spot = CostAllocation.atSpot(loads: loads, prices: prices, hedgeCost: 900)
    #expect(abs(spot.shares.reduce(spot.residual, +) - bill - 900) < 0.01 && abs(spot.residual) < 1e-6)
    // The first customer at spot: 3,000 − 400 + 2,250, and its part of the hedge by energy, 35 of 115.
    #expect(abs(spot.shares[0] - (4_850 + 900 * 35.0 / 115)) < 1e-9)
  }

  @Test("who deviates against the pool pays no penalty")
  func penalty() {
    let shares = CostAllocation.penalty(deviations: [[4, -1], [-1, -2], [1, 0]], penalties: [500, 90])
    #expect(shares == [400 + 30, 60, 100])
  }
}
