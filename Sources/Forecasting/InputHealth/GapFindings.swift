internal import MarketModel

/// Missing values and days, and what stands in their place.
extension SeriesExamination {
  /// Bridges short gaps of inputs, fills the day to forecast from a like day, and says so; longer gaps stay NaN.
  mutating func fillGaps() {
    let lastIsToCome = isTarget
    var gapDays: [(day: Int, kind: InputFinding.Kind, count: Int, bridged: Int)] = []
    for index in rows.indices where !(lastIsToCome && index == lastIndex) {
      let missing = rows[index].indices.filter { rows[index][$0].isNaN }
      guard !missing.isEmpty else { continue }
      let unexplained = missing.count { !isExplained[index][$0] }
      let bridged = isTarget ? 0 : bridgeShortGaps(index)
      if unexplained > 0 {
        gapDays.append((index, missing.count == perDay ? .missingDay : .missingValues, unexplained, bridged))
      }
    }
    let isLastSaid = gapDays.last?.day == lastIndex
    let last = isTarget ? nil : settleLastDay()
    var start = 0
    while start < gapDays.count {
      var end = start
      while end + 1 < gapDays.count, gapDays[end + 1].day == gapDays[end].day + 1,
        gapDays[end + 1].kind == gapDays[start].kind
      { end += 1 }
      reportGaps(gapDays[start...end].map { ($0.day, $0.count, $0.bridged) }, gapDays[start].kind, last)
      start = end + 1
    }
    if let last, !isLastSaid { addToLastFinding(last) }
  }

  private mutating func reportGaps(
    _ days: [(day: Int, count: Int, bridged: Int)], _ kind: InputFinding.Kind, _ lastDay: String?
  ) {
    guard let first = days.first?.day, let last = days.last?.day else { return }
    let count = days.reduce(0) { $0 + $1.count }
    let what: String
    switch kind {
    case .missingDay where first == last: what = "no value is known"
    case .missingDay: what = "no value is known on these \(days.count) days"
    default: what = "\(count) of \(days.count * perDay) values \(count == 1 ? "is" : "are") missing"
    }
    var fallback: [String] = []
    let bridged = days.reduce(0) { $0 + $1.bridged }
    if bridged > 0 {
      fallback.append("Gaps of up to \(InputHealth.longestBridge) hours are bridged between their neighbours.")
    }
    let isHistoryLeft = days.contains { $0.day < lastIndex || isTarget ? $0.bridged < $0.count : false }
    if isHistoryLeft {
      fallback.append("The fit leaves \(first == last ? "the day" : "days that still miss values") out.")
    }
    if last == lastIndex, let lastDay { fallback.append(lastDay) }
    report(kind, first, last, count: count, what, fallback: fallback.joined(separator: " "))
  }

  /// What was done on the day to forecast belongs to the finding that took its values away.
  private mutating func addToLastFinding(_ what: String) {
    guard let index = findings.lastIndex(where: { $0.lastDay == day(lastIndex) }) else { return }
    let old = findings[index]
    findings[index] = InputFinding(
      kind: old.kind, series: old.series, firstDay: old.firstDay, lastDay: old.lastDay, count: old.count,
      sentence: old.sentence, fallback: old.fallback + " " + what)
  }

  /// Bridges the gaps of a day that have a neighbour on both sides and two hours at the most; how many values.
  private mutating func bridgeShortGaps(_ index: Int) -> Int {
    var bridged = 0
    var start = 0
    while start < perDay {
      guard rows[index][start].isNaN else {
        start += 1
        continue
      }
      var end = start
      while end < perDay, rows[index][end].isNaN { end += 1 }
      if start > 0, end < perDay, end - start <= InputHealth.longestBridge * perHour {
        bridge(index, start..<end)
        bridged += end - start
      }
      start = end
    }
    return bridged
  }

  /// A straight line between the neighbours of a gap within a day.
  mutating func bridge(_ index: Int, _ gap: Range<Int>) {
    let before = rows[index][gap.lowerBound - 1]
    let after = rows[index][gap.upperBound]
    for interval in gap {
      let share = Double(interval - gap.lowerBound + 1) / Double(gap.count + 1)
      rows[index][interval] = before + share * (after - before)
    }
  }

  /// Fills what is still missing on the day to forecast from the last complete day of the same weekday, or leaves the
  /// input out; what was done, nil if nothing was missing.
  private mutating func settleLastDay() -> String? {
    let missing = rows[lastIndex].indices.filter { rows[lastIndex][$0].isNaN }
    guard !missing.isEmpty else { return nil }
    let like = stride(from: lastIndex - 7, through: max(0, lastIndex - 28), by: -7).first { index in
      rows[index].allSatisfy { !$0.isNaN }
    }
    guard missing.count <= InputHealth.mostHoursMissing * perHour, let like else {
      rows[lastIndex] = [Double](repeating: .nan, count: perDay)
      isLeftOut = true
      return "The forecast of \(day(lastIndex)) is made without \(name)."
    }
    for interval in missing { rows[lastIndex][interval] = rows[like][interval] }
    return "On \(day(lastIndex)) the values of \(day(like)), the last complete day of the same weekday, stand in."
  }
}
