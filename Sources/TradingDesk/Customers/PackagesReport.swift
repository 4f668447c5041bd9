internal import MarketModel
internal import RetailValue

/// Offers of packages to customers, and the choice of proposals. Margins, gains and what they come from are nil for readers
/// who see no money.
public struct PackagesReport: Sendable, Encodable {
  public struct Finding: Sendable, Encodable {
    public let level: String
    public let code: String
    public let sentence: String
  }

  public struct Offer: Sendable, Encodable {
    public let role: String
    public let roleZh: String
    public let package: String
    public let kind: String
    public let expectedBill: Double
    public let billP10: Double
    public let billP90: Double
    public let saving: Double
    public let savingProbability: Double
    public internal(set) var expectedMargin: Double?
    public internal(set) var marginPerMWh: Double?
    public internal(set) var marginCvar_95: Double?
    public internal(set) var lossProbability: Double?
    public internal(set) var marginChange: Double?
    public let acceptanceAssumed: Double
    public internal(set) var sourceOfGain: String?
    public let findings: [Finding]
  }

  public struct Customer: Sendable, Encodable {
    public let customer: String
    public let energyMWh: Double
    public internal(set) var offers: [Offer]
    public internal(set) var upside: Double?
  }

  public struct Proposal: Sendable, Encodable {
    public let customer: String
    public let package: String
    public internal(set) var expectedGain: Double?
  }

  public internal(set) var customers: [Customer]
  public let packages: [String]
  public let scenarios: Int
  public let seed: UInt64
  public let rules: String?
  public internal(set) var proposals: [Proposal]
  public internal(set) var expectedGain: Double?
  /// No choice of proposals gains more.
  public internal(set) var gainBound: Double?
  public internal(set) var gainCvar_95: Double?
  public let notes: [String]

  init(
    _ records: PortfolioRecords, _ simulation: PackageSimulation, _ all: [CustomerOffers], _ plan: PortfolioOffers,
    _ request: PackagesRequest
  ) {
    customers = all.map { offers in
      Customer(
        customer: records.customers[offers.customer].id, energyMWh: offers.offers[0].outcome.energyMWh,
        offers: offers.offers.map { Offer($0) }, upside: offers.upside)
    }
    packages = simulation.packages.map(\.id)
    scenarios = request.scenarios
    seed = request.seed
    rules = request.rules.map { "\($0) as of \(request.rulesDay)" }
    proposals = plan.choices.map {
      Proposal(
        customer: records.customers[$0.customer].id, package: simulation.packages[$0.package].id,
        expectedGain: $0.expectedGain)
    }
    expectedGain = plan.expectedGain
    gainBound = plan.bound
    gainCvar_95 = plan.conditionalValueAtRisk
    let assumed = simulation.settings
    notes = [
      "ASSUMED: acceptance is a logit (\(assumed.acceptance.saving) per 1 % saved, \(assumed.acceptance.statusQuo) for staying) until quotes are on record",
      "ASSUMED: price scenarios are days of the price file drawn again with a wandering level, not a forecast",
      "ASSUMED: \(assumed.hedgeShare) of the expected energy is bought forward at the expected price; imbalance \(assumed.imbalanceCost) and "
        + "service \(assumed.serviceCost) per MWh; our procurement \(-assumed.ownDistance) below all retailers'",
    ]
  }
}

extension PackagesReport {
  /// As a role may see it: margins, gains and what they come from are the managers'.
  public func seen(by role: CustomerRole) -> PackagesReport {
    guard role != .manager else { return self }
    var seen = self
    (seen.expectedGain, seen.gainBound, seen.gainCvar_95) = (nil, nil, nil)
    for index in proposals.indices { seen.proposals[index].expectedGain = nil }
    for index in customers.indices {
      seen.customers[index].upside = nil
      for place in customers[index].offers.indices { seen.customers[index].offers[place].hideMoney() }
    }
    return seen
  }
}

extension PackagesReport.Offer {
  fileprivate mutating func hideMoney() {
    (expectedMargin, marginPerMWh, marginCvar_95) = (nil, nil, nil)
    (lossProbability, marginChange, sourceOfGain) = (nil, nil, nil)
  }

  init(_ offer: PackageOffer) {
    let outcome = offer.outcome
    role = offer.role.rawValue
    roleZh = offer.role.chinese
    package = offer.package.id
    kind = offer.package.name
    expectedBill = outcome.expectedBill
    billP10 = outcome.billQuantile(0.1)
    billP90 = outcome.billQuantile(0.9)
    saving = offer.saving
    savingProbability = offer.savingProbability
    expectedMargin = outcome.expectedMargin
    marginPerMWh = outcome.energyMWh > 0 ? outcome.expectedMargin / outcome.energyMWh : 0
    marginCvar_95 = outcome.conditionalValueAtRisk(0.05)
    lossProbability = outcome.lossProbability
    marginChange = offer.marginChange
    acceptanceAssumed = offer.acceptance
    sourceOfGain = offer.sourceOfGain
    findings = offer.findings.map {
      PackagesReport.Finding(level: $0.level.rawValue, code: $0.code, sentence: $0.sentence)
    }
  }
}
