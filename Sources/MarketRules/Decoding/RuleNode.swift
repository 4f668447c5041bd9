import Yams

/// A piece of a pack's YAML that still knows its file and line.
struct RuleNode {
  struct Entry {
    let key: String
    let line: Int
    let value: RuleNode
  }

  enum Content {
    case mapping([Entry])
    case sequence([RuleNode])
    /// `isPlain` is false for quoted text, which is never a number, a flag or null.
    case scalar(String, isPlain: Bool)
  }

  let file: String
  let line: Int
  let content: Content

  /// Reads the text of one file.
  static func read(_ text: String, file: String) throws(RulePackProblem) -> RuleNode {
    let root: Node?
    do {
      root = try compose(yaml: text)
    } catch let error as YamlError {
      throw RulePackProblem(.notYAML(reason: oneLine(error.description)), file: file)
    } catch {
      throw RulePackProblem(.notYAML(reason: oneLine("\(error)")), file: file)
    }
    guard let root else { throw RulePackProblem(.notYAML(reason: "the file is empty"), file: file) }
    return try RuleNode(root, file: file)
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " } }.filter { $0 != "^" }.joined(separator: "; ")
  }

  private init(_ node: Node, file: String) throws(RulePackProblem) {
    self.file = file
    line = node.mark?.line ?? 1
    switch node {
    case .scalar(let scalar):
      content = .scalar(scalar.string, isPlain: scalar.style == .plain || scalar.style == .any)
    case .sequence(let sequence):
      var nodes: [RuleNode] = []
      for element in sequence { nodes.append(try RuleNode(element, file: file)) }
      content = .sequence(nodes)
    case .mapping(let mapping):
      content = .mapping(try RuleNode.entries(of: mapping, file: file))
    case .alias:
      throw RulePackProblem(.notYAML(reason: "aliases are not used in rule packs"), file: file, line: line)
    }
  }

  private static func entries(of mapping: Node.Mapping, file: String) throws(RulePackProblem) -> [Entry] {
    var entries: [Entry] = []
    for (key, value) in mapping {
      let line = key.mark?.line ?? 1
      guard let name = key.string else {
        throw RulePackProblem(.notYAML(reason: "a key must be a word"), file: file, line: line)
      }
      entries.append(Entry(key: name, line: line, value: try RuleNode(value, file: file)))
    }
    return entries
  }

  init(file: String, line: Int, content: Content) {
    self.file = file
    self.line = line
    self.content = content
  }

  var entries: [Entry]? { if case .mapping(let entries) = content { entries } else { nil } }

  func entry(_ key: String) -> Entry? { entries?.first { $0.key == key } }

  /// Text of a scalar, quoted or not; nil for null, mappings and sequences.
  var text: String? {
    guard case .scalar(let text, _) = content, !isNull else { return nil }
    return text
  }

  /// Text of an unquoted scalar: what can be a number or a flag.
  var plainText: String? {
    guard case .scalar(let text, isPlain: true) = content, !isNull else { return nil }
    return text
  }

  var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    return text.isEmpty || text == "~" || text.lowercased() == "null"
  }

  /// What stands here, for a sentence.
  var found: String {
    switch content {
    case .mapping: "a group of keys"
    case .sequence: "a list"
    case .scalar(let text, let isPlain): isNull ? "null" : (isPlain ? text : "the text \"\(text)\"")
    }
  }
}

extension RuleNode {
  /// This pack's tree over another's: keys of this file win, groups that both have are joined key by key.
  ///
  /// Only `inheritable` keys are taken over; a rule value is taken or replaced as a whole.
  func overriding(_ base: RuleNode, inheritable: Set<String>) -> RuleNode {
    var joined = (entries ?? []).map { own -> Entry in
      guard inheritable.contains(own.key), own.value.entries != nil, let inherited = base.entry(own.key)?.value,
        let lower = inherited.entries
      else { return own }
      let ownKeys = Set(own.value.entries?.map(\.key) ?? [])
      let group = (own.value.entries ?? []) + lower.filter { !ownKeys.contains($0.key) }
      return Entry(
        key: own.key, line: own.line, value: RuleNode(file: file, line: own.line, content: .mapping(group)))
    }
    let present = Set(joined.map(\.key))
    joined += (base.entries ?? []).filter { inheritable.contains($0.key) && !present.contains($0.key) }
    return RuleNode(file: file, line: line, content: .mapping(joined))
  }
}
