internal import Forecasting
internal import Foundation

extension TradingDesk {
  /// Runs work with a price session that goes on from what earlier forecasts of this workspace learned, and keeps what it
  /// learned for the next. That changes how long a forecast takes and nothing of what it says.
  func withLearnedPrices<Result>(_ work: (inout PriceForecastSession) throws -> Result) throws -> Result {
    let head = learnedHead
    let before = try? Data(contentsOf: workspace.learnedPricesFile)
    var session = learnedSession(before)
    let result = try work(&session)
    if let remark = session.remark { progress("\(remark); learned anew") }
    do {
      if let memory = try session.memory(), head + memory != before {
        try (head + memory).write(to: workspace.learnedPricesFile, options: .atomic)
      }
    } catch {
      progress(
        "What was learned of prices could not be kept in \(workspace.learnedPricesFile.path): \(systemSentence(error))"
      )
    }
    return result
  }

  private var learnedHead: Data { Data("spotdesk \(programVersion)\n".utf8) }

  /// A session for one who keeps nothing.
  func learnedSession() -> PriceForecastSession { learnedSession(try? Data(contentsOf: workspace.learnedPricesFile)) }

  private func learnedSession(_ file: Data?) -> PriceForecastSession {
    guard let file else { return PriceForecastSession() }
    let head = learnedHead
    guard file.starts(with: head) else {
      progress("What was learned of prices is of another version; learning anew")
      return PriceForecastSession()
    }
    return PriceForecastSession(memory: Data(file.dropFirst(head.count)))
  }
}
