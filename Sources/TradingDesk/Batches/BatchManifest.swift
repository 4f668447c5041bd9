internal import Bidding
internal import Foundation
internal import MarketData
internal import MarketModel

/// Everything that a batch's result hangs on, and its tasks: what another process needs to run a part of it.
struct BatchManifest: Codable, Hashable, Sendable {
  struct StrategyEntry: Codable, Hashable, Sendable {
    let name: String
    let method: String
    let parameters: [String: Double]
    let version: Int
    let isPlacebo: Bool
    let policy: LearnedPolicy?

    init(_ strategy: Strategy, isPlacebo: Bool) {
      name = strategy.name
      method = strategy.method.rawValue
      parameters = Dictionary(uniqueKeysWithValues: strategy.parameters.map { ($0.parameter.rawValue, $0.value) })
      version = strategy.version
      self.isPlacebo = isPlacebo
      policy = strategy.policy
    }

    func strategy() throws -> Strategy {
      try inDeskTerms { try Strategy(name: name, Strategy.builtIn(method).method, parameters, policy: policy) }
    }
  }

  struct DayEntry: Codable, Hashable, Sendable {
    let day: MarketDay
    /// Name of the forecast on the shelf.
    let forecast: String
    /// Digest of units, outages, contracts and realised prices.
    let inputs: String
  }

  let schema: String
  let program: String
  let from: MarketDay
  let to: MarketDay
  let seed: UInt64
  let scenarios: Int
  /// With the placebo, in the order of the report.
  let strategies: [StrategyEntry]
  let days: [DayEntry]
  /// Names of the tasks, in order.
  let tasks: [String]
  /// Not part of the identifier: where the units were read.
  let portfolio: String?
  let command: String
  let dataHash: String
  /// Whether the whole market is cleared again with each strategy's offers; nil where they are price takers'.
  var isRecleared: Bool?
  /// Whose rule packs apply; nil for the workspace's.
  var market: String?

  /// Twelve hexadecimal digits of everything that the result hangs on; the same request on the same data has the same one.
  var identifier: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      let content = BatchManifest(
        schema: schema, program: program, from: from, to: to, seed: seed, scenarios: scenarios, strategies: strategies,
        days: days, tasks: tasks, portfolio: nil, command: "", dataHash: dataHash,
        isRecleared: isRecleared, market: market)
      return String(try encoder.encode(content).sha256.prefix(12))
    }
  }
}

extension StrategyDay {
  /// Digest of what a day's result hangs on beside the forecast.
  func digest() throws -> String {
    var text = "\(pack.market) \(pack.version) \(prices.basis)\n"
    text += try inDeskTerms { try UnitRegister.text(of: unitDays.map(\.unit)) }
    for own in unitDays + nextUnitDays {
      text += "\(own.unit.id) \(own.initialState) \(own.minutesFromOrder ?? -1)"
      for (available, lowest) in zip(own.availableCapacity.values, own.minimumOutput.values) {
        text += " \(available.kilowatts) \(lowest.kilowatts)"
      }
      text += own.mustRun.values.contains(true) ? " must run\n" : "\n"
    }
    for plant in plants { text += "\(plant)\n" }
    for contract in contracts { text += "\(contract)\n" }
    for budget in fuel?.budgets ?? [] { text += "\(budget)\n" }
    for price in prices.prices.values { text += "\(price.perMegawattHour) " }
    return Data(text.utf8).sha256
  }
}
