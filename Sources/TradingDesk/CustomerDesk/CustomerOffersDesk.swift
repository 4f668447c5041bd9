internal import Foundation
internal import RetailValue

/// Every package for every customer, simulated once; a customer's offers are chosen from it at once.
public struct CustomerOffersDesk: Sendable {
  private let records: PortfolioRecords
  private let simulation: PackageSimulation
  private let offers: [CustomerOffers]
  private let request: PackagesRequest

  init(
    _ records: PortfolioRecords, _ simulation: PackageSimulation, _ offers: [CustomerOffers], _ request: PackagesRequest
  ) {
    (self.records, self.simulation, self.offers, self.request) = (records, simulation, offers, request)
  }

  /// What may be offered to a customer; for a manager the document of `spotdesk customers packages --customer`.
  ///
  /// - Throws: `DeskProblem` "not found".
  public func offers(to customer: String, role: CustomerRole) throws -> CustomerOffersReport {
    let chosen = offers.filter { records.customers[$0.customer].id == customer }
    guard !chosen.isEmpty else {
      throw DeskProblem(.notFound, "There is no customer \"\(customer)\" with a load.")
    }
    let plan = try inRetailTerms {
      try PortfolioOffers(
        chosen, capacity: chosen.count, riskLimit: nil, tail: simulation.settings.tail)
    }
    return CustomerOffersReport(PackagesReport(records, simulation, chosen, plan, request), role: role)
  }
}

extension TradingDesk {
  /// Simulates all packages for the workspace's customers.
  ///
  /// - Throws: `DeskProblem` if there are no customers, no hourly loads or no prices.
  public func openCustomerOffers() throws -> CustomerOffersDesk {
    let request = PackagesRequest(files: try customerFolder.portfolio())
    let records = try portfolio(request.files, threads: 1)
    let (simulation, offers) = try simulated(records, request)
    return CustomerOffersDesk(records, simulation, offers, request)
  }
}

/// ``PackagesReport`` as a role may see it: margins, gains and what they come from are left out for all but managers.
public struct CustomerOffersReport: Sendable, Encodable {
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
    public let expectedMargin: Double?
    public let marginPerMWh: Double?
    public let marginCvar_95: Double?
    public let lossProbability: Double?
    public let marginChange: Double?
    public let acceptanceAssumed: Double
    public let sourceOfGain: String?
    public let findings: [PackagesReport.Finding]
  }

  public struct Customer: Sendable, Encodable {
    public let customer: String
    public let energyMWh: Double
    public let offers: [Offer]
    public let upside: Double?
  }

  public struct Proposal: Sendable, Encodable {
    public let customer: String
    public let package: String
    public let expectedGain: Double?
  }

  public let customers: [Customer]
  public let packages: [String]
  public let scenarios: Int
  public let seed: UInt64
  public let rules: String?
  public let proposals: [Proposal]
  public let expectedGain: Double?
  public let gainBound: Double?
  public let gainCvar_95: Double?
  public let notes: [String]

  init(_ report: PackagesReport, role: CustomerRole) {
    let isWhole = role == .manager
    let money = { (value: Double) -> Double? in isWhole ? value : nil }
    customers = report.customers.map { customer in
      Customer(
        customer: customer.customer, energyMWh: customer.energyMWh,
        offers: customer.offers.map { Offer($0, isWhole: isWhole) }, upside: money(customer.upside))
    }
    (packages, scenarios, seed, rules) = (report.packages, report.scenarios, report.seed, report.rules)
    proposals = report.proposals.map {
      Proposal(customer: $0.customer, package: $0.package, expectedGain: money($0.expectedGain))
    }
    expectedGain = money(report.expectedGain)
    gainBound = money(report.gainBound)
    gainCvar_95 = money(report.gainCvar_95)
    notes = report.notes
  }
}

extension CustomerOffersReport.Offer {
  init(_ offer: PackagesReport.Offer, isWhole: Bool) {
    let money = { (value: Double) -> Double? in isWhole ? value : nil }
    (role, roleZh, package, kind) = (offer.role, offer.roleZh, offer.package, offer.kind)
    (expectedBill, billP10, billP90) = (offer.expectedBill, offer.billP10, offer.billP90)
    (saving, savingProbability) = (offer.saving, offer.savingProbability)
    expectedMargin = money(offer.expectedMargin)
    marginPerMWh = money(offer.marginPerMWh)
    marginCvar_95 = money(offer.marginCvar_95)
    lossProbability = money(offer.lossProbability)
    marginChange = money(offer.marginChange)
    acceptanceAssumed = offer.acceptanceAssumed
    sourceOfGain = isWhole ? offer.sourceOfGain : nil
    findings = offer.findings
  }
}
