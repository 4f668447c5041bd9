/// The five sides of a customer's value.
public enum ValueDimension: String, CaseIterable, Sendable, Codable {
  case economicValue = "economic_value"
  case riskControl = "risk_control"
  case marketResponsiveness = "market_responsiveness"
  case potential
  case greenContribution = "green_contribution"

  public var chinese: String {
    switch self {
    case .economicValue: "经济价值"
    case .riskControl: "风险控制"
    case .marketResponsiveness: "市场响应能力"
    case .potential: "潜力"
    case .greenContribution: "绿色贡献度"
    }
  }

  public var english: String { String(rawValue.map { $0 == "_" ? " " : $0 }) }
}

/// One measure of a customer: what it is, how it is computed, and from what.
public struct Indicator: Sendable, Hashable {
  public enum Scale: Sendable, Hashable {
    case plain
    /// sgn(x) · ln(1 + |x|/x0), for money and energy.
    case signedLog(Double)
    /// Best inside a range, worse on both sides.
    case best(ClosedRange<Double>)
  }

  public let id: String
  public let dimension: ValueDimension
  public let english: String
  public let chinese: String
  public let unit: String
  public let formula: String
  public let source: String
  public let higherIsBetter: Bool
  public let scale: Scale
  /// Weight within the dimension before anything is known of the data.
  public let weight: Double
  /// Whether sales can change it.
  public let isLever: Bool

  fileprivate init(
    _ id: String, _ dimension: ValueDimension, _ english: String, _ chinese: String, _ unit: String, _ weight: Double,
    _ formula: String, from source: String, lower: Bool = false, scale: Scale = .plain, lever: Bool = false
  ) {
    self.id = id
    self.dimension = dimension
    self.english = english
    self.chinese = chinese
    self.unit = unit
    self.formula = formula
    self.source = source
    higherIsBetter = !lower
    self.scale = scale
    self.weight = weight
    isLever = lever
  }

  /// The unit as it is said in Chinese.
  public var chineseUnit: String {
    switch unit {
    case "CNY": "元"
    case "CNY/yr": "元/年"
    case "CNY/MWh": "元/兆瓦时"
    case "MWh": "兆瓦时"
    case "MWh/yr": "兆瓦时/年"
    case "days": "天"
    case "%/yr": "%/年"
    case "pp": "个百分点"
    case "tCO2": "吨二氧化碳"
    default: unit
    }
  }

  /// Position in ``all``.
  public static func position(_ id: String) -> Int {
    guard let position = all.firstIndex(where: { $0.id == id }) else { preconditionFailure("no indicator \(id)") }
    return position
  }

  public static let all: [Indicator] = economic + risk + response + potential + green

  private static let economic = [
    Indicator(
      "E1", .economicValue, "net margin", "净毛利", "CNY/yr", 0.30,
      "Σ revenue − cost at real-time prices − channel fee", from: "load, contracts, prices", scale: .signedLog(10_000)),
    Indicator(
      "E2", .economicValue, "net margin per MWh", "度电净毛利", "CNY/MWh", 0.15, "E1 / q",
      from: "load, contracts, prices"),
    Indicator(
      "E3", .economicValue, "energy", "年电量", "MWh/yr", 0, "q; shown, already in E1", from: "load",
      scale: .signedLog(100)),
    Indicator(
      "E4", .economicValue, "retained profile advantage", "留存负荷形态优势", "CNY/MWh", 0.20,
      "(1 − θ)·(LWP pool − LWP)", from: "load, prices, contracts"),
    Indicator(
      "E5", .economicValue, "imbalance cost", "偏差成本", "CNY/MWh", 0.10, "Σ (q − plan)(P_RT − P_DA) / q",
      from: "load, plan, prices", lower: true, lever: true),
    Indicator(
      "E6", .economicValue, "lifetime value", "生命周期价值", "CNY", 0.15,
      "Σ_k S(k)·E1/12/(1 + r)^(k/12), k ≤ 36 months; survival assumed", from: "E1, contracts",
      scale: .signedLog(10_000)),
    Indicator(
      "E7", .economicValue, "channel dependence", "渠道费占毛利", "%", 0.10, "channel fee / gross margin",
      from: "customers", lower: true, lever: true),
  ]

