import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract:
      "Walks through a file day by day, forecasts each test day from what came before, and scores the forecasts.",
    discussion: """
      spotdesk evaluate prices --data NP.csv.gz --test-from 2016-12-27 --test-to 2018-12-24 --json
      spotdesk evaluate prices --data electricity_price.csv.gz --test-from 2023-01-01 --test-to 2023-03-31 \\
        --output forecasts.csv --page prices.html
      spotdesk evaluate solar --data gefcom2014_solar_tidy.csv.gz --test-from 2013-07-01 --test-to 2013-12-31
      spotdesk evaluate summary np.json solar.json --page evaluation.html

      No value of a test day is read by a model before its forecast is recorded. rmae is the mean absolute error against \
      that of the same hour a week before (Lago et al. 2021); crps is the pinball loss averaged over 99 percentiles, \
      which is about half the continuous ranked probability score; coverage_80 is the share of values inside the \
      central 80 % interval; energy_score and variogram_score (of order one half) are those of a day's joint paths, drawn \
      where --scenarios asks for them; seconds is the computing time of a model for a test day. The models "naive" (a week \
      before) and "yesterday" are always there to compare with. Needs no workspace.
      """,
    subcommands: EvaluatedTarget.allCases.map { target -> any ParsableCommand.Type in
      switch target {
      case .prices: EvaluatePrices.self
      case .load: EvaluateLoad.self
      case .wind: EvaluateWind.self
      case .solar: EvaluateSolar.self
      case .realTime: EvaluateRealTime.self
      }
    } + [
      EvaluateCommitment.self, EvaluateDispatch.self, EvaluateMarket.self, EvaluateLearnedOffer.self,
      EvaluateMarketPower.self,
      EvaluateOffers.self, EvaluateStorage.self, EvaluateWindOffers.self,
      EvaluateVirtualPlant.self,
      EvaluateSummary.self, EvaluateAlerts.self, EvaluateChurn.self,
    ])
}

struct EvaluatePrices: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prices", abstract: "Day-ahead prices from published inputs.",
    discussion: """
      spotdesk evaluate prices --data NP.csv.gz --format epf --test-from 2016-12-27 --test-to 2018-12-24 \\
        --models naive,lear,ensemble --reference Forecasts_NP_DNN_LEAR_ensembles.csv.gz --page np.html
      """)
  @OptionGroup var options: EvaluateOptions

  @Option(
    help: ArgumentHelp(
      "Joint paths to draw for each day and score, 2 to 1000.",
      discussion: "Two plain ways to draw them are scored beside. Default: none.", valueName: "number"))
  var scenarios = 0

  func validate() throws {
    guard scenarios == 0 || (2...1_000).contains(scenarios) else {
      throw ValidationError("--scenarios is \(scenarios); use 2 to 1000, or 0 for none.")
    }
    guard scenarios == 0 || options.makesEnsemble else {
      throw ValidationError("--scenarios needs the model ensemble; add it to --models.")
    }
  }

  func run() throws { try options.run(.prices, scenarios: scenarios) }
}

struct EvaluateLoad: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "load", abstract: "Load from temperatures and the calendar.",
    discussion: """
      spotdesk evaluate load --data gefcom2014_load.csv.gz --test-from 2010-01-01 --test-to 2010-12-31 --calendar us
      """)
  @OptionGroup var options: EvaluateOptions
  func run() throws { try options.run(.load) }
}

struct EvaluateWind: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wind", abstract: "Wind power from forecast winds.",
    discussion: """
      spotdesk evaluate wind --data Task15_W_Zone1.csv.gz --test-from 2013-07-01 --test-to 2013-09-30 --capacity 1
      """)
  @OptionGroup var options: EvaluateOptions
  func run() throws { try options.run(.wind) }
}

struct EvaluateSolar: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "solar", abstract: "Solar power from forecast radiation and cloud.",
    discussion: """
      spotdesk evaluate solar --data gefcom2014_solar_tidy.csv.gz --test-from 2013-07-01 --test-to 2013-12-31
      """)
  @OptionGroup var options: EvaluateOptions
  func run() throws { try options.run(.solar) }
}

struct EvaluateRealTime: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "real-time", abstract: "Real-time prices when the day-ahead price is known.",
    discussion: """
      spotdesk evaluate real-time --data 2017_smd_hourly_allzones.csv.gz --test-from 2017-03-01 --test-to 2017-04-30
      """)
  @OptionGroup var options: EvaluateOptions
  func run() throws { try options.run(.realTime) }
}
