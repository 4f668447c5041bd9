/// What one version of a market's rules says otherwise than another, one sentence for each rule.
public func differences(from earlier: RulePack, to later: RulePack) -> [String] {
  var found: [String] = []
  if earlier.effectiveFrom != later.effectiveFrom {
    found.append("The first day moves from \(earlier.effectiveFrom) to \(later.effectiveFrom).")
  }
  if earlier.status != later.status {
    found.append("The status changes from \(earlier.status.rawValue) to \(later.status.rawValue).")
  }
  if earlier.currency != later.currency || earlier.zone.identifier != later.zone.identifier {
    found.append(
      "Prices and clock change from \(earlier.currency) in \(earlier.zone.identifier) to \(later.currency) in "
        + "\(later.zone.identifier).")
  }
  for (old, new) in zip(earlier.statements, later.statements) {
    if let sentence = difference(from: old, to: new) { found.append(sentence) }
  }
  return found
}

private func difference(from old: RuleStatement, to new: RuleStatement) -> String? {
  switch (old.value, new.value) {
  case (nil, nil): return nil
  case (let was?, nil): return "\(new.key) was \(was) and is now unknown: \(new.reason)."
  case (nil, let value?):
    return "\(new.key) was unknown and is now \(value) (\(source(new)))."
  case (let was?, let value?):
    if was != value { return "\(new.key) changes from \(was) to \(value) (\(source(new)))." }
    guard let before = old.citation?.confidence, let after = new.citation?.confidence, before != after else {
      return nil
    }
    return "\(new.key) stays \(value); its source is now \(after.rawValue) instead of \(before.rawValue)."
  }
}

private func source(_ statement: RuleStatement) -> String {
  statement.citation.map { "\($0.clause); \($0.confidence.rawValue)" } ?? ""
}
