import ArgumentParser
import Foundation
import TradingDesk

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Looks at everything that a day hangs on, one line each. Exit code 65: something is wrong.",
    discussion: """
      spotdesk doctor --workspace desk

      Store, schema, audit trail, lock, disk, clock, rules, calendar, keys. Nothing is changed. A warning works today and wants \
      somebody's eye. What to do stands beside what was found, and in docs/operations.md.
      """)

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      let report = try options.desk().examine()
      if options.json {
        StandardOutput.write(try encodedDocument(report))
      } else {
        StandardOutput.write(OutcomeText(colours: options.colours).rendered(report))
      }
      if !report.isHealthy { throw ExitCode(65) }
    }
  }
}
