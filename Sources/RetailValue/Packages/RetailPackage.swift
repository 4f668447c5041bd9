/// A monthly reference price that a package may name.
public enum ReferencePrice: String, Sendable, Codable, CaseIterable {
  /// Plain means of the market's day-ahead and real-time prices over the month.
  case dayAheadAverage = "day_ahead_average"
  case realTimeAverage = "real_time_average"
  /// Average energy cost of all retailers, of this one, and the average of flat contracts.
  case allRetailers = "all_retailers"
  case ownAverage = "own_average"
  case flatContracts = "flat_contracts"
}

/// A retail package as coefficients: every kind that is sold is linear in a month's aggregates until its limits apply.
///
///     fee = Σ_b Q_b·F_b + a·Σq·P_DA + b·Σq·P_RT + Q·(Σ_r c_r·Ref_r + u) + lump
///     then: the ratio check of bands → cap and floor of the monthly average → green energy
public struct RetailPackage: Sendable, Codable, Equatable {
  public var id: String
  public var name: String
  /// Price of each band (deep valley, valley, flat, peak, tip) per MWh; all alike for one fixed price.
  public var bandPrices: [Double]
  /// Weights of the own period's day-ahead and real-time price.
  public var dayAheadWeight: Double
  public var realTimeWeight: Double
  /// Weights of monthly reference prices.
  public var references: [ReferencePrice: Double]
  /// Added to every MWh; a fee a month.
  public var uplift: Double
  public var monthlyFee: Double
  /// Cap and floor of the monthly average price, as multiples of a reference, or as a price.
  public var cap: AverageLimit?
  public var floor: AverageLimit?
  public var green: GreenPart?
  /// Whether bands are held to the official ratios.
  public var checksRatios: Bool
  /// Ideas that a customer must understand: bands, links, sharing, caps, green.
  public var concepts: Int
  public var termMonths: Int
  /// Share λ that is linked, and share K or s of sharing, for the rules.
  public var linkedShare: Double
  public var sharing: Double?

  public struct AverageLimit: Sendable, Codable, Equatable {
    public var reference: ReferencePrice?
    /// Multiple of the reference, or the price itself.
    public var value: Double

    public init(reference: ReferencePrice? = nil, value: Double) {
      self.reference = reference
      self.value = value
    }

    func price(_ references: [Double]) -> Double {
      reference.map { references[$0.position] * value } ?? value
    }
  }

  public struct GreenPart: Sendable, Codable, Equatable {
    /// Share of the energy, and the environmental value per MWh.
    public var share: Double
    public var price: Double

    public init(share: Double, price: Double) {
      self.share = share
      self.price = price
    }
  }

  init(id: String, name: String, concepts: Int) {
    self.id = id
    self.name = name
    bandPrices = [0, 0, 0, 0, 0]
    dayAheadWeight = 0
    realTimeWeight = 0
    references = [:]
    uplift = 0
    monthlyFee = 0
    checksRatios = false
    self.concepts = concepts
    termMonths = 12
    linkedShare = 0
  }
}

extension ReferencePrice {
  var position: Int { ReferencePrice.allCases.firstIndex(of: self) ?? 0 }
}

extension RetailPackage {
  /// F.
  public static func fixed(_ id: String, price: Double) -> RetailPackage {
    var package = RetailPackage(id: id, name: "fixed price", concepts: 0)
    package.bandPrices = [Double](repeating: price, count: 5)
    return package
  }

  /// F_b, bands from deep valley to tip.
  public static func timeOfUse(_ id: String, bands: [Double]) -> RetailPackage {
    precondition(bands.count == 5, "There are five bands, not \(bands.count)")
    var package = RetailPackage(id: id, name: "time of use", concepts: 1)
    package.bandPrices = bands
    package.checksRatios = true
    return package
  }

  /// P × the official ratio of each band.
  public static func comprehensive(_ id: String, price: Double, ratios: [Double]) -> RetailPackage {
    var package = timeOfUse(id, bands: ratios.map { $0 * price })
    package.name = "single comprehensive price"
    return package
  }

