import Foundation

/// The one formatter of figures for people.
enum NumberText {
  /// "1,234.5": grouped, with so many decimals.
  static func grouped(_ value: Double, decimals: Int = 0) -> String {
    let text = String(format: "%.\(decimals)f", abs(value))
    let parts = text.split(separator: ".")
    var digits = ""
    for (position, character) in String(parts[0]).reversed().enumerated() {
      if position > 0, position % 3 == 0 { digits.append(",") }
      digits.append(character)
    }
    let isZero = text.allSatisfy { $0 == "0" || $0 == "." }
    return (value < 0 && !isZero ? "-" : "") + String(digits.reversed()) + (parts.count > 1 ? "." + parts[1] : "")
  }

  /// In units of 10,000, the way the trade reads a day's money: 1,234,500 is "123.45".
  static func tenThousands(_ value: Double) -> String { grouped(value / 10_000, decimals: 2) }

  /// "1 … 2"; a dash where there is no interval.
  static func interval(_ low: Double?, _ high: Double?, _ text: (Double) -> String = { grouped($0) }) -> String {
    guard let low, let high else { return "–" }
    return text(low) + " … " + text(high)
  }

  /// With a sign: "+12.3".
  static func signed(_ value: Double, decimals: Int) -> String {
    let text = grouped(value, decimals: decimals)
    return text.hasPrefix("-") || value == 0 ? text : "+" + text
  }

  /// A bid price or an output without needless zeros: "1300", "312.5".
  static func plain(_ value: Double) -> String {
    var text = String(format: "%.3f", value)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text == "-0" ? "0" : text
  }
}
