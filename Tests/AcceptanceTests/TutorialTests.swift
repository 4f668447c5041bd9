import Foundation
import Testing

extension LongAcceptance {
  @Suite("The tutorials do what they say") struct TutorialTests {
    static let page = Acceptance.root.appending(path: "docs/tutorials.md")

    /// Titles with the shell block below each.
    static let blocks: [(title: String, block: String)] = {
      let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
      return text.components(separatedBy: "\n## ").dropFirst().compactMap { section in
        let parts = section.components(separatedBy: "```sh\n")
        guard parts.count == 2, let title = section.split(separator: "\n").first else { return nil }
        return (String(title), parts[1].components(separatedBy: "```")[0])
      }
    }()

    @Test("there are four of them")
    func four() { #expect(Self.blocks.count == 4) }

    @Test("every line of a block runs in an empty folder", arguments: 0..<4)
    func run(number: Int) throws {
      let own = try #require(Self.blocks.indices.contains(number) ? Self.blocks[number] : nil)
      let executable = try #require(SpotDesk.executable)
      let path = executable.deletingLastPathComponent().path + ":/usr/local/bin:/usr/bin:/bin"
      let run = try StartedProgram(
        URL(filePath: "/bin/bash"), ["-euo", "pipefail", "-c", own.block],
        environment: ["PATH": path, "SPOTDESK_DATA": Acceptance.root.appending(path: "data").path],
        directory: try Acceptance.newFolder()
      ).finish()
      #expect(run.status == 0, "\(own.title): \(run.errors)")
      #expect(!run.output.isEmpty)
    }
  }
}
