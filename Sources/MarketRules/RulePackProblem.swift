public import MarketModel

/// Why rule packs cannot be read, or why none answers a question.
public struct RulePackProblem: Error, Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case unreadable(reason: String)
    case notYAML(reason: String)
    case unknownKey(String, section: String, suggestion: String?, allowed: [String])
    case missingKey(String, section: String)
    case wrongValue(path: String, found: String, allowed: String)
    case notCited(path: String, missing: String)
    case misplaced(what: String, found: String, expected: String)
    case badInheritance(reason: String)
    case overlappingDates(version: String, other: String, otherFile: String, day: MarketDay)
    case strayFile
    case noPacks
    case unknownMarket(String, known: [String])
    case unknownVersion(String, market: String, known: [String])
    case beforeFirstPack(market: String, day: MarketDay, first: MarketDay, version: String)
    case noPackInForce(market: String, day: MarketDay, known: [String])
  }

  /// The file or folder in which the problem stands.
  public let file: String
  /// Counted from 1; nil where no line is to blame.
  public let line: Int?
  public let kind: Kind

  init(_ kind: Kind, file: String, line: Int? = nil) {
    self.kind = kind
    self.file = file
    self.line = line
  }
}

extension RulePackProblem: CustomStringConvertible {
  /// "file:line: one sentence".
  public var description: String {
    file + (line.map { ":\($0)" } ?? "") + ": " + sentence
  }

  private var sentence: String {
    switch kind {
    case .unreadable(let reason): "the rule packs cannot be read (\(reason)). Check the path."
    case .notYAML(let reason): "this is not YAML: \(reason). Correct the line."
    case .unknownKey(let key, let section, let suggestion, let allowed):
      RulePackProblem.unknownKeySentence(key, section: section, suggestion: suggestion, allowed: allowed)
    case .missingKey(let key, let section):
      "\(section) has no key \"\(key)\". State it with value, clause and confidence, or as { unknown: \"reason\" }."
    case .wrongValue(let path, let found, let allowed): "\(path) was \(found); allowed is \(allowed)."
    case .notCited(let path, let missing):
      "\(path) has a value without \(missing). Name the clause and the confidence, or write { unknown: \"reason\" }."
    case .misplaced(let what, let found, let expected):
      "the \(what) was \"\(found)\", but the file lies where \"\(expected)\" belongs. Correct the key or move the file."
    case .badInheritance(let reason): "inherit: \(reason)."
    case .overlappingDates(let version, let other, let otherFile, let day):
      "versions \(version) and \(other) (\(otherFile)) are both in force on \(day). Correct effective.from or effective.to."
    case .strayFile: "this is neither a rule pack (.yaml) nor a note (.md). Rename or remove it."
    case .noPacks: "no rule pack was found. Rule packs are <market>/<version>.yaml in this folder."
    case .unknownMarket, .unknownVersion, .beforeFirstPack, .noPackInForce: choiceSentence
    }
  }

  private var choiceSentence: String {
    switch kind {
    case .unknownMarket(let market, let known):
      "there are no rules of market \"\(market)\". Known markets: \(known.joined(separator: ", "))."
    case .unknownVersion(let version, let market, let known):
      "market \(market) has no version \"\(version)\". Known versions: \(known.joined(separator: ", "))."
    case .beforeFirstPack(let market, let day, let first, let version):
      "market \(market) has no rules on \(day): its first version, \(version), begins on \(first). "
        + "Choose a later day or add the earlier rules."
    case .noPackInForce(let market, let day, let known):
      "market \(market) has no rules in force on \(day). Known versions: \(known.joined(separator: ", ")). "
        + "Add the version of that day, or ask for one by name."
    default: ""
    }
  }

  private static func unknownKeySentence(
    _ key: String, section: String, suggestion: String?, allowed: [String]
  ) -> String {
    let hint = suggestion.map { "Did you mean \"\($0)\"?" } ?? "Allowed are: \(allowed.joined(separator: ", "))."
    return "\(section) has an unknown key \"\(key)\". \(hint)"
  }
}
