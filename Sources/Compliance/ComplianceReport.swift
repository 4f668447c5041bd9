public import MarketModel
public import MarketRules

/// What a violation means for the submission.
public enum CheckSeverity: String, Hashable, Sendable, Codable {
  /// The platform would refuse the bid, or it breaks a rule for certain.
  case block
  /// Stopped inside the company unless a named person overrides it with a reason.
  case stop
  case warn
}

/// When a check belongs to the day.
public enum CheckStage: String, Hashable, Sendable, Codable {
  case drafting
  case preSubmit = "pre-submit"
  case afterClearing = "after-clearing"
  case monthly
}

/// A check has three answers. What a missing rule leaves open has not passed.
public enum CheckResult: Hashable, Sendable {
  case passed
  case violated([RuleViolation])
  case notEvaluated(reason: String)
}

/// A rule that a check has read, and what it said.
public struct AppliedRule: Hashable, Sendable, Codable {
  public let name: String
  /// With its unit; "unknown" where the pack does not know it.
  public let value: String
  /// nil where the rule is unknown or comes from the unit register.
  public let citation: Citation?
}

/// One check of one bid.
public struct CheckOutcome: Hashable, Sendable {
  /// As in the list of checks: "C07".
  public let id: String
  public let title: String
  public let severity: CheckSeverity
  public let stage: CheckStage
  public let result: CheckResult
  public let rules: [AppliedRule]

  /// The rules in one line: "bid cap 1300 CNY/MWh (鲁发改价格〔2021〕822号; official)".
  public var rule: String {
    rules.map { rule in
      let source = rule.citation.map { " (\($0.clause); \($0.confidence.rawValue))" } ?? ""
      return rule.name + " " + rule.value + source
    }.joined(separator: "; ")
  }
}

/// What the checks of one bid add up to.
public enum ComplianceVerdict: Hashable, Sendable {
  case violated
  /// No known rule is violated; these checks could not be answered.
  case noViolation(unconfirmed: [String])
}

/// All checks of one bid, in the order of the list.
public struct UnitCompliance: Hashable, Sendable {
  public let unit: UnitID
  public let outcomes: [CheckOutcome]

  public var violations: [RuleViolation] { outcomes.flatMap(\.violations) }
  public var notEvaluatedIDs: [String] { outcomes.filter(\.isNotEvaluated).map(\.id) }

  public var verdict: ComplianceVerdict {
    violations.isEmpty ? .noViolation(unconfirmed: notEvaluatedIDs) : .violated
  }

  public func outcome(_ id: String) -> CheckOutcome? { outcomes.first { $0.id == id } }
}

/// The checks of all bids of a book under one pack.
public struct ComplianceReport: Hashable, Sendable {
  /// nil if there was no bid.
  public let day: MarketDay?
  public let packMarket: String
  public let packVersion: String
  /// In the order of the units.
  public let units: [UnitCompliance]

  public var isViolated: Bool { units.contains { $0.verdict == .violated } }
}

extension CheckOutcome {
  public var violations: [RuleViolation] {
    if case .violated(let found) = result { found } else { [] }
  }

  var isNotEvaluated: Bool {
    if case .notEvaluated = result { true } else { false }
  }
}
