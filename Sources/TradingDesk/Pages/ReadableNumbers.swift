/// A number for reading: thin spaces between thousands, a true minus sign, a fixed count of decimals.
///
///     readable(-1234567.891, decimals: 1)   −1 234 567.9
///     readable(-0.04, decimals: 1)          0.0
///     readable(.nan)                        –
func readable(_ value: Double, decimals: Int = 0) -> String {
  guard value.isFinite, abs(value) < 1e12 else { return "–" }
  let scale = (0..<decimals).reduce(Int64(1)) { product, _ in product * 10 }
  let scaled = Int64((abs(value) * Double(scale)).rounded())
  let sign = value < 0 && scaled > 0 ? "\u{2212}" : ""
  let whole = sign + grouped(scaled / scale)
  guard decimals > 0 else { return whole }
  let fraction = String(scaled % scale)
  return whole + "." + String(repeating: "0", count: decimals - fraction.count) + fraction
}

/// The same with a plus sign before what is above zero.
func signed(_ value: Double, decimals: Int = 0) -> String {
  let text = readable(value, decimals: decimals)
  let isZero = text.allSatisfy { $0 == "0" || $0 == "." }
  return value > 0 && value.isFinite && !isZero ? "+" + text : text
}

/// A share of 1 in percent: "12 %"; one decimal below 1 %, so that rare is not read as never.
func percent(_ share: Double) -> String {
  let isRare = share > 0 && share < 0.01
  return readable(share * 100, decimals: isRare ? 1 : 0) + "\u{202F}%"
}

/// Money in ten thousands of currency units, the unit of the trade's reports.
func tenThousands(_ money: Double, decimals: Int = 2) -> String { readable(money / 10_000, decimals: decimals) }

/// "1.00 … 2.00" in ten thousands; a dash where there is no interval.
func tenThousandsInterval(_ low: Double?, _ high: Double?) -> String {
  guard let low, let high else { return "–" }
  return tenThousands(low) + " … " + tenThousands(high)
}

/// No decimals where all values are whole, one otherwise: a column reads best with one form.
func commonDecimals(_ values: [Double]) -> Int {
  values.allSatisfy { abs($0 - $0.rounded()) < 0.05 } ? 0 : 1
}

/// "1,234" with narrow no-break spaces in place of the comma.
private func grouped(_ whole: Int64) -> String {
  let digits = Array(String(whole))
  var text = ""
  for (position, digit) in digits.enumerated() {
    if position > 0, (digits.count - position).isMultiple(of: 3) { text += "\u{202F}" }
    text.append(digit)
  }
  return text
}
