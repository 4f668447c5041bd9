/// A package as it is proposed to a customer, beside the present terms.
public struct PackageOffer: Sendable, Equatable {
  public enum Role: String, Sendable, Codable, CaseIterable {
    case present
    case saving
    case steady
    case greenOrFlexible = "green_or_flexible"

    public var chinese: String {
      switch self {
      case .present: "维持现状"
      case .saving: "省钱型"
      case .steady: "稳价型"
      case .greenOrFlexible: "绿色/灵活型"
      }
    }
  }

  public let role: Role
  public let package: RetailPackage
  public let outcome: PackageOutcome
  /// Present expected bill less this one's; above 0 the customer saves.
  public let saving: Double
  public let savingProbability: Double
  public let marginChange: Double
  public let acceptance: Double
  public let findings: [PackageFinding]
  /// Where money comes from when customer and company both gain.
  public let sourceOfGain: String?
}

/// The offers of one customer.
public struct CustomerOffers: Sendable {
  public let customer: Int
  /// Present first.
  public let offers: [PackageOffer]
  /// All packages that may be sold: position, expected change of margin if accepted, acceptance alone on the menu.
  public let candidates: [PackageCandidate]
  /// Best Σ of change of margin and saving over the packages that may be sold: P5.
  public let upside: Double
}

/// A package that could be proposed to a customer.
public struct PackageCandidate: Sendable {
  public let package: Int
  public let acceptance: Double
  public let marginChange: Double
  /// acceptance · (margin − present margin) by scenario.
  public let gains: [Float]
}

extension PackageSimulation {
  /// Three offers and the present terms.
  ///
  /// - Parameter present: the terms now; nil: the first package stands for them.
  public func offers(
    _ records: PortfolioRecords, customer: Int, present: RetailPackage?, rules: PackageRules?
  ) -> CustomerOffers {
    let base = present ?? packages[0]
    let outcomes = outcomes(records, customer: customer, packages: [base] + packages)
    let now = outcomes[0]
    let findings = packages.map { package in rules.map { package.findings(under: $0) } ?? [] }
    let allowed = packages.indices.filter { index in
      !findings[index].contains { $0.level == .red }
        && outcomes[index + 1].expectedMargin >= settings.leastMargin * outcomes[index + 1].energyMWh
    }
    let make = { (role: PackageOffer.Role, index: Int) in
      offer(role, packages[index], outcomes[index + 1], now: now, base: base, findings: findings[index])
    }
    var offers = [offer(.present, base, now, now: now, base: base, findings: [])]
    var taken: Set<Int> = []
    let cheapest = allowed.min { (outcomes[$0 + 1].expectedBill, $0) < (outcomes[$1 + 1].expectedBill, $1) }
    if let cheapest, taken.insert(cheapest).inserted { offers.append(make(.saving, cheapest)) }
    let steadiest = allowed.filter { !taken.contains($0) }
      .min {
        (outcomes[$0 + 1].billDeviation, outcomes[$0 + 1].expectedBill) < (
          outcomes[$1 + 1].billDeviation, outcomes[$1 + 1].expectedBill
        )
      }
    if let steadiest, taken.insert(steadiest).inserted { offers.append(make(.steady, steadiest)) }
    let flexible = allowed.filter {
      !taken.contains($0) && (packages[$0].green != nil || Set(packages[$0].bandPrices).count > 1)
    }
    .min { (outcomes[$0 + 1].expectedBill, $0) < (outcomes[$1 + 1].expectedBill, $1) }
    if let flexible { offers.append(make(.greenOrFlexible, flexible)) }
    let utilities = offers.dropFirst().map { utility(of: $0.package, $0.outcome, now: now, base: base) }
    let chances = settings.acceptance.probabilities(utilities)
    offers = offers.enumerated().map {
      $0.offset == 0 ? $0.element.accepted(1 - chances.reduce(0, +)) : $0.element.accepted(chances[$0.offset - 1])
    }
    let candidates = allowed.map { index -> PackageCandidate in
      let outcome = outcomes[index + 1]
      let chance = settings.acceptance.probabilities([utility(of: packages[index], outcome, now: now, base: base)])[0]
      return PackageCandidate(
        package: index, acceptance: chance, marginChange: outcome.expectedMargin - now.expectedMargin,
        gains: zip(outcome.margins, now.margins).map { Float(chance) * ($0 - $1) })
    }
    let upside = allowed.map {
      outcomes[$0 + 1].expectedMargin - now.expectedMargin + now.expectedBill - outcomes[$0 + 1].expectedBill
    }
    return CustomerOffers(customer: customer, offers: offers, candidates: candidates, upside: max(0, upside.max() ?? 0))
  }

  private func utility(of package: RetailPackage, _ outcome: PackageOutcome, now: PackageOutcome, base: RetailPackage)
    -> Double
  {
    let bill = max(abs(now.expectedBill), 1e-9)
    return settings.acceptance.utility(
      savingPercent: 100 * (now.expectedBill - outcome.expectedBill) / bill,
      steadinessPercent: 100 * (now.billDeviation - outcome.billDeviation) / max(now.billDeviation, 0.01 * bill),
      extraConcepts: max(0, package.concepts - base.concepts), isGreen: package.green != nil)
  }

  private func offer(
    _ role: PackageOffer.Role, _ package: RetailPackage, _ outcome: PackageOutcome, now: PackageOutcome,
    base: RetailPackage, findings: [PackageFinding]
  ) -> PackageOffer {
    let saving = now.expectedBill - outcome.expectedBill
    let change = outcome.expectedMargin - now.expectedMargin
    let saves = zip(outcome.bills, now.bills).count { $0 < $1 }
    return PackageOffer(
      role: role, package: package, outcome: outcome, saving: saving,
      savingProbability: Double(saves) / Double(max(now.bills.count, 1)), marginChange: change, acceptance: 0,
      findings: findings,
      sourceOfGain: saving > 1e-6 && change > 1e-6
        ? (package.green != base.green
          ? "green energy sold outside the energy margin" : "channel share of the margin, or shape")
        : nil)
  }
}

extension PackageOffer {
  func accepted(_ probability: Double) -> PackageOffer {
    PackageOffer(
      role: role, package: package, outcome: outcome, saving: saving, savingProbability: savingProbability,
      marginChange: marginChange, acceptance: probability, findings: findings, sourceOfGain: sourceOfGain)
  }
}
