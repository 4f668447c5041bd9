/// A YAML document that is no rule pack: groups, lists and words, each with its line.
public struct PlainDocument: Sendable {
  public enum Content: Sendable {
    case group([(key: String, value: PlainDocument)])
    case list([PlainDocument])
    case word(String)
    case nothing
  }

  public let line: Int
  public let content: Content

  /// - Throws: ``RulePackProblem`` with file and line for a text that is no YAML, or uses aliases.
  public static func read(_ text: String, file: String) throws(RulePackProblem) -> PlainDocument {
    PlainDocument(try RuleNode.read(text, file: file))
  }

  private init(_ node: RuleNode) {
    line = node.line
    content =
      switch node.content {
      case .mapping(let entries): .group(entries.map { ($0.key, PlainDocument($0.value)) })
      case .sequence(let nodes): .list(nodes.map { PlainDocument($0) })
      case .scalar(let text, _): node.isNull ? .nothing : .word(text)
      }
  }

  public var word: String? { if case .word(let text) = content { text } else { nil } }

  /// One word, or a list of words.
  public var words: [String]? {
    switch content {
    case .word(let text): [text]
    case .list(let nodes):
      nodes.allSatisfy { $0.word != nil } ? nodes.compactMap(\.word) : nil
    case .group, .nothing: nil
    }
  }
}