  private static let risk = [
    Indicator(
      "R1", .riskControl, "tail contribution", "尾部损失贡献", "CNY/MWh", 0.25,
      "−E[margin | portfolio margin ≤ VaR 5 %] / q over the days of the window", from: "load, contracts, prices",
      lower: true),
    Indicator(
      "R2", .riskControl, "day-ahead forecast error", "日前预测误差", "%", 0.20, "Σ|q − q̂| / Σq by day", from: "load",
      lower: true),
    Indicator(
      "R3", .riskControl, "days paid late", "逾期天数", "days", 0.20, "amount-weighted days past due, 12 months",
      from: "payments", lower: true),
    Indicator(
      "R4", .riskControl, "legal and credit events", "司法与信用事件", "0–1", 0.15, "1 − Π(1 − w·2^(−age/180 d))",
      from: "registry", lower: true),
    Indicator(
      "R5", .riskControl, "contract lock", "合同锁定", "0–1", 0.10, "min(1, months left/12)·(1, or ½ without exit fee)",
      from: "contracts", lever: true),
    Indicator(
      "R6", .riskControl, "price–volume correlation", "量价相关", "−1…1", 0.10, "corr(residual load, P_RT) by day",
      from: "load, prices", lower: true),
  ]

  private static let response = [
    Indicator(
      "M1", .marketResponsiveness, "response to time-of-use switches", "分时切换响应", "log points", 0.25,
      "difference in differences of shares in hours whose band rose and fell", from: "load, time-of-use"),
    Indicator(
      "M2", .marketResponsiveness, "spot elasticity", "现货弹性", "–", 0.15, "−β of ln q on ln P within day and hour",
      from: "load, prices, contracts"),
    Indicator(
      "M3", .marketResponsiveness, "peak avoidance", "避峰程度", "–", 0.15, "1 − peak share / pool's",
      from: "load, time-of-use"),
    Indicator(
      "M4", .marketResponsiveness, "midday absorption", "午间消纳", "pp", 0.10, "share of 10–15 h − pool's", from: "load"),
    Indicator(
      "M5", .marketResponsiveness, "demand response delivered", "需求响应兑现率", "%", 0.15,
      "Σ min(delivered, committed) / Σ committed", from: "demand response records"),
    Indicator(
      "M6", .marketResponsiveness, "flexible capability", "可调能力", "–", 0.10, "(storage + controllable kW) / peak kW",
      from: "customers, load"),
    Indicator(
      "M7", .marketResponsiveness, "plan discipline", "计划申报纪律", "0–1", 0.10, "days with plan · (1 − plan nMAE)",
      from: "plan, load", lever: true),
  ]

  private static let potential = [
    Indicator(
      "P1", .potential, "underlying growth", "内生增长", "%/yr", 0.20,
      "Theil–Sen slope of ln weekly load less the pool's, 26 weeks", from: "load"),
    Indicator(
      "P2", .potential, "capacity headroom", "变压器余量", "–", 0.10, "1 − P95 of daily peaks / (kVA · 0.95); best 0.2–0.5",
      from: "load, customers", scale: .best(0.2...0.5)),
    Indicator(
      "P3", .potential, "expansion signals", "扩产信号", "points", 0.20, "Σ w·2^(−age/180 d)", from: "registry"),
    Indicator(
      "P4", .potential, "wallet share open", "集团可开发电量", "MWh", 0.15, "expected MWh of the group's accounts not with us",
      from: "customers", scale: .signedLog(100)),
    Indicator(
      "P5", .potential, "package upside", "套餐提升空间", "CNY/yr", 0.20, "best feasible package's Δ margin + Δ saving",
      from: "packages", lever: true),
    Indicator(
      "P6", .potential, "cross-sell value", "交叉销售价值", "CNY/yr", 0.10,
      "two hours of a tenth of the peak, moved from the dearest to the cheapest hours of each day",
      from: "load, prices",
      scale: .signedLog(1_000)),
    Indicator(
      "P7", .potential, "sector outlook", "行业景气", "%/yr", 0.05, "median P1 of the others of its industry",
      from: "load, customers"),
  ]

  private static let green = [
    Indicator(
      "G1", .greenContribution, "green share", "绿电占比", "%", 0.25, "(green MWh + certificates) / q",
      from: "green, load", lever: true),
    Indicator(
      "G2", .greenContribution, "obligation attainment", "消纳责任完成", "0–1", 0.15, "min(1, G1 / target)",
      from: "green, customers", lever: true),
    Indicator(
      "G3", .greenContribution, "avoided emissions", "减排量", "tCO2", 0.15, "green MWh · grid factor", from: "green",
      scale: .signedLog(10)),
    Indicator(
      "G4", .greenContribution, "hourly matching", "分时匹配", "%", 0.10, "Σ min(q, g) / q by hour", from: "hourly green"),
    Indicator(
      "G5", .greenContribution, "surplus-hour absorption", "富余时段消纳", "pp", 0.20,
      "share of energy in hours of P_RT ≤ 0 (or the lowest tenth) − pool's", from: "load, prices"),
    Indicator(
      "G6", .greenContribution, "on-site clean", "自有清洁能源", "–", 0.10, "(PV + storage kW) / peak kW",
      from: "customers, load"),
    Indicator(
      "G7", .greenContribution, "certification", "体系认证", "0–1", 0.05, "ISO 50001, 14064, green factory",
      from: "customers"),
  ]
}
