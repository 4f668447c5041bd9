public import Foundation
internal import MarketData
internal import MarketModel
internal import RetailValue

/// Potential customers, the most promising first.
public struct ProspectsReport: Sendable, Encodable {
  public struct Prospect: Sendable, Encodable {
    public let prospect: String
    public let rank: Double
    public let expectedTotal: Double
    public let expectedMWh: Double?
    public let registrySignals: Double
    public let likes: [String]
  }

  public let prospects: [Prospect]
  public let notes: [String]
}

extension TradingDesk {
  /// Ranks potential customers by the customers whom they resemble.
  ///
  /// - Parameter prospects: a file with the columns of customers.
  /// - Throws: `DeskProblem` if a file is missing or wrong.
  public func rankProspects(_ prospects: URL, _ request: ScoreRequest) throws -> ProspectsReport {
    let potential = try inDeskTerms { try readingExisting(prospects) { try RetailFiles.customers(prospects) } }
    let records = try portfolio(request.files, threads: request.threads)
    let run = try scored(records, request)
    let events =
      try request.files.registry.map { url in
        try inDeskTerms { try readingExisting(url) { try RetailFiles.registryEvents(url) } }
      } ?? []
    let energies = records.customers.indices.map { records.loads.monthlyEnergy($0).reduce(0, +) }
    let likes = LookAlikes(customers: records.customers, energies: energies, scores: run.scores)
    let signals = potential.map { customer in
      registrySignals(events.filter { $0.company == customer.creditCode || $0.company == customer.id }, on: run.asOf)
    }
    return ProspectsReport(
      prospects: likes.ranked(potential, signals: signals).map {
        ProspectsReport.Prospect(
          prospect: $0.customer, rank: $0.rank, expectedTotal: $0.expectedTotal, expectedMWh: $0.expectedMWh,
          registrySignals: $0.signals, likes: $0.likes)
      },
      notes: ["ranked by likeness to \(run.scores.count) scored customers; the chance of winning them is not known"])
  }
}
