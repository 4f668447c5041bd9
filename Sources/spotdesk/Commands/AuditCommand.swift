import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Lists who did what with the bids, or proves that the trail is as it was written.",
    subcommands: [AuditList.self, AuditVerify.self], defaultSubcommand: AuditList.self)
}

struct AuditList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the audit trail, of one day if one is named.")

  @Argument(help: ArgumentHelp("A market day.", valueName: "date"))
  var day: MarketDay?

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      let report = try options.desk().auditTrail(day: day)
      if options.json { return StandardOutput.write(try encodedDocument(report)) }
      StandardOutput.write(OutcomeText(colours: options.colours).rendered(report))
    }
  }
}

struct AuditVerify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Computes every hash of the trail again. Exit code 65: an entry or a payload was altered.",
    discussion: """
      Each entry holds the hash of the one before it; audit-heads.txt beside the store repeats the hashes. Somebody who \
      rewrites both leaves no trace in them: note the last hash elsewhere and give it with --head.
      """)

  @Option(help: ArgumentHelp("A hash that was noted elsewhere; it must be that of an entry.", valueName: "hash"))
  var head: String?

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      let found = try options.desk().verifyAudit(head: head)
      if options.json {
        StandardOutput.write(try encodedDocument(found))
      } else {
        StandardOutput.write(OutcomeText(colours: options.colours).rendered(found))
      }
      if !found.isIntact { throw ExitCode(65) }
    }
  }
}
