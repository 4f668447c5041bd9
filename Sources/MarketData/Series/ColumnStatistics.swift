import MarketModel

/// The median and the largest magnitude of a column, in bounded memory however long the file is.
///
/// Values are counted in bins by the upper 18 bits of their binary form (sign, exponent, six bits of the fraction), so the
/// median is known to one part in 64; that is enough to tell a megawatt from a kilowatt.
struct ColumnStatistics {
  private static let shift: UInt64 = 46
  private var counts = [UInt32](repeating: 0, count: 1 << 18)
  private(set) var count = 0
  private(set) var largest = 0.0
  private(set) var largestDay: MarketDay?
  private(set) var largestNumber = 0

  /// Counts the values of one market day.
  mutating func add(_ values: [Double], day: MarketDay) {
    for (index, value) in values.enumerated() {
      counts[ColumnStatistics.bin(value)] += 1
      if value.magnitude > largest.magnitude {
        largest = value
        largestDay = day
        largestNumber = index + 1
      }
    }
    count += values.count
  }

  /// The median to one part in 64; nil if nothing was counted.
  var median: Double? {
    var left = (count + 1) / 2
    guard left > 0 else { return nil }
    for (bin, number) in counts.enumerated() where number > 0 {
      left -= Int(number)
      if left <= 0 { return ColumnStatistics.middle(ofBin: bin) }
    }
    return nil
  }

  /// The median of the magnitudes, so that prices on both sides of zero have a scale too.
  var medianMagnitude: Double {
    let half = 1 << 17
    var left = (count + 1) / 2
    for bits in 0..<half {
      left -= Int(counts[half + bits]) + Int(counts[half - 1 - bits])
      if left <= 0 { return ColumnStatistics.middle(ofBin: half + bits) }
    }
    return 0
  }

  /// How many values have a larger magnitude than `limit`, to the width of a bin.
  func count(beyond limit: Double) -> Int {
    counts.enumerated().reduce(0) { sum, entry in
      guard entry.element > 0, ColumnStatistics.middle(ofBin: entry.offset).magnitude > limit else { return sum }
      return sum + Int(entry.element)
    }
  }

  /// Bins rise with the value: negative numbers are counted from the top down.
  private static func bin(_ value: Double) -> Int {
    let bits = Int((value == 0 ? 0 : value).bitPattern >> shift)
    let half = 1 << 17
    return bits < half ? half + bits : half - 1 - (bits - half)
  }

  private static func middle(ofBin bin: Int) -> Double {
    let half = 1 << 17
    let bits = bin >= half ? bin - half : half + (half - 1 - bin)
    if bits == 0 { return 0 }
    return Double(bitPattern: UInt64(bits) << shift | 1 << (shift - 1))
  }
}

extension ColumnStatistics {
  /// Throws if the column cannot be in its unit; returns the warnings about values far outside.
  func check(_ column: PlannedColumn, file: String, currency: String) throws(ImportProblem) -> [String] {
    guard let median else { return [] }
    let (key, limits) = (column.key, column.limits)
    let unit = SeriesUnit.text(of: key.quantity, currency: currency)
    if !limits.holdsMedian(median) {
      let low = limits.medianLow.map(shownNumber) ?? "any"
      let high = limits.medianHigh.map(shownNumber) ?? "any"
      throw implausible(
        column, file: file, found: "the median is about \(rounded(median)), outside \(low)…\(high) \(unit)",
        guess: SeriesUnit.guess(median: median, of: key.quantity, currency: currency, limits: limits), unit: unit)
    }
    if let least = limits.largestLow, largest != 0, largest.magnitude < least {
      throw implausible(
        column, file: file,
        found: "the largest value is \(shownNumber(largest)), below \(shownNumber(least)) \(unit)",
        guess: SeriesUnit.guess(median: largest, of: key.quantity, currency: currency, limits: limits), unit: unit)
    }
    let scale = medianMagnitude
    guard let factor = limits.farOutsideFactor, scale > 0 else { return [] }
    let far = count(beyond: factor * scale)
    guard far > 0, let largestDay else { return [] }
    return [
      "\(file), column \"\(column.name)\": \(grouped(far)) value\(far == 1 ? " is" : "s are") more than "
        + "\(shownNumber(factor)) times the median magnitude of about \(rounded(scale)) \(unit); the largest, "
        + "\(shownNumber(largest)), stands in interval \(largestNumber) of \(largestDay). Kept as "
        + (far == 1 ? "it is." : "they are.")
    ]
  }

  private func implausible(
    _ column: PlannedColumn, file: String, found: String, guess: String?, unit: String
  ) -> ImportProblem {
    let key = column.key
    let advice =
      guess.map {
        "It looks like \($0): "
          + SeriesUnit.conversion(from: $0, to: key.quantity, currency: String(unit.prefix { $0 != "/" })) + "."
      } ?? "Check the unit of the column."
    return .implausible(
      file: file, column: column.name, sentence: "\(found), in which \(key) is kept. \(advice)")
  }

  /// Three significant digits, for a figure that is known to one part in 64.
  private func rounded(_ value: Double) -> String {
    guard value != 0 else { return "0" }
    var scale = 1.0
    while value.magnitude / scale >= 1_000 { scale *= 10 }
    while value.magnitude / scale < 100 { scale /= 10 }
    let digits = (value / scale).rounded()
    return scale >= 1 ? shownNumber(digits * scale) : shownNumber(digits / (1 / scale).rounded())
  }
}
