/// How much care a customer gets.
public enum Tier: String, CaseIterable, Sendable, Codable, Comparable {
  case s = "S"
  case a = "A"
  case b = "B"
  case c = "C"
  case d = "D"

  public var chinese: String {
    switch self {
    case .s: "战略"
    case .a: "核心"
    case .b: "成长"
    case .c: "维持"
    case .d: "观察"
    }
  }

  private var rank: Int { Tier.allCases.firstIndex(of: self) ?? 4 }
  /// A better tier is greater.
  public static func < (left: Tier, right: Tier) -> Bool { left.rank > right.rank }

  /// Totals from which a tier may be entered, and below which it is left.
  var limits: (enter: Double, leave: Double) {
    switch self {
    case .s: (85, 81)
    case .a: (72, 68)
    case .b: (55, 51)
    case .c: (40, 36)
    case .d: (-.infinity, -.infinity)
    }
  }

  public static let thresholds: [Double] = [85, 72, 55, 40]
}

/// What a tier is decided from.
public struct TierFacts: Sendable {
  public var total: Double
  public var economicValue: Double
  public var riskControl: Double
  public var potential: Double
  /// Margin of twelve months; nil if not known.
  public var yearlyMargin: Double?
  /// Margins of the last months, the latest last; empty if not known.
  public var monthlyMargins: [Double]
  public var largestDaysLate: Double?
  public var isInLiquidation: Bool
  public var hasOpenStop: Bool
  public var hasInsufficientDimension: Bool

  public init(
    total: Double, economicValue: Double = 50, riskControl: Double = 50, potential: Double = 50,
    yearlyMargin: Double? = nil, monthlyMargins: [Double] = [], largestDaysLate: Double? = nil,
    isInLiquidation: Bool = false, hasOpenStop: Bool = false, hasInsufficientDimension: Bool = false
  ) {
    self.total = total
    self.economicValue = economicValue
    self.riskControl = riskControl
    self.potential = potential
    self.yearlyMargin = yearlyMargin
    self.monthlyMargins = monthlyMargins
    self.largestDaysLate = largestDaysLate
    self.isInLiquidation = isInLiquidation
    self.hasOpenStop = hasOpenStop
    self.hasInsufficientDimension = hasInsufficientDimension
  }
}

/// The tier before this run, and the one that was waiting for a second month.
public struct PreviousTier: Sendable, Hashable, Codable {
  public var tier: Tier
  public var pending: Tier?

  public init(tier: Tier, pending: Tier? = nil) {
    self.tier = tier
    self.pending = pending
  }
}

/// Why a tier is not what the total alone would bring.
public enum TierReason: Sendable, Hashable {
  case billPaidLate(days: Int)
  case liquidation
  case lossOfThreeMonths
  case dimensionUnknown

  public var english: String {
    switch self {
    case .billPaidLate(let days): "a bill was paid \(days) days late (\(Self.daysLateLimit) is the limit)"
    case .liquidation: "the company is in liquidation"
    case .lossOfThreeMonths: "the margin was negative for three months"
    case .dimensionUnknown: "a dimension is not known well enough: B at most"
    }
  }

  public var chinese: String {
    switch self {
    case .billPaidLate(let days): "有账单逾期 \(days) 天(上限 \(Self.daysLateLimit) 天)"
    case .liquidation: "企业处于清算或注销程序"
    case .lossOfThreeMonths: "连续三个月毛利为负"
    case .dimensionUnknown: "某一维度数据不足,最高评为 B 级"
    }
  }

  static let daysLateLimit = 60
}

/// A tier with why.
public struct TierDecision: Sendable, Hashable {
  public let tier: Tier
  /// The tier that another month like this would bring.
  public let pending: Tier?
  /// Guards that were broken, or what capped the tier.
  public let reasons: [TierReason]

  /// The tier after this month: a change needs two months in a row, a broken guard none.
  public init(_ facts: TierFacts, previous: PreviousTier?) {
    let broken = Self.brokenGuards(facts)
    guard broken.isEmpty else {
      self.init(tier: .d, pending: nil, reasons: broken)
      return
    }
    let candidate = Self.candidate(facts, current: previous?.tier)
    let reasons: [TierReason] = facts.hasInsufficientDimension && candidate.capped ? [.dimensionUnknown] : []
    guard let previous, candidate.tier != previous.tier else {
      self.init(tier: candidate.tier, pending: nil, reasons: reasons)
      return
    }
    let isConfirmed = previous.pending == candidate.tier
    self.init(
      tier: isConfirmed ? candidate.tier : previous.tier, pending: isConfirmed ? nil : candidate.tier, reasons: reasons)
  }

  private init(tier: Tier, pending: Tier?, reasons: [TierReason]) {
    self.tier = tier
    self.pending = pending
    self.reasons = reasons
  }

  private static func brokenGuards(_ facts: TierFacts) -> [TierReason] {
    var broken: [TierReason] = []
    if let late = facts.largestDaysLate, late > Double(TierReason.daysLateLimit) {
      broken.append(.billPaidLate(days: Int(late)))
    }
    if facts.isInLiquidation { broken.append(.liquidation) }
    let last = facts.monthlyMargins.suffix(3)
    if last.count == 3, last.allSatisfy({ $0 < 0 }) { broken.append(.lossOfThreeMonths) }
    return broken
  }

  private static func candidate(_ facts: TierFacts, current: Tier?) -> (tier: Tier, capped: Bool) {
    var capped = false
    for tier in Tier.allCases {
      let isHeld = current.map { $0 >= tier } ?? false
      let limit = isHeld ? tier.limits.leave : tier.limits.enter
      var fits = facts.total >= limit
      switch tier {
      case .s: fits = fits && facts.economicValue >= 80 && facts.riskControl >= 50 && !facts.hasOpenStop
      case .a: fits = fits && (facts.yearlyMargin.map { $0 > 0 } ?? true)
      case .b: fits = fits || facts.potential >= 80
      case .c, .d: break
      }
      guard fits else { continue }
      if facts.hasInsufficientDimension, tier > .b {
        capped = true
        continue
      }
      return (tier, capped)
    }
    return (.d, capped)
  }
}
