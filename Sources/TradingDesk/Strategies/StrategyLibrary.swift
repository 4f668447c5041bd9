internal import Bidding
internal import Foundation

extension TradingDesk {
  /// Files of the program's own strategies, by name.
  private var strategyFiles: [String: URL] {
    let folder = dataDirectory.appending(path: "strategies")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let files = names.filter { $0.hasSuffix(".json") && $0 != "learned.json" && !$0.hasSuffix("policy.json") }
    return Dictionary(uniqueKeysWithValues: files.map { (String($0.dropLast(5)), folder.appending(path: $0)) })
  }

  /// Names of the strategies that can be compared: the built-in ones, and those of the program's own files.
  public func namedStrategies() -> [String] {
    Strategy.Method.allCases.map(\.rawValue)
      + strategyFiles.filter { (try? StrategyFile.read($0.value)) != nil }.keys.sorted()
  }

  /// Names as ``StrategyRequest/strategies`` takes them.
  public func strategyArguments(_ names: [String]) -> [String] {
    let files = strategyFiles
    return names.map { files[$0]?.path ?? $0 }
  }
}
