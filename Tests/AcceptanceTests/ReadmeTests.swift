import Foundation
import Testing

extension Acceptance {
  @Suite("The README shows what the program prints") struct ReadmeTests {
    static let begin = "<!-- sample: spotdesk day -->"
    static let end = "<!-- end of sample -->"
    static let readme = root.appending(path: "README.md")
    /// Lines of the sample, its code fence apart.
    static let shownLines = 40

    static var hasSample: Bool {
      let text = (try? String(contentsOf: readme, encoding: .utf8)) ?? ""
      return text.contains(begin) && text.contains(end)
    }

    @Test(
      "the sample is the beginning of the demonstration's day; RECORD_SAMPLE=1 writes it anew and fails",
      .enabled(if: hasSample, "README.md has no sample"))
    func sample() throws {
      let text = try String(contentsOf: Self.readme, encoding: .utf8)
      let begin = try #require(text.range(of: Self.begin))
      let end = try #require(text.range(of: Self.end, range: begin.upperBound..<text.endIndex))
      let printed = lines(try Prepared.next().run.text)
      if ProcessInfo.processInfo.environment["RECORD_SAMPLE"] == "1" {
        let sample = "\n```text\n" + printed.prefix(Self.shownLines).joined(separator: "\n") + "\n```\n"
        let recorded = text.replacingCharacters(in: begin.upperBound..<end.lowerBound, with: sample)
        try Data(recorded.utf8).write(to: Self.readme)
        Issue.record("README.md has been written with the sample; read it, and run again without RECORD_SAMPLE")
        return
      }
      var sample = lines(String(text[begin.upperBound..<end.lowerBound]))
        .filter { !$0.hasPrefix("```") && !$0.hasPrefix("$ ") }
      while sample.first?.isEmpty == true { sample.removeFirst() }
      while sample.last?.isEmpty == true { sample.removeLast() }
      try #require(sample.count >= 10, "the sample shows too little; RECORD_SAMPLE=1 writes it anew")
      // The first line that differs says enough.
      let other = sample.indices.first { $0 >= printed.count || sample[$0] != printed[$0] }
      let difference = other.map { "line \($0 + 1): \($0 < printed.count ? printed[$0] : "nothing") is printed" }
      #expect(difference == nil, "the README shows something else; RECORD_SAMPLE=1 writes it anew")
    }

    private func lines(_ text: String) -> [String] {
      text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        var line = line
        while line.last == " " { line.removeLast() }
        return String(line)
      }
    }
  }
}
