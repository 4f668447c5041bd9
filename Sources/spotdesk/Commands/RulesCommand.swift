import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract:
      "Lists the rule packs, shows one with its clauses and unknowns, compares two, or looks for contradictions.",
    discussion: """
      spotdesk rules
      spotdesk rules shandong 2023-03-15
      spotdesk rules show shandong/2026-03-draft
      spotdesk rules diff shandong/2024-05 shandong/2026-03-draft
      spotdesk rules check my-market.yaml
      spotdesk rules template shandong --output bids.xlsx
      """,
    subcommands: [
      RulesListCommand.self, RulesShowCommand.self, RulesDiffCommand.self, RulesCheckCommand.self,
      RulesTemplateCommand.self,
    ],
    defaultSubcommand: RulesListCommand.self)
}

struct RulesListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the rule packs; with a market, shows its pack of a day.")

  @Argument(help: ArgumentHelp("A market.", valueName: "market"))
  var market: String?

  @Argument(help: ArgumentHelp("A market day; the pack in force on it is shown.", valueName: "date"))
  var day: MarketDay?

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting { try options.print(try options.desk().describeRules(market: market, day: day)) }
  }
}

struct RulesShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows every value of a pack with its clause and confidence.")

  @Argument(help: ArgumentHelp("A market, market/version, or a pack's file.", valueName: "pack"))
  var pack: String

  @Option(help: ArgumentHelp("A market day, for a market. Default: the newest pack in force.", valueName: "date"))
  var day: MarketDay?

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting { try options.print(try options.desk().showPack(pack, day: day)) }
  }
}

struct RulesDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Says in words what the second pack changes against the first.")

  @Argument(help: ArgumentHelp("A market, market/version, or a pack's file.", valueName: "pack"))
  var earlier: String

  @Argument(help: ArgumentHelp("Another one.", valueName: "pack"))
  var later: String

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      let findings = try options.desk().comparePacks(earlier, later)
      try options.print(findings, none: "The two packs say the same.")
    }
  }
}

struct RulesCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Looks for rules of a pack that contradict each other. Exit code 65: there are some.")

  @Argument(help: ArgumentHelp("A market, market/version, or a pack's file.", valueName: "pack"))
  var pack: String

  @Option(help: ArgumentHelp("A market day, for a market. Default: the newest pack in force.", valueName: "date"))
  var day: MarketDay?

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      let findings = try options.desk().examinePack(pack, day: day)
      try options.print(findings, none: "No contradictions.")
      if !findings.sentences.isEmpty { throw ExitCode(65) }
    }
  }
}

struct RulesTemplateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template", abstract: "Writes a bid file of a market to fill in, as XLSX or CSV.")

  @Argument(help: ArgumentHelp("A market, market/version, or a pack's file.", valueName: "pack"))
  var pack: String

  @Option(help: ArgumentHelp("The file to write; .xlsx has the units and the rules too.", valueName: "file"))
  var output: String

  @Option(help: ArgumentHelp("A market day, for a market. Default: the newest pack in force.", valueName: "date"))
  var day: MarketDay?

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      try options.desk().writeTemplate(pack, day: day, to: URL(filePath: output))
      StandardOutput.write(output + "\n")
    }
  }
}

extension DeskOptions {
  fileprivate func print(_ report: RulesReport) throws {
    if json { return StandardOutput.write(try encodedDocument(report)) }
    StandardOutput.write(OutcomeText(colours: colours).rendered(report))
  }

  fileprivate func print(_ findings: PackFindings, none: String) throws {
    if json { return StandardOutput.write(try encodedDocument(findings)) }
    let head = colours.bold(findings.packs.joined(separator: " → ")) + "\n"
    let lines = findings.sentences.isEmpty ? [none] : findings.sentences
    StandardOutput.write(head + lines.map { $0 + "\n" }.joined())
  }
}
