internal import FlexibleAssets
public import Foundation
internal import MarketModel

/// What a test of wind and solar bids is asked for.
public struct WindOffersRequest: Sendable {
  /// Forecasts, outcomes and published revenues of the test period.
  public var data: URL
  /// The same of an earlier period, to learn from before the first test day.
  public var history: URL?
  public var intervalsPerDay = 48
  /// k of the imbalance rule, per MWh².
  public var costPerSquaredMWh = 0.07
  /// MWh an interval.
  public var largestBid = 1_800.0
  public var halfLifeDays = 60.0
  public var penalty = 0.3
  public var seed: UInt64 = 1

  public init(data: URL) { self.data = data }
}

extension TradingDesk {
  /// Bids every test day with what was known two midnights before, and sets the revenue beside the published strategies.
  ///
  /// - Throws: `DeskProblem` if a file cannot be read or no day can be learned from.
  public func evaluateWindOffers(_ request: WindOffersRequest) throws -> WindOffersReport {
    let records = try ImbalanceRecords(request.data)
    let history = try request.history.map(ImbalanceRecords.init)
    if let history, history.spreadForecasts != records.spreadForecasts {
      throw DeskProblem(
        .badData,
        "\(history.file) forecasts the spread in \(history.spreadForecasts.joined(separator: ", ")) and \(records.file) in "
          + "\(records.spreadForecasts.joined(separator: ", ")); both need the same columns.")
    }
    let test = try inAssetTerms { try WindOffersBacktest(request, records: records, history: history) }
    let bids = try inAssetTerms { try test.bids() }
    return WindOffersReport(request, records: records, history: history, test: test, bids: bids)
  }
}

/// Runs work of the asset module and says its problems as the desk's.
func inAssetTerms<Result>(_ work: () throws -> Result) throws -> Result {
  do {
    return try inDeskTerms(work)
  } catch let problem as AssetProblem {
    throw DeskProblem(.badData, problem.description)
  } catch let problem as StorageProblem {
    throw DeskProblem(.badData, problem.description)
  }
}
