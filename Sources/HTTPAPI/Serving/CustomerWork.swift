internal import TradingDesk

/// What the server keeps of the workspace's customers.
struct CustomerWork: Sendable {
  let scores = PreparedValue<CustomerDesk>()
  let offers = PreparedValue<CustomerOffersDesk>()
  let cases = PreparedValue<CustomerAlertsReport>()
}

extension Role {
  /// What the role sees of customers: viewers see masked names, traders names, checkers and administrators money too.
  var customerRole: CustomerRole {
    switch self {
    case .viewer: .viewer
    case .trader: .sales
    case .checker, .administrator: .manager
    }
  }
}
