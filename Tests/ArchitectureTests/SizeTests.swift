import Testing

/// What a reader can hold in his head; the formatter's indentation tells where a function ends.
@Suite("Sizes of files and functions") struct SizeTests {
  static let longestFile = 300
  static let longestFunction = 60

  @Test("no file is longer than 300 lines")
  func files() {
    #expect(SourceFile.all.count > 300)
    for file in SourceFile.all where file.lines.count - 1 > Self.longestFile {
      Issue.record("\(file.path) has \(file.lines.count - 1) lines")
    }
  }

  @Test("no function is longer than 60 lines")
  func functions() {
    var count = 0
    for file in SourceFile.all {
      for (first, last) in Self.functions(file.lines) {
        count += 1
        if last - first + 1 > Self.longestFunction {
          Issue.record("\(file.path):\(first + 1) has \(last - first + 1) lines")
        }
      }
    }
    #expect(count > 2_000)
  }

  @Test("a function ends at the brace below its first word")
  func ends() {
    let text = """
      struct Example {
        public init(
          a: Int
        ) {
        }

        var short: Int { 1 }

        private mutating func long() {
          if true {
          }
        }
      }
      """
    let found = Self.functions(text.split(separator: "\n", omittingEmptySubsequences: false))
    #expect(found.map(\.first) == [1, 8] && found.map(\.last) == [4, 11])
  }

  /// First and last lines of functions and initialisers of more than one line.
  static func functions(_ lines: [Substring]) -> [(first: Int, last: Int)] {
    lines.indices.compactMap { first in
      let line = lines[first]
      guard line.contains("func ") || line.contains("init"), isFunction(line) else { return nil }
      let indent = line.prefix { $0 == " " }
      for index in lines.indices[(first + 1)...] {
        let next = lines[index]
        if next == indent + "}" { return (first, index) }
        // A declaration of a protocol, or one that ends in its own line.
        let depth = next.prefix { $0 == " " }.count
        if !next.isEmpty, depth <= indent.count, !next.dropFirst(depth).hasPrefix(")"),
          !next.dropFirst(depth).hasPrefix("{"),
          !next.dropFirst(depth).hasPrefix("->"), !next.dropFirst(depth).hasPrefix("where ")
        {
          return nil
        }
      }
      return nil
    }
  }

  private static func isFunction(_ line: Substring) -> Bool {
    for word in line.split(separator: " ") {
      if word == "func" || word.hasPrefix("init(") || word.hasPrefix("init?(") || word.hasPrefix("init<") {
        return true
      }
      let modifiers: Set<Substring> = [
        "public", "private", "fileprivate", "internal", "static", "mutating", "override", "final", "convenience",
        "nonisolated",
      ]
      guard modifiers.contains(word) || word.hasPrefix("@") else { return false }
    }
    return false
  }
}
