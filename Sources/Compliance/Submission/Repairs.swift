public import MarketModel
import MarketRules

/// The smallest change of one bid that removes violations; the bid itself is never touched.
public struct RepairSuggestion: Hashable, Sendable {
  public let unit: UnitID
  /// Checks whose violations are gone after the change, in the order of the list.
  public let removes: [String]
  /// What changes, in words.
  public let changes: [String]
  /// The bid with the change, for whoever accepts it; to be checked again after that.
  public let bid: SubmittedBid
  /// Whether the changed bid, checked again, has no violation that blocks or stops.
  public let isSufficient: Bool
}

/// For each bid with violations of its curve, the smallest change that removes them, checked again.
///
/// Every number moves to the nearest that the rules and the unit allow: onto the tick, into the limits, up to the price
/// of the segment below, to the end of the segment below. Segments that stay too narrow or too many are joined with the
/// neighbour that is nearest in price. A suggestion that would bring a violation which was not there is not made.
public func suggestedRepairs(_ bids: [SubmittedBid], in context: ComplianceContext) -> [RepairSuggestion] {
  let tally = BookTally(bids.sorted { $0.unit < $1.unit }, in: context)
  return bids.compactMap { bid in
    let found = tally.violatedChecks(of: bid, in: context)
    guard !found.isEmpty,
      let repaired = RepairedCurve(bid, unitDay: context.units[bid.unit], pack: context.pack)?.bid, repaired != bid
    else { return nil }
    let after = tally.violatedChecks(of: repaired, in: context)
    guard after.isSubset(of: found), after != found else { return nil }
    let removed = found.subtracting(after).sorted { CheckWords.place($0) < CheckWords.place($1) }
    return RepairSuggestion(
      unit: bid.unit, removes: removed, changes: changeWords(from: bid, to: repaired), bid: repaired,
      isSufficient: after.allSatisfy { id in bidChecks.contains { $0.id == id && $0.severity == .warn } })
  }
}

extension BookTally {
  fileprivate func violatedChecks(of bid: SubmittedBid, in context: ComplianceContext) -> Set<String> {
    Set(outcomes(of: bid, in: context, with: bidChecks).filter { !$0.violations.isEmpty }.map(\.id))
  }
}

/// "segment 3: price 1350 becomes 1300", one sentence for each number that changes.
private func changeWords(from old: SubmittedBid, to new: SubmittedBid) -> [String] {
  var words: [String] = []
  if old.segments.count != new.segments.count {
    words.append("\(old.segments.count) segments become \(new.segments.count)")
    words += new.segments.map {
      "segment \($0.number): \($0.fromMegawatts) to \($0.toMegawatts) MW at \($0.pricePerMegawattHour)"
    }
    return words
  }
  for (was, now) in zip(old.segments, new.segments) {
    for (name, before, after) in [
      ("from", was.fromMegawatts, now.fromMegawatts), ("to", was.toMegawatts, now.toMegawatts),
      ("price", was.pricePerMegawattHour, now.pricePerMegawattHour),
    ] where before != after {
      words.append("segment \(now.number): \(name) \(before) becomes \(after)")
    }
    if was.number != now.number { words.append("segment \(was.number) is numbered \(now.number)") }
  }
  return words
}
