internal import FlexibleAssets

/// Lives through the test days: learns from a day only when it has ended a whole day before the day that is bid begins, since
/// the gate of a day lies on the day before.
struct WindOffersBacktest {
  /// Quantities of every test interval under each way of bidding, in MWh.
  struct Bids {
    var median: [Double] = []
    var mean: [Double] = []
    var ours: [Double] = []
  }

  let settlement: QuadraticImbalance
  let settings: ImbalanceBidder.Settings
  let length: Int
  let history: [ImbalanceBidder.Interval]
  let test: [ImbalanceBidder.Interval]
  /// Intervals left out at the front of the history so that it ends with a whole day.
  let leftOut: Int

  init(_ request: WindOffersRequest, records: ImbalanceRecords, history: ImbalanceRecords?) throws(AssetProblem) {
    settlement = try QuadraticImbalance(costPerSquaredMWh: request.costPerSquaredMWh, largestBid: request.largestBid)
    var settings = ImbalanceBidder.Settings()
    (settings.halfLifeDays, settings.penalty) = (request.halfLifeDays, request.penalty)
    self.settings = settings
    length = request.intervalsPerDay
    let earlier = history?.intervals ?? []
    leftOut = earlier.count % length
    self.history = Array(earlier.dropFirst(leftOut))
    test = records.intervals
  }

  /// - Throws: ``AssetProblem`` if no day before the second test day has forecasts.
  func bids() throws(AssetProblem) -> Bids {
    let all = history + test
    let known = history.isEmpty ? Array(test.prefix(length)) : history
    var bidder = try ImbalanceBidder(settlement, settings: settings, scaledBy: known)
    var learned = 0
    var bids = Bids()
    for start in stride(from: history.count, to: all.count, by: length) {
      while learned + length <= start - length {
        try bidder.learn(Array(all[learned..<learned + length]))
        learned += length
      }
      for interval in all[start..<min(start + length, all.count)] {
        bids.median.append(interval.outputForecast.isFinite ? settlement.bounded(interval.outputForecast) : 0)
        bids.mean.append(bidder.expectedOutput(interval))
        bids.ours.append(bidder.bid(interval))
      }
    }
    return bids
  }
}
