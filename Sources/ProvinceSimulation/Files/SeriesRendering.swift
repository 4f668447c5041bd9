internal import MarketModel

/// A column of numbers with its heading.
struct SeriesColumn {
  let heading: String
  let decimals: Int
  let values: [Double]
}

/// Text of `day,interval_end` and the columns, one row for each quarter-hour; all columns are equally long.
func renderSeries(_ columns: [SeriesColumn], firstDay: MarketDay) -> [UInt8] {
  let rows = columns.first?.values.count ?? 0
  precondition(columns.allSatisfy { $0.values.count == rows }, "columns of one file are equally long")
  var bytes: [UInt8] = []
  bytes.reserveCapacity(rows * (18 + 8 * columns.count) + 1_000)
  bytes.append(contentsOf: (["day", "interval_end"] + columns.map(\.heading)).joined(separator: ",").utf8)
  bytes.append(newline)
  let labels = (1...TimeAxis.perDay).map { number in
    Array(TradingInterval(day: firstDay, number: number, length: .quarterHour).endLabel.utf8)
  }
  var dayText: [UInt8] = []
  for row in 0..<rows {
    let (day, interval) = row.quotientAndRemainder(dividingBy: TimeAxis.perDay)
    if interval == 0 { dayText = Array(firstDay.advanced(by: day).description.utf8) }
    bytes.append(contentsOf: dayText)
    bytes.append(comma)
    bytes.append(contentsOf: labels[interval])
    for column in columns {
      bytes.append(comma)
      appendDecimal(column.values[row], decimals: column.decimals, to: &bytes)
    }
    bytes.append(newline)
  }
  return bytes
}

/// Appends a number with exactly so many decimals (at most 6), half away from zero; −0 becomes 0.
///
/// Worked: 12.345 with 1 decimal is "12.3", −0.04 is "0.0", −79.999 with 2 decimals is "-80.00".
func appendDecimal(_ value: Double, decimals: Int, to bytes: inout [UInt8]) {
  precondition(value.isFinite && abs(value) < 1e12, "\(value) is not a number for a file")
  let scaled = Int64((value * powersOfTen[decimals]).rounded())
  if scaled < 0 { bytes.append(minus) }
  let start = bytes.count
  var rest = scaled.magnitude
  var digits = 0
  repeat {
    if digits == decimals && decimals > 0 { bytes.append(point) }
    let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
    bytes.append(zero + UInt8(digit))
    rest = quotient
    digits += 1
  } while rest > 0 || digits <= decimals
  bytes[start...].reverse()
}

private let powersOfTen: [Double] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]
private let newline = UInt8(ascii: "\n")
private let comma = UInt8(ascii: ",")
private let point = UInt8(ascii: ".")
private let minus = UInt8(ascii: "-")
private let zero = UInt8(ascii: "0")
