internal import Foundation

/// A score as a salesperson says it aloud.
public struct ScoreSentences: Sendable {
  public let english: String
  public let chinese: String

  /// - Parameter shows: whether an indicator may be named.
  public init(_ score: CustomerScore, shows: (String) -> Bool = { _ in true }) {
    let difference = score.total - score.segmentTotal
    let up = score.drivers(up: true, count: 3).filter { shows($0.indicator.id) }
    let down = score.drivers(up: false, count: 3).filter { shows($0.indicator.id) }
    english =
      "\(Self.points(score.total)) points (tier \(score.tier.tier.rawValue), confidence \(score.confidence.rawValue)), "
      + "\(Self.points(abs(difference))) \(difference < 0 ? "below" : "above") the median of comparable customers."
      + Self.list(" Up: ", up.map { Self.english($0) }, "; ", ".")
      + Self.list(" Down: ", down.map { Self.english($0) }, "; ", ".")
      + (score.isProvisional ? " Provisional: \(score.days) days of load." : "")
      + Self.list(" Guards: ", score.tier.reasons.map(\.english), "; ", ".")
    chinese =
      "综合 \(Self.points(score.total)) 分(\(score.tier.tier.rawValue) 级\(score.tier.tier.chinese),置信度 \(score.confidence.chinese)),"
      + "\(difference < 0 ? "低于" : "高于")同类客户中位 \(Self.points(abs(difference))) 分。"
      + Self.list("加分:", up.map { Self.chinese($0) }, ";", "。")
      + Self.list("减分:", down.map { Self.chinese($0) }, ";", "。")
      + (score.isProvisional ? "暂定:仅 \(score.days) 天负荷。" : "")
      + Self.list("风控:", score.tier.reasons.map(\.chinese), ";", "。")
  }

  /// "net margin 12,300 CNY/yr (+6.1)".
  public static func english(_ score: IndicatorScore) -> String {
    "\(score.indicator.english) \(figure(score)) (\(signed(score.contribution)))"
  }

  public static func chinese(_ score: IndicatorScore) -> String {
    "\(score.indicator.chinese) \(figure(score, unit: score.indicator.chineseUnit))(\(signed(score.contribution)))"
  }

  /// The raw value with its unit.
  ///
  /// - Parameter unit: the unit's words; nil for the indicator's own.
  public static func figure(_ score: IndicatorScore, unit words: String? = nil) -> String {
    guard let value = score.value else { return "–" }
    let isPlain = ["–", "0–1", "−1…1", "points", "log points"].contains(score.indicator.unit)
    let unit = words ?? score.indicator.unit
    let decimals = isPlain ? 2 : abs(value) >= 1_000 ? 0 : 1
    return grouped(value, decimals) + (isPlain ? "" : " \(unit)")
  }

  private static func list(_ head: String, _ parts: [String], _ separator: String, _ end: String) -> String {
    parts.isEmpty ? "" : head + parts.joined(separator: separator) + end
  }

  static func points(_ value: Double) -> String { String(format: "%.1f", value) }
  static func signed(_ value: Double) -> String { (value < 0 ? "−" : "+") + String(format: "%.1f", abs(value)) }

  private static func grouped(_ value: Double, _ decimals: Int) -> String {
    let text = String(format: "%.\(decimals)f", abs(value))
    let parts = text.split(separator: ".")
    var whole = ""
    for (index, digit) in parts[0].reversed().enumerated() {
      if index > 0, index % 3 == 0 { whole = "," + whole }
      whole = String(digit) + whole
    }
    return (value < 0 ? "−" : "") + whole + (parts.count > 1 ? "." + parts[1] : "")
  }
}
