internal import Foundation
public import MarketModel

/// Finds the site that takes over what another of the same owner gives up.
///
/// A fall and a rise belong together if both sites have the same group or credit code (or, where neither has one, the same region
/// and industry), were told of within `days` of one another, and the rise is 0.4 to 2.5 times the fall. Pairs are formed by the
/// least |ln(rise/fall)|, one site in one pair.
public struct RelocationPairs: Sendable {
  public static let days = 60
  public static let ratio = 0.4...2.5

  private let owners: [String: String]

  public init(customers: [RetailCustomer]) {
    var owners: [String: String] = [:]
    for customer in customers {
      if let group = customer.group {
        owners[customer.id] = "group \(group)"
      } else if let code = customer.creditCode {
        owners[customer.id] = "company \(code)"
      } else if let region = customer.region, let industry = customer.industry {
        owners[customer.id] = "region \(region), industry \(industry)"
      }
    }
    self.owners = owners
  }

  /// The same alerts; the halves of a pair name one another, the fall is a relocation, and its value is counted there alone.
  public func joined(_ alerts: [CustomerAlert]) -> [CustomerAlert] {
    var joined = alerts
    var taken: Set<String> = []
    for pair in candidates(alerts) {
      let (fall, rise) = (alerts[pair.fall], alerts[pair.rise])
      guard !taken.contains(fall.customer), !taken.contains(rise.customer) else { continue }
      taken.formUnion([fall.customer, rise.customer])
      let owner = owners[fall.customer] ?? ""
      for index in alerts.indices where alerts[index].customer == fall.customer && Self.isFall(alerts[index]) {
        joined[index].kind = .relocation
        joined[index].partner = rise.customer
        joined[index].reason += "; \(rise.customer) of the same \(owner) rises"
      }
      for index in alerts.indices where alerts[index].customer == rise.customer && alerts[index].kind == .expansion {
        joined[index].partner = fall.customer
        joined[index].reason += "; takes over from \(fall.customer) of the same \(owner), where the value is counted"
        joined[index].valueAtStake = 0
      }
    }
    return joined
  }

  private struct Candidate {
    let fall: Int
    let rise: Int
    let distance: Double
  }

  private func candidates(_ alerts: [CustomerAlert]) -> [Candidate] {
    var rises: [String: [Int]] = [:]
    for (index, alert) in alerts.enumerated() where alert.kind == .expansion {
      if let owner = owners[alert.customer] { rises[owner, default: []].append(index) }
    }
    var found: [Candidate] = []
    for (index, alert) in alerts.enumerated() where Self.isFall(alert) {
      guard let owner = owners[alert.customer] else { continue }
      let fall = alert.baselineMWh - alert.observedMWh
      for other in rises[owner] ?? [] where alerts[other].customer != alert.customer {
        let rise = alerts[other].observedMWh - alerts[other].baselineMWh
        guard fall > 0, rise > 0, Self.ratio.contains(rise / fall),
          abs(alert.day.dayNumber - alerts[other].day.dayNumber) <= Self.days
        else { continue }
        found.append(Candidate(fall: index, rise: other, distance: abs(log(rise / fall))))
      }
    }
    return found.sorted {
      ($0.distance, alerts[$0.fall].customer, alerts[$0.rise].customer)
        < ($1.distance, alerts[$1.fall].customer, alerts[$1.rise].customer)
    }
  }

  private static func isFall(_ alert: CustomerAlert) -> Bool {
    [.productionStop, .relocation, .decline].contains(alert.kind)
  }
}