  /// F·(1 − λ) + I·λ + u.
  public static func fixedAndLinked(
    _ id: String, price: Double, index: ReferencePrice, share: Double, uplift: Double
  ) -> RetailPackage {
    var package = fixed(id, price: price * (1 - share))
    package.name = "fixed + linked"
    package.references = [index: share]
    package.uplift = uplift
    package.linkedShare = share
    package.concepts = 1
    return package
  }

  /// Ref·(1 − λ) + I·λ + u.
  public static func referenceAndLinked(
    _ id: String, reference: ReferencePrice, index: ReferencePrice, share: Double, uplift: Double
  ) -> RetailPackage {
    var package = RetailPackage(id: id, name: "reference + linked", concepts: 2)
    package.references[reference, default: 0] += 1 - share
    package.references[index, default: 0] += share
    package.uplift = uplift
    package.linkedShare = share
    return package
  }

  /// Own period's price + u.
  public static func linked(_ id: String, realTime: Bool = true, uplift: Double) -> RetailPackage {
    var package = RetailPackage(id: id, name: "linked + uplift", concepts: 1)
    if realTime { package.realTimeWeight = 1 } else { package.dayAheadWeight = 1 }
    package.uplift = uplift
    package.linkedShare = 1
    return package
  }

  /// Ref − s·Δ + u, Δ agreed.
  public static func agreedSpread(
    _ id: String, reference: ReferencePrice, share: Double, spread: Double, uplift: Double
  ) -> RetailPackage {
    var package = RetailPackage(id: id, name: "spread sharing, agreed", concepts: 1)
    package.references = [reference: 1]
    package.uplift = uplift - share * spread
    package.sharing = share
    return package
  }

  /// Ref1 − s·(Ref2 − Ref3) + u.
  public static func spreadSharing(
    _ id: String, reference: ReferencePrice, upper: ReferencePrice, lower: ReferencePrice, share: Double, uplift: Double
  ) -> RetailPackage {
    var package = RetailPackage(id: id, name: "spread sharing", concepts: 2)
    package.references[reference, default: 0] += 1
    package.references[upper, default: 0] -= share
    package.references[lower, default: 0] += share
    package.uplift = uplift
    package.sharing = share
    return package
  }

  /// P̄_all − (P̄_all − P̄_own)·K.
  public static func proportionalSharing(_ id: String, share: Double) -> RetailPackage {
    var package = RetailPackage(id: id, name: "proportional sharing", concepts: 2)
    package.references = [.allRetailers: 1 - share, .ownAverage: share]
    package.sharing = share
    return package
  }

  /// P̄_all × K.
  public static func marketRate(_ id: String, factor: Double) -> RetailPackage {
    var package = RetailPackage(id: id, name: "market rate", concepts: 1)
    package.references = [.allRetailers: factor]
    return package
  }

  /// P̄_own + fee.
  public static func ownAverage(_ id: String, fee: Double) -> RetailPackage {
    var package = RetailPackage(id: id, name: "own average + fee", concepts: 1)
    package.references = [.ownAverage: 1]
    package.uplift = fee
    return package
  }

  /// market rate·K + (P̄_own + fee)(1 − K).
  public static func mixed(_ id: String, factor: Double, share: Double, fee: Double) -> RetailPackage {
    var package = RetailPackage(id: id, name: "mixed", concepts: 3)
    package.references = [.allRetailers: factor * share, .ownAverage: 1 - share]
    package.uplift = fee * (1 - share)
    package.sharing = share
    return package
  }

  /// Share of the price that moves with the market; that part needs no hedge.
  var marketShare: Double {
    let months = (references[.dayAheadAverage] ?? 0) + (references[.realTimeAverage] ?? 0)
    return min(max(dayAheadWeight + realTimeWeight + months, 0), 1)
  }

  public func capped(at limit: AverageLimit) -> RetailPackage {
    var package = self
    package.cap = limit
    package.concepts += 1
    return package
  }

  public func floored(at limit: AverageLimit) -> RetailPackage {
    var package = self
    package.floor = limit
    package.concepts += 1
    return package
  }

  public func withGreen(share: Double, price: Double) -> RetailPackage {
    var package = self
    package.green = GreenPart(share: share, price: price)
    package.concepts += 1
    return package
  }

  public func named(_ id: String) -> RetailPackage {
    var package = self
    package.id = id
    return package
  }
}
