import Foundation

/// Exact decimal text of a scaled integer: 1300000 with 6 decimals is "1.3".
///
/// Trailing zeros after `minimumDecimals` are dropped; no locale, no exponent.
public func decimalText(_ value: Int128, decimals: Int, minimumDecimals: Int = 0) -> String {
  precondition(decimals >= 0 && minimumDecimals <= decimals, "minimum decimals above decimals")
  var digits = String(value.magnitude)
  if digits.count <= decimals {
    digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits
  }
  let whole = digits.dropLast(decimals)
  var fraction = digits.suffix(decimals)
  while fraction.count > minimumDecimals, fraction.last == "0" { fraction.removeLast() }
  let sign = value < 0 ? "-" : ""
  return sign + whole + (fraction.isEmpty ? "" : "." + fraction)
}

/// Reads plain decimal text ("-80", "312.50") into an integer of `decimals` decimals, exactly.
///
/// Returns nil for anything else: empty text, an exponent, a thousands separator, or more significant decimals than
/// `decimals` hold. Nothing is rounded.
public func scaledInteger(fromDecimalText text: some StringProtocol, decimals: Int) -> Int64? {
  var rest = text[...]
  let isNegative = rest.first == "-"
  if isNegative || rest.first == "+" { rest = rest.dropFirst() }
  let parts = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
  guard let whole = parts.first, !(whole.isEmpty && parts.count == 1) else { return nil }
  var fraction = parts.count == 2 ? String(parts[1]) : ""
  while fraction.count > decimals, fraction.last == "0" { fraction.removeLast() }
  guard fraction.count <= decimals, !(whole.isEmpty && fraction.isEmpty) else { return nil }
  fraction += String(repeating: "0", count: decimals - fraction.count)
  let digits = String(whole) + fraction
  guard digits.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }), let magnitude = Int64(digits) else { return nil }
  return isNegative ? -magnitude : magnitude
}

extension Double {
  /// The nearest integer, ties to even, or nil if the value is not finite or beyond `limit`.
  func roundedInteger(limit: Int64) -> Int64? {
    guard isFinite, magnitude <= Double(limit) else { return nil }
    return Int64(rounded(.toNearestOrEven))
  }
}

/// A number that does not fit the exact type it was meant for.
public struct QuantityError: Error, Equatable, CustomStringConvertible, Sendable {
  /// One sentence: what was given and what the type can hold.
  public let description: String

  init(_ description: String) { self.description = description }
}
