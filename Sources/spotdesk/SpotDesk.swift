import ArgumentParser
import Foundation
import TradingDesk

@main
struct SpotDesk: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "spotdesk",
    abstract: "Forecasts the electricity spot market, draws each unit's offer, checks it, and reviews what it earned.",
    discussion: """
      A workspace is a folder with a store (SQLite) and the files of every day that was prepared. The morning:

        spotdesk init --demo demo                 a simulated province, ready to run
        spotdesk day --workspace demo             prepares the next day

      On your own market:

        spotdesk init desk --rules shandong       rule packs: spotdesk rules
        spotdesk import prices.csv.gz --format spot96 --workspace desk
        spotdesk import units.csv --format units --workspace desk
        spotdesk day 2023-03-15 --workspace desk
        spotdesk clear 2023-03-15 --workspace desk      at the realised prices
        spotdesk review 2023-03-15 --workspace desk     against perfect foresight

      The price alone, without units:

        spotdesk forecast 2023-03-15 --workspace desk

      How good the forecasts are, on a file of your own or of a benchmark:

        spotdesk evaluate prices --data NP.csv.gz --test-from 2016-12-27 --test-to 2018-12-24 --page np.html

      Results go to standard output, progress and errors to standard error. --json prints one document.

      Exit codes: 0 done · 1 our own defect (of `check --rules`: refused) · 2 a bid violates a rule, or an act is not allowed · 3 not found (a day, a market) · 5 no feasible \
      schedule · 64 wrong usage · 65 bad data · 66 missing file or workspace · 73 cannot write · 75 workspace is in use.
      """,
    version: version,
    subcommands: [
      InitCommand.self,
      ImportCommand.self,
      PortfolioCommand.self,
      ForecastCommand.self,
      DayCommand.self,
      CheckCommand.self,
      ClearCommand.self,
      ReviewCommand.self,
      ReplayCommand.self,
      BacktestCommand.self,
      ShardCommand.self,
      ReduceCommand.self,
      SweepCommand.self,
      ExportCommand.self,
      WhatIfCommand.self,
      EvaluateCommand.self,
      RulesCommand.self,
      GatesCommand.self,
      BidsCommand.self,
      AuditCommand.self,
      SettleCommand.self,
      PositionCommand.self,
      MarketCommand.self,
      StrategyCommand.self,
      CustomersCommand.self,
      ServeCommand.self,
      KeysCommand.self,
      ToolsCommand.self,
      DoctorCommand.self,
      BackupCommand.self,
      RestoreCommand.self,
    ])

  static func main() {
    // A reader that goes away (`spotdesk day | head`) ends the program quietly.
    signal(SIGPIPE, SIG_DFL)
    main(nil)
  }
}
