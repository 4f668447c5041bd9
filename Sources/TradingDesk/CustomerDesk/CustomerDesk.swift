public import Foundation
internal import RetailValue

/// The portfolio of a workspace, read and scored once; every reader is answered as his role allows.
public struct CustomerDesk: Sendable {
  private let records: PortfolioRecords
  private let run: ScoreRun
  private let isSimulated: Bool
  /// Positions by total, the highest first.
  private let order: [Int]

  init(_ records: PortfolioRecords, _ run: ScoreRun, simulated: Bool) {
    (self.records, self.run, isSimulated) = (records, run, simulated)
    order = run.scores.indices.sorted {
      (-run.scores[$0].total, run.scores[$0].customer) < (-run.scores[$1].total, run.scores[$1].customer)
    }
  }

  /// Customers after another one, the highest total first.
  ///
  /// - Parameters:
  ///   - tier: "S" … "D"; nil for all.
  ///   - cursor: the last customer of the page before.
  /// - Throws: `DeskProblem` "not found" if the cursor is no customer.
  public func list(role: CustomerRole, tier: String?, after cursor: String?, limit: Int) throws -> CustomerListReport {
    let data = CustomerPageData(records, run, role: role, profile: "standard")
    var rows = order.filter { tier == nil || run.scores[$0].tier.tier.rawValue == tier }
    let matching = rows.count
    if let cursor {
      guard let place = rows.firstIndex(where: { run.scores[$0].customer == cursor }) else {
        throw DeskProblem(.notFound, "The cursor \"\(cursor)\" is no customer of this list.")
      }
      rows = Array(rows[(place + 1)...])
    }
    let shown = rows.prefix(limit).map { data.rows[$0] }
    return CustomerListReport(
      data, shown: shown, matching: matching, simulated: isSimulated,
      nextCursor: rows.count > limit ? shown.last?.score.customer : nil)
  }

  /// All scores as CSV, as `spotdesk customers report --csv` writes them.
  public func table(role: CustomerRole) -> Data {
    let data = CustomerPageData(records, run, role: role, profile: "standard")
    return Data(("\u{FEFF}" + CustomerTableText(data: data).csv()).utf8)
  }

  /// One customer's score; the document of `spotdesk customers show`.
  ///
  /// - Throws: `DeskProblem` "not found".
  public func score(of customer: String, role: CustomerRole) throws -> CustomerScoreReport {
    guard let score = run.scores.first(where: { $0.customer == customer }) else {
      throw DeskProblem(.notFound, "There is no customer \"\(customer)\".")
    }
    return CustomerScoreReport(score, asOf: run.asOf, role: role)
  }
}

extension TradingDesk {
  /// Reads and scores the workspace's portfolio; takes seconds for a thousand customers.
  ///
  /// - Throws: `DeskProblem` if there is none, or a file is wrong.
  public func openCustomers() throws -> CustomerDesk {
    let folder = customerFolder
    var request = ScoreRequest(files: try folder.portfolio())
    if FileStamp(folder.ledger) != nil { request.ledger = folder.ledger }
    let records = try portfolio(request.files, threads: 1)
    return CustomerDesk(records, try scored(records, request), simulated: folder.isSimulated)
  }
}
