internal import Foundation
public import MarketModel
internal import MarketStore

/// Cases of load alerts as a role may see them: the money at stake is the managers', the names of colleagues are masked from viewers.
public struct CustomerCasesReport: Sendable, Encodable {
  public struct Case: Sendable, Encodable {
    public let id: String
    public let customer: String
    public let kind: String
    public let severity: String
    public let status: String
    public let openedOn: MarketDay
    public let lastToldOn: MarketDay
    public let owner: String?
    public let baselineMWh: Double
    public let observedMWh: Double
    public let changePercent: Double
    public let cusum: Double
    public let threshold: Double
    public let valueAtStake: Double?
    public let reason: String
    public let partner: String?
    /// What registers and newspapers say; nothing of it for viewers.
    public let evidence: [String]
  }

  public let customers: Int
  public let firstDay: MarketDay
  public let lastDay: MarketDay
  public let watchedCustomers: Int
  /// The most valuable first.
  public let cases: [Case]
  public let resolved: Int
  public let notes: [String]

  public init(_ report: CustomerAlertsReport, role: CustomerRole) {
    (customers, firstDay, lastDay) = (report.customers, report.firstDay, report.lastDay)
    (watchedCustomers, resolved, notes) = (report.watchedCustomers, report.resolved, report.notes)
    cases = report.cases.map { entry in
      Case(
        id: entry.id, customer: entry.customer, kind: entry.kind, severity: entry.severity, status: entry.status,
        openedOn: entry.openedOn, lastToldOn: entry.lastToldOn, owner: entry.owner.map { role.name($0) },
        baselineMWh: entry.baselineMWh, observedMWh: entry.observedMWh, changePercent: entry.changePercent,
        cusum: entry.cusum, threshold: entry.threshold,
        valueAtStake: role == .manager ? entry.valueAtStake : nil, reason: entry.reason, partner: entry.partner,
        evidence: role == .viewer ? [] : entry.evidence)
    }
  }
}

/// What somebody does with a case.
public enum CustomerCaseAct: Hashable, Sendable {
  case acknowledge
  /// As "confirmed", "false" or "explained".
  case resolve(String)

  var action: String {
    switch self {
    case .acknowledge: "acknowledge customer alert"
    case .resolve: "resolve customer alert"
    }
  }
}

extension TradingDesk {
  /// The workspace's load alerts and the cases that are kept; writes nothing.
  ///
  /// - Throws: `DeskProblem` if there are no customers or a file is wrong.
  public func customerCases() throws -> CustomerAlertsReport { try watchCustomers(try casesRequest()) }

  /// Somebody takes or ends a case: kept in the ledger and in the audit trail.
  ///
  /// - Throws: `DeskProblem` if there is no such open case, or the resolution is none.
  public func work(on id: String, _ act: CustomerCaseAct, by actor: String) throws -> CustomerAlertsReport {
    try locked {
      var request = try casesRequest()
      request.keepsLedger = true
      request.owner = actor
      var content = ["case": id]
      switch act {
      case .acknowledge: request.acknowledge = id
      case .resolve(let resolution):
        request.resolve = id
        request.resolution = resolution
        content["as"] = resolution
      }
      let report = try watchCustomers(request)
      try recordAct(act.action, content, by: actor)
      return report
    }
  }

  private func casesRequest() throws -> CustomerAlertsRequest {
    var request = CustomerAlertsRequest(files: try customerFolder.portfolio())
    request.ledger = customerFolder.ledger
    request.keepsLedger = false
    return request
  }
}
