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
  public func offers(to customer: String, role: CustomerRole) throws -> PackagesReport {
    let chosen = offers.filter { records.customers[$0.customer].id == customer }
    guard !chosen.isEmpty else {
      throw DeskProblem(.notFound, "There is no customer \"\(customer)\" with a load.")
    }
    let plan = try inRetailTerms {
      try PortfolioOffers(
        chosen, capacity: chosen.count, riskLimit: nil, tail: simulation.settings.tail)
    }
    return PackagesReport(records, simulation, chosen, plan, request).seen(by: role)
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
