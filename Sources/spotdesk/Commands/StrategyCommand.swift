import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct StrategyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "strategy",
    abstract: "Learns which way of offering earns most, and keeps the record of every change.",
    discussion: """
      spotdesk strategy learn 2022-04-01..2023-03-31 --workspace desk
      spotdesk strategy show --workspace desk
      spotdesk strategy switch on --workspace desk
      spotdesk strategy rollback --reason "coal price jumped" --workspace desk

      Champion and challengers run in shadow on the same days with the same forecasts, those on the workspace's shelf where they \
      are there; then the days are lived through with the champion's offers. The regret against the best strategy in hindsight \
      stands beside its bound. While the switch is on, `day` takes its risk weight and second opinion from the champion that was \
      known at its gate.
      """,
    subcommands: [Learn.self, Show.self, Switch.self, RollBack.self])

  struct Learn: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "learn", abstract: "Runs every strategy in shadow and weighs them day by day.")

    @Argument(help: ArgumentHelp("The first and the last market day: FROM..TO.", valueName: "from..to"))
    var days: MarketDayRange

    @Option(
      help: ArgumentHelp(
        "Strategies, separated by commas; the first is champion to begin with. Default: the optimised offer and data/strategies/arms.",
        valueName: "names"))
    var arms: String?

    @Option(help: ArgumentHelp("A unit register instead of the workspace's.", valueName: "file"))
    var portfolio: String?

    @Flag(help: "Go on where an earlier run of the same days and strategies was stopped.")
    var resume = false

    @Option(
      help: ArgumentHelp("The curve of the regret, the weights and the changes as a page (HTML).", valueName: "file"))
    var page: String?

    @OptionGroup var choices: ScenarioOptions

    @OptionGroup var options: DeskOptions

    func run() throws {
      try reporting {
        let bar = ProgressBar(isQuiet: options.quiet)
        defer { bar.end() }
        var request = LearningRequest(
          days: days, arms: arms?.split(separator: ",").map(String.init) ?? [], settings: choices.settings,
          hooks: bar.hooks)
        request.portfolio = portfolio.map { URL(filePath: $0) }
        request.resume = resume
        request.page = page.map { URL(filePath: $0) }
        let report = try options.desk().learnStrategy(request)
        if options.json {
          StandardOutput.write(try encodedDocument(report))
        } else {
          StandardOutput.write(LearningText(colours: options.colours).rendered(report))
        }
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The champion and the record of its changes.")

    @OptionGroup var options: DeskOptions

    func run() throws { try reporting { try options.write(try options.desk().learningState()) } }
  }

  struct Switch: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Whether `day` uses what was learned: on or off.")

    enum Position: String, ExpressibleByArgument { case on, off }

    @Argument(help: "on or off.")
    var position: Position

    @OptionGroup var options: DeskOptions

    func run() throws {
      try reporting { try options.write(try options.desk().switchLearning(on: position == .on)) }
    }
  }

  struct RollBack: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rollback", abstract: "Puts the champion before the last change back.")

    @Option(help: ArgumentHelp("Why; it is kept with the change.", valueName: "sentence"))
    var reason: String

    @OptionGroup var options: DeskOptions

    func run() throws {
      try reporting { try options.write(try options.desk().rollBackStrategy(reason: reason)) }
    }
  }
}

extension DeskOptions {
  fileprivate func write(_ state: LearningState) throws {
    if json {
      StandardOutput.write(try encodedDocument(state))
    } else {
      StandardOutput.write(LearningText(colours: colours).rendered(state))
    }
  }
}

/// What was learned of strategies as text.
struct LearningText {
  let colours: TerminalColours

  func rendered(_ report: LearningReport) -> String {
    var text =
      colours.bold("Strategies in shadow \(report.from) to \(report.to)") + " · money in 10,000 \(report.currency)\n"
    text += colours.simulatedMarket(report.simulated)
    text += table(report.arms)
    text +=
      "played \(NumberText.tenThousands(report.playedProfit)), first champion kept \(NumberText.tenThousands(report.fixedProfit))"
      + " (\(NumberText.signed(report.upliftOverFixed / 10_000, decimals: 2))), best in hindsight \(report.best): behind it by \(NumberText.tenThousands(report.playedRegret))\n"
      + "weights \(NumberText.tenThousands(report.weightedProfit)): regret \(NumberText.tenThousands(report.regret)), bound \(NumberText.tenThousands(report.regretBound))\n"
    text += following(report)
    return text + changes(report.changes) + "champion: \(report.champion); guard rails: \(report.guards)\n"
  }

  private func following(_ report: LearningReport) -> String {
    var table = TextTable(
      ["played against", "difference", "95 % interval", "% of its margin", "days champion"],
      alignments: [.left, .right, .right, .right, .right])
    for row in report.following {
      table.append([
        row.strategy, NumberText.signed(row.uplift.amount / 10_000, decimals: 2),
        NumberText.interval(row.uplift.low, row.uplift.high, NumberText.tenThousands),
        row.uplift.percentOfMargin.map { NumberText.signed($0, decimals: 2) } ?? "–", String(row.daysChampion),
      ])
    }
    return table.rendered()
  }

  func rendered(_ state: LearningState) -> String {
    colours.bold("Champion: \(state.champion)")
      + " · switch \(state.isOn ? "on" : "off") · learned \(state.from) to \(state.to)\n"
      + table(state.arms) + changes(state.changes)
  }

  private func table(_ arms: [LearningReport.Arm]) -> String {
    var table = TextTable(["strategy", "what it is", "profit", "weight"], alignments: [.left, .left, .right, .right])
    for arm in arms {
      table.append([
        arm.name, arm.summary, NumberText.tenThousands(arm.profit), NumberText.grouped(arm.weight, decimals: 3),
      ])
    }
    return table.rendered()
  }

  private func changes(_ changes: [LearningReport.Change]) -> String {
    changes.isEmpty
      ? "no change of champion\n"
      : changes.map { "● \($0.day) \($0.kind): \($0.from) → \($0.to), \($0.reason)\n" }.joined()
  }
}
