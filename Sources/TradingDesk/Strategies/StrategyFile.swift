internal import Bidding
internal import Foundation

/// Strategies by name, or from files of their own.
enum StrategyFile {
  /// What a user's file holds: a name, the built-in strategy that it is, and parameters by name.
  private struct Content: Decodable {
    let name: String
    let strategy: String
    let parameters: [String: Double]?
  }

  /// Each text is a built-in name or the path of a JSON file.
  ///
  /// - Throws: `DeskProblem` in one sentence: an unknown strategy or parameter, a value out of range, two of one name.
  static func strategies(_ texts: [String]) throws -> [Strategy] {
    var found: [Strategy] = []
    for text in texts {
      let strategy =
        text.hasSuffix(".json") ? try read(URL(filePath: text)) : try inStrategyTerms { try .builtIn(text) }
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
    return try inStrategyTerms {
      try Strategy(name: content.name, Strategy.builtIn(content.strategy).method, content.parameters ?? [:])
    }
  }
}

/// Says what is wrong with a strategy or its inputs as the desk's.
func inStrategyTerms<Result>(_ work: () throws -> Result) throws -> Result {
  do { return try work() } catch let problem as StrategyError { throw DeskProblem(.badData, problem.description) }
}
