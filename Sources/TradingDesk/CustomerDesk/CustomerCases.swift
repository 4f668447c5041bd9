internal import Foundation
internal import MarketStore

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
