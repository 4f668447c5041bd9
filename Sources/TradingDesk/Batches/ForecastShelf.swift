internal import Forecasting
internal import Foundation
internal import MarketModel

/// Issued forecasts by what they were made from, so that no batch issues one twice. A file for each; one that is damaged is
/// said, removed and issued anew.
struct ForecastShelf: Sendable {
  let folder: URL

  /// What the issuer of its forecasts learned; it may be removed at any time.
  var learnedFile: URL { learnedFile(.daily) }

  func learnedFile(_ refit: PriceRefit) -> URL {
    folder.appending(path: refit == .daily ? "learned.bin" : "learned-\(refit.rawValue).bin")
  }

  func file(_ key: String) -> URL { folder.appending(path: "\(key).forecast") }

  /// The forecast of a key; nil if there is none, or if what is there is damaged.
  func forecast(_ key: String, say: (String) -> Void) -> IssuedForecast? {
    let file = file(key)
    guard let data = FileManager.default.contents(atPath: file.path) else { return nil }
    let content = Data(data.dropFirst(65))
    if data.count > 65, Data(content.sha256.utf8) == data.prefix(64),
      let forecast = try? PropertyListDecoder().decode(IssuedForecast.self, from: content), forecast.key == key
    {
      return forecast
    }
    say("\(file.path) is damaged; its forecast is issued anew")
    try? FileManager.default.removeItem(at: file)
    return nil
  }

  func has(_ key: String) -> Bool { FileManager.default.fileExists(atPath: file(key).path) }

  func put(_ forecast: IssuedForecast) throws {
    let encoder = PropertyListEncoder()
    encoder.outputFormat = .binary
    let content = try encoder.encode(forecast)
    do {
      try (Data((content.sha256 + "\n").utf8) + content).write(to: file(forecast.key), options: .atomic)
    } catch {
      throw DeskProblem(
        .cannotWrite, "\(file(forecast.key).path) cannot be written: \(systemSentence(error)).")
    }
  }
}

/// Issues the forecasts of consecutive days, each as of its own gate, unless they stand on the shelf.
struct ForecastIssuer {
  let shelf: ForecastShelf
  let program: String
  /// Where what was learned is kept, so that a run that was stopped goes on from there.
  private let memoryFile: URL
  private var session: PriceForecastSession
  private(set) var issued = 0
  private var unsaved = 0
  /// Days between two savings of what was learned.
  private static let daysBetweenSavings = 10

  /// - Parameter other: a session to go on from where the shelf's own memory is not there.
  init(
    shelf: ForecastShelf, program: String, refit: PriceRefit = .daily, or other: @autoclosure () -> PriceForecastSession
  ) {
    self.shelf = shelf
    self.program = program
    memoryFile = shelf.learnedFile(refit)
    session =
      FileManager.default.contents(atPath: memoryFile.path).map { PriceForecastSession(memory: $0, refit: refit) }
      ?? other()
  }

  /// What a forecast hangs on: program, everything that was read as of the gate, seed and number of scenarios.
  static func key(_ context: DayContext, program: String, refit: PriceRefit = .daily) -> String {
    key(
      context.prices, seed: context.settings.seed, scenarios: context.settings.scenarios, program: program, refit: refit
    )
  }

  static func key(
    _ prices: PriceContext, seed: UInt64, scenarios: Int, program: String, refit: PriceRefit = .daily
  ) -> String {
    let text =
      (refit == .daily ? "" : "\(refit.rawValue) ")
      + "\(program) \(prices.day) \(prices.pack.market) \(prices.pack.version) \(prices.history.dataHash) \(seed) \(scenarios)"
    return Data(text.utf8).sha256
  }

  mutating func issue(_ context: DayContext, key: String) throws {
    let forecast = try inDeskTerms { try session.forecast(context.inputs.prices).fitted(to: context.grid) }
    let nextGrid = context.pack.zone.grid(for: context.day.advanced(by: 1))
    try shelf.put(IssuedForecast(forecast, day: context.day, key: key, nextGrid: nextGrid))
    issued += 1
    unsaved += 1
    if unsaved >= ForecastIssuer.daysBetweenSavings { keepMemory() }
  }

  /// What was learned is only kept for speed: where it cannot be written, a run that is stopped learns again.
  mutating func keepMemory() {
    guard unsaved > 0, let memory = try? session.memory() else { return }
    try? memory.write(to: memoryFile, options: .atomic)
    unsaved = 0
  }
}
