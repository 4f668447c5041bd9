/// Limits on packages in one market from a date on; nil: no such rule.
public struct PackageRules: Sendable, Codable, Equatable {
  public var id: String
  /// First day, "2026-02-01".
  public var effectiveFrom: String
  public var source: String?
  /// Lowest and highest fixed price per MWh.
  public var lowestPrice: Double?
  public var highestPrice: Double?
  /// Highest linked share; lowest and highest of time-of-use packages.
  public var highestLinkedShare: Double?
  public var lowestSharing: Double?
  public var highestSharing: Double?
  /// Least ratios of tip and peak, greatest of valley and deep valley, to flat.
  public var leastTipRatio: Double?
  public var leastPeakRatio: Double?
  public var greatestValleyRatio: Double?
  public var greatestDeepRatio: Double?
  /// Whether uplift and monthly fee are part of the price whose ratios are checked.
  public var ratiosIncludeFees: Bool?
  /// Multiples of the flat contracts' average at which a month's average is cut, in months with and without tip hours.
  public var averageCapTip: Double?
  public var averageCapOther: Double?
  /// Spread per MWh above which the share goes back to the customers.
  public var refundThreshold: Double?
  public var refundShare: Double?
  /// Band of a customer's average price around the wholesale unit cost.
  public var averageBandLow: Double?
  public var averageBandHigh: Double?
  /// Uplift from which the legal representative signs.
  public var signatureUplift: Double?

  public init(id: String, effectiveFrom: String) {
    self.id = id
    self.effectiveFrom = effectiveFrom
  }

  /// The rules of an id that are in force on a day, "2026-03-01".
  public static func inForce(_ id: String, on day: String, among all: [PackageRules]) -> PackageRules? {
    all.filter { $0.id == id && $0.effectiveFrom <= day }.max { $0.effectiveFrom < $1.effectiveFrom }
  }
}

/// What a rule says of a package.
public struct PackageFinding: Sendable, Hashable, Codable {
  public enum Level: String, Sendable, Codable { case green, amber, red }

  public let level: Level
  public let code: String
  public let sentence: String
}

extension RetailPackage {
  /// Every rule that the package breaks, or that asks for another signature; empty: all in order.
  public func findings(under rules: PackageRules) -> [PackageFinding] {
    var found: [PackageFinding] = []
    func add(_ isWrong: Bool, _ code: String, _ sentence: String, _ level: PackageFinding.Level = .red) {
      if isWrong { found.append(PackageFinding(level: level, code: code, sentence: sentence)) }
    }
    let fixed = linkedShare < 1 ? bandPrices.map { $0 / (1 - linkedShare) } : []
    let isFixed = references.allSatisfy { $0.value == 0 || linkedShare > 0 } && fixed.contains { $0 > 0 }
    if isFixed, Set(fixed).count == 1, let price = fixed.first {
      if let low = rules.lowestPrice {
        add(price < low - 1e-9, "PRICE_BELOW_LIMIT", "fixed price \(price) is below \(low)")
      }
      if let high = rules.highestPrice {
        add(price > high + 1e-9, "PRICE_ABOVE_LIMIT", "fixed price \(price) is above \(high)")
      }
    }
    if let most = rules.highestLinkedShare, isFixed {
      add(linkedShare > most + 1e-9, "LINKED_SHARE", "linked share \(linkedShare) is above \(most)")
    }
    if let sharing {
      if let low = rules.lowestSharing {
        add(sharing < low - 1e-9, "SHARING_LOW", "sharing \(sharing) is below \(low)")
      }
      if let high = rules.highestSharing {
        add(sharing > high + 1e-9, "SHARING_HIGH", "sharing \(sharing) is above \(high)")
      }
    }
    if let limit = rules.signatureUplift {
      add(abs(uplift) > limit, "SIGNATURE", "uplift \(uplift) needs the legal representative's signature", .amber)
    }
    return found
  }
}
