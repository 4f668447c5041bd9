/// The keys of one group of a pack; every one must be there and no other.
protocol RuleKey: RawRepresentable<String>, CaseIterable, Hashable, Sendable {}

/// A group of a pack whose keys have been checked: none unknown, none missing.
struct RuleGroup<Key: RuleKey> {
  let name: String
  private let node: RuleNode
  private let nodes: [String: RuleNode]

  init(_ node: RuleNode, name: String, optional: Set<Key> = []) throws(RulePackProblem) {
    guard let entries = node.entries else {
      throw RulePackProblem(
        .wrongValue(path: name, found: node.found, allowed: "a group of keys"), file: node.file, line: node.line)
    }
    let allowed = Key.allCases.map(\.rawValue)
    for entry in entries where Key(rawValue: entry.key) == nil {
      let suggestion = closestSpelling(to: entry.key, among: allowed)
      throw RulePackProblem(
        .unknownKey(entry.key, section: name, suggestion: suggestion, allowed: allowed), file: entry.value.file,
        line: entry.line)
    }
    let present = Set(entries.map(\.key))
    for key in Key.allCases where !optional.contains(key) && !present.contains(key.rawValue) {
      throw RulePackProblem(.missingKey(key.rawValue, section: name), file: node.file, line: node.line)
    }
    self.name = name
    self.node = node
    nodes = Dictionary(entries.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  func path(_ key: Key) -> String { name + "." + key.rawValue }

  func optional(_ key: Key) -> RuleNode? { nodes[key.rawValue] }

  func node(_ key: Key) throws(RulePackProblem) -> RuleNode {
    guard let node = nodes[key.rawValue] else {
      throw RulePackProblem(.missingKey(key.rawValue, section: name), file: node.file, line: node.line)
    }
    return node
  }

  /// A key whose value stands alone, without clause.
  func plain<Value>(_ key: Key, _ form: ValueForm<Value>) throws(RulePackProblem) -> Value {
    try form.read(try node(key), path(key))
  }

  /// A key with `value`, `clause` and `confidence`, or `unknown`.
  func rule<Value>(_ key: Key, _ form: ValueForm<Value>) throws(RulePackProblem) -> RuleValue<Value> {
    let path = path(key)
    let node = try node(key)
    if node.entry(RuleValueKey.unknown.rawValue) != nil {
      let group = try RuleGroup<UnknownKey>(node, name: path)
      return .unknown(reason: try group.plain(.unknown, .sentence))
    }
    guard node.entries != nil else {
      throw RulePackProblem(
        .wrongValue(path: path, found: node.found, allowed: "{ value, clause, confidence } or { unknown }"),
        file: node.file, line: node.line)
    }
    for key in [RuleValueKey.clause, .confidence]
    where node.entry(RuleValueKey.value.rawValue) != nil && node.entry(key.rawValue) == nil {
      throw RulePackProblem(.notCited(path: path, missing: key.rawValue), file: node.file, line: node.line)
    }
    let group = try RuleGroup<RuleValueKey>(node, name: path, optional: [.unknown])
    let citation = Citation(
      clause: try group.plain(.clause, .sentence), confidence: try group.plain(.confidence, .choice()))
    return .known(try group.plain(.value, form), citation)
  }
}

enum RuleValueKey: String, RuleKey { case value, clause, confidence, unknown }
enum UnknownKey: String, RuleKey { case unknown }

/// The nearest allowed spelling, if it is near enough to be a slip.
func closestSpelling(to word: String, among allowed: [String]) -> String? {
  let ranked = allowed.map { (distance: editDistance(word, $0), word: $0) }
  guard let best = ranked.min(by: { ($0.distance, $0.word) < ($1.distance, $1.word) }) else { return nil }
  return best.distance <= max(2, best.word.count / 3) ? best.word : nil
}

/// Levenshtein's distance: insertions, deletions and replacements from one word to the other.
private func editDistance(_ first: String, _ second: String) -> Int {
  let target = Array(second)
  var previous = Array(0...target.count)
  for (row, letter) in first.enumerated() {
    var current = [row + 1]
    for (column, other) in target.enumerated() {
      let replaced = previous[column] + (letter == other ? 0 : 1)
      current.append(min(replaced, previous[column + 1] + 1, current[column] + 1))
    }
    previous = current
  }
  return previous[target.count]
}
