import ArgumentParser
import Foundation
import HTTPAPI
import TradingDesk

struct ToolsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mcp",
    abstract: "Offers the use cases as tools over the Model Context Protocol, on standard input and output.",
    discussion: """
      spotdesk mcp --workspace desk
      SPOTDESK_KEY=sd_… spotdesk mcp --workspace desk

      One JSON-RPC message a line. The tools read; a key in SPOTDESK_KEY whose role allows more adds those that start \
      work. `spotdesk serve` answers the same messages at POST /mcp.
      """)

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      let desk = try options.desk()
      let session = try ToolSession(
        desk: desk, settings: ServerSettings(pages: desk.dashboardFolder),
        secret: ProcessInfo.processInfo.environment["SPOTDESK_KEY"])
      try waiting {
        while let line = readLine(strippingNewline: true) {
          guard !line.isEmpty else { continue }
          if let answer = await session.answer(Data(line.utf8)) { StandardOutput.write(answer + Data("\n".utf8)) }
        }
      }
    }
  }
}
