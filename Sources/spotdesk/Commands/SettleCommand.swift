import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct SettleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settle",
    abstract: "Settles our offers of one or more days, line by line, and compares the operator's statement.",
    discussion: """
      spotdesk settle 2026-03-15 --workspace desk --json
      spotdesk settle 2026-03-01..2026-03-31 --workspace desk
      spotdesk settle 2026-03-15 --workspace desk --statement statement.csv

      Every line holds its formula, inputs and clause and is rounded once to a hundredth. The form comes from the day's rule \
      pack; what the pack does not know is assumed and said. Contracts are shared among the units by rated capacity. \
      Without --meters, metered is what was sold, less what outages after the gate took.

      The layouts of statements are data (data/statements); a difference is of quantity, price, rounding, arithmetic, or a \
      line that is missing, unexpected or there twice. Exit code 2 if there is a difference beyond rounding.
      """)

  @Argument(help: ArgumentHelp("A market day, or the first and the last: FROM..TO.", valueName: "day|from..to"))
  var days: MarketDayRange

  @Option(help: ArgumentHelp("The operator's statement, CSV or XLSX.", valueName: "file"))
  var statement: String?

  @Option(help: ArgumentHelp("The layout of the statement; by default it is found by its columns.", valueName: "name"))
  var layout: String?

  @Option(help: ArgumentHelp("Metered net energy: unit,day,interval_end,net_MWh (CSV).", valueName: "file"))
  var meters: String?

  @Option(
    help: ArgumentHelp(
      "Capacity, mechanism price, AGC: day,unit,item,quantity,price,reference_price,factor,clause (CSV). An empty price of capacity-compensation is the rule pack's.",
      valueName: "file"))
  var services: String?

  @Option(
    help: ArgumentHelp(
      "The convention in place of the pack's: contract-for-difference, delta, real-time-full, zone-reference, two-settlement, single.",
      valueName: "name"))
  var mode: String?

  @Option(help: ArgumentHelp("Other rules than the workspace's: market, or market/version.", valueName: "id"))
  var rules: String?

  @Flag(help: "Every settlement period also for more than one day.")
  var periods = false

  @Option(help: ArgumentHelp("Write the statement into this CSV file.", valueName: "file"))
  var output: String?

  @OptionGroup var options: DeskOptions

  func validate() throws {
    guard layout == nil || statement != nil else { throw ValidationError("--layout belongs to --statement.") }
  }

  func run() throws {
    try reporting {
      var request = SettleRequest(days: days, withPeriods: periods || days.isOneDay)
      request.statement = statement.map { URL(filePath: $0) }
      request.layout = layout
      request.meters = meters.map { URL(filePath: $0) }
      request.services = services.map { URL(filePath: $0) }
      request.mode = mode
      request.rules = rules
      let report = try options.desk().settle(request)
      if let output { try writeFile(report.table, to: output) }
      if options.json {
        StandardOutput.write(try encodedDocument(report))
      } else {
        StandardOutput.write(SettlementText(report: report, colours: options.colours).rendered())
      }
      if report.reconciliation?.causes.contains(where: { $0.cause != "rounding" }) ?? false { throw ExitCode(2) }
    }
  }
}

/// Writes a text file, all or nothing.
func writeFile(_ text: String, to path: String) throws { try writeFile(Data(text.utf8), to: path) }

func writeFile(_ content: Data, to path: String) throws {
  do { try content.write(to: URL(filePath: path), options: .atomic) } catch {
    throw DeskProblem(.cannotWrite, "\(path) cannot be written; name a file in a folder that exists.")
  }
}

extension MarketDayRange: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
