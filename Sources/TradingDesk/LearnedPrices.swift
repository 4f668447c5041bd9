internal import Forecasting
internal import Foundation

extension TradingDesk {
  /// Runs work with a price session that goes on from what earlier forecasts of this workspace learned, and keeps what it
  /// learned for the next. That changes how long a forecast takes and nothing of what it says.
  func withLearnedPrices<Result>(_ work: (inout PriceForecastSession) throws -> Result) throws -> Result {
    let head = Data("spotdesk \(programVersion)\n".utf8)
    let before = try? Data(contentsOf: workspace.learnedPricesFile)
    var session = PriceForecastSession()
    if let before {
      if before.starts(with: head) {
        session = PriceForecastSession(memory: Data(before.dropFirst(head.count)))
      } else {
        progress("What was learned of prices is of another version; learning anew")
      }
    }
    let result = try work(&session)
    if let remark = session.remark { progress("\(remark); learned anew") }
    do {
      if let memory = try session.memory(), head + memory != before {
        try (head + memory).write(to: workspace.learnedPricesFile, options: .atomic)
      }
    } catch {
      progress(
        "What was learned of prices could not be kept in \(workspace.learnedPricesFile.path): \(Workspace.systemSentence(error))"
      )
    }
    return result
  }
}
