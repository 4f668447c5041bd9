import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

/// Options that every evaluation shares.
struct EvaluateOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The file to walk through, plain or gzip.", valueName: "file"))
  var data: String

  @Option(
    help: ArgumentHelp(
      "epf, spot96, series, gefcom-load, gefcom-wind, gefcom-solar or smd.",
      discussion: "Default: told from the header. The columns: data/sources/evaluation.csv.", valueName: "format"))
  var format: String?

  @Option(help: ArgumentHelp("First test day; 28 days or more must lie before it.", valueName: "date"))
  var testFrom: MarketDay

  @Option(help: ArgumentHelp("Last test day.", valueName: "date"))
  var testTo: MarketDay

  @Option(
    help: ArgumentHelp(
      "Models to print, with commas between them.", discussion: "Default: all.", valueName: "names"))
  var models: String?

  @Option(help: ArgumentHelp("The one site to walk, or \"all\".", valueName: "name"))
  var site: String?

  @Option(help: ArgumentHelp("Write the forecasts: model, day, interval, actual, point, q01…q99.", valueName: "file"))
  var output: String?

  @Flag(help: "Continue an interrupted run from its --output.")
  var resume = false

  @Option(help: ArgumentHelp("Write a page with charts (HTML).", valueName: "file"))
  var page: String?

  @Option(
    help: ArgumentHelp(
      "Published forecasts to compare with: a time, the real price, one column a model.", valueName: "file"))
  var reference: [String] = []

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Lowest price at which the market can clear.", valueName: "price"))
  var lowestPrice: Double?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Highest price at which the market can clear.", valueName: "price"))
  var highestPrice: Double?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Score the probability of values at or below this, as of a price floor.", valueName: "value"))
  var eventBelow: [Double] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Score the probability of values at or above this.", valueName: "value"))
  var eventAbove: [Double] = []

  @Option(
    help: ArgumentHelp(
      "Holidays: prefix of files in data/calendars, as cn.", discussion: "Default: the format's.",
      valueName: "prefix"))
  var calendar: String?

  @Option(help: ArgumentHelp("Capacity of the plant, in the unit of the file.", valueName: "number"))
  var capacity: Double?

  @Option(parsing: .unconditional, help: ArgumentHelp("Latitude of the plant, degrees north.", valueName: "degrees"))
  var latitude: Double?

  @Option(parsing: .unconditional, help: ArgumentHelp("Longitude of the plant, degrees east.", valueName: "degrees"))
  var longitude: Double?

  @Option(help: "Seed of everything random.")
  var seed: UInt64 = 1

  @OptionGroup
  var threads: ThreadOption

  @OptionGroup
  var console: ConsoleOptions

  @Flag(name: .customLong("no-color"), help: "No colours (as with NO_COLOR=1).")
  var noColour = false

  func validate() throws {
    guard !resume || output != nil else { throw ValidationError("--resume continues an --output; name it.") }
    if let low = lowestPrice, let high = highestPrice, low >= high {
      throw ValidationError("--lowest-price \(low) is not below --highest-price \(high).")
    }
    if let models, names(models).isEmpty { throw ValidationError("--models names no model.") }
    guard (-90...90).contains(latitude ?? 0), (-180...180).contains(longitude ?? 0) else {
      throw ValidationError("--latitude is -90 to 90 and --longitude -180 to 180 degrees.")
    }
    guard capacity ?? 1 > 0 else { throw ValidationError("--capacity is \(capacity ?? 0); it is above 0.") }
  }

  /// Whether the combined forecast is among the models that are asked for.
  var makesEnsemble: Bool { models.map { names($0).contains("ensemble") } ?? true }

  /// Evaluates and prints.
  func run(_ target: EvaluatedTarget, scenarios: Int = 0) throws {
    try reporting {
      let desk = try TradingDesk.withoutWorkspace(quiet: console.quiet)
      let bar = ProgressBar(isQuiet: console.quiet)
      var request = request(target)
      request.settings.scenarios = scenarios
      let report = try desk.evaluate(request, hooks: bar.hooks)
      bar.end()
      if console.json {
        StandardOutput.write(try encodedDocument(report))
      } else {
        StandardOutput.write(EvaluationText(report: report).rendered())
      }
      if !console.quiet { for file in [output, page].compactMap({ $0 }) { StandardError.write("wrote \(file)\n") } }
    }
  }

  private func request(_ target: EvaluatedTarget) -> EvaluationRequest {
    var request = EvaluationRequest(
      target: target, data: URL(filePath: data), format: format, testFrom: testFrom, testTo: testTo)
    request.models = models.map(names)
    request.site = site
    request.output = output.map { URL(filePath: $0) }
    request.page = page.map { URL(filePath: $0) }
    request.references = reference.map { URL(filePath: $0) }
    request.resume = resume
    request.events =
      eventBelow.map { EvaluationEvent(bound: $0, isBelow: true) }
      + eventAbove.map { EvaluationEvent(bound: $0, isBelow: false) }
    request.command = (["spotdesk"] + CommandLine.arguments.dropFirst()).joined(separator: " ")
    request.settings.seed = seed
    request.settings.threads = threads.count
    request.settings.lowestPrice = lowestPrice
    request.settings.highestPrice = highestPrice
    request.settings.calendar = calendar
    request.settings.capacity = capacity
    request.settings.latitude = latitude
    request.settings.longitude = longitude
    return request
  }

  private func names(_ text: String) -> [String] {
    text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }
}
