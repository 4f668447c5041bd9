internal import Bidding
internal import Foundation

/// Strategies by name, or from files of their own.
enum StrategyFile {
  /// What a user's file holds: a name, the built-in strategy that it is, and parameters by name.
  private struct Content: Decodable {
    let name: String
    let strategy: String
    let parameters: [String: Double]?
    /// File of a learned policy, beside this one.
    let policy: String?
  }

  /// Each text is a built-in name or the path of a JSON file; `learned` by its name is the policy that stands in the data folder.
  ///
  /// - Throws: `DeskProblem` in one sentence: an unknown strategy or parameter, a value out of range, two of one name.
  static func strategies(_ texts: [String], data: URL) throws -> [Strategy] {
    let learned = data.appending(path: "strategies").appending(path: "learned.json")
    var found: [Strategy] = []
    for text in texts {
      let isFile = text.hasSuffix(".json") || text == Strategy.Method.learned.rawValue
      let file = text.hasSuffix(".json") ? URL(filePath: text) : learned
      let strategy = isFile ? try read(file) : try inDeskTerms { try .builtIn(text) }
      guard !found.contains(where: { $0.name == strategy.name }) else {
        throw DeskProblem(.badData, "Two strategies are called \(strategy.name); a comparison needs different names.")
      }
      found.append(strategy)
    }
    return found
  }

  static func read(_ file: URL) throws -> Strategy {
    guard let data = FileManager.default.contents(atPath: file.path) else {
      throw DeskProblem(.missingInput, "\(file.relativePath) does not exist; name a strategy or its file.")
    }
    let content: Content
    do { content = try JSONDecoder().decode(Content.self, from: data) } catch {
      throw DeskProblem(
        .badData,
        "\(file.relativePath) is no strategy: it holds \"name\", \"strategy\" and \"parameters\", numbers by name.")
    }
    return try inDeskTerms {
      try Strategy(
        name: content.name, Strategy.builtIn(content.strategy).method, content.parameters ?? [:],
        policy: try content.policy.map { try policy(file.deletingLastPathComponent().appending(path: $0)) })
    }
  }

  private static func policy(_ file: URL) throws -> LearnedPolicy {
    guard let data = FileManager.default.contents(atPath: file.path),
      let policy = try? JSONDecoder().decode(LearnedPolicy.self, from: data)
    else {
      throw DeskProblem(
        .badData,
        "\(file.relativePath) holds no learned policy; `spotdesk evaluate learned-offer --policy FILE` writes one.")
    }
    return policy
  }
}

extension TradingDesk {
  /// The settings of a day as a strategy of the method `optimised` has them, by its name or its file.
  ///
  /// - Throws: `DeskProblem` for a strategy of another method: the day draws the optimised offer beside the standard one.
  public func settings(_ settings: DaySettings, of strategy: String) throws -> DaySettings {
    let named = try StrategyFile.strategies([strategy], data: dataDirectory)[0]
    guard named.method == .optimised else {
      throw DeskProblem(
        .badData,
        "A day is offered by a strategy of the method optimised; \(named.name) is of \(named.method.rawValue). Compare it with `spotdesk backtest --strategies`."
      )
    }
    var own = settings
    own.riskAversion = named[.riskAversion]
    own.secondOpinion = named[.secondOpinion]
    own.recentDays = named[.recentDays]
    own.isChosenByHand = true
    return own
  }
}
