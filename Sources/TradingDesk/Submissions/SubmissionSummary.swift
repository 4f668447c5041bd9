/// What one check came to over all bids.
public struct CheckTally: Sendable, Hashable {
  public var check: String
  public var title: String
  public var severity: String
  public var stage: String
  public var formula: String
  public var passed = 0
  public var violated = 0
  public var notEvaluated = 0
  /// The first reason why it could not be judged.
  public var openReason = ""
  /// Rules that it read, each once.
  var sources: [SubmissionDocument.Source] = []
}

extension SubmissionDocument {
  /// One row for each check, in the order of the list.
  public var tallies: [CheckTally] {
    var places: [String: Int] = [:]
    var found: [CheckTally] = []
    for row in results {
      let place = places[row.check] ?? found.count
      if place == found.count {
        places[row.check] = place
        found.append(
          CheckTally(
            check: row.check, title: row.title, severity: row.severity, stage: row.stage, formula: row.formula))
      }
      found[place].add(row)
    }
    return found.sorted { CheckTally.place($0.check) < CheckTally.place($1.check) }
  }

  /// Every rule of the pack that a check read, with the checks that read it, in the order of the list.
  var appliedRules: [(source: Source, checks: [String])] {
    var places: [Source: Int] = [:]
    var found: [(source: Source, checks: [String])] = []
    for tally in tallies {
      for source in tally.sources where !source.clause.isEmpty {
        if let place = places[source] {
          if found[place].checks.last != tally.check { found[place].checks.append(tally.check) }
        } else {
          places[source] = found.count
          found.append((source, [tally.check]))
        }
      }
    }
    return found
  }
}

extension CheckTally {
  fileprivate mutating func add(_ row: SubmissionDocument.Row) {
    switch row.result {
    case "violated": violated += 1
    case "passed": passed += 1
    default:
      notEvaluated += 1
      if openReason.isEmpty { openReason = row.message }
    }
    // Limits of units have no clause; they differ from unit to unit and would fill a page.
    for source in row.sources where !source.clause.isEmpty && !sources.contains(source) { sources.append(source) }
  }

  /// Format, curve, physical, environment, position, market power, process; then by number.
  fileprivate static func place(_ check: String) -> Int {
    let group = "FCPERMD".enumerated().first { $0.element == check.first }?.offset ?? 7
    return group * 100 + (Int(check.dropFirst()) ?? 0)
  }
}
