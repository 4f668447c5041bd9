public import Foundation
public import MarketModel
internal import MarketStore

extension TradingDesk {
  /// Writes the prepared bids of a day as a bid file, with other curves for some units.
  ///
  /// - Parameters:
  ///   - drafts: unit and curve; a unit that has no bid of the day is refused.
  ///   - folder: where the file `book.csv` is written.
  public func writeBook(of day: MarketDay, drafts: [(unit: String, segments: [DraftSegment])], to folder: URL) throws
    -> URL
  {
    let store = try openStore()
    let limits = try PreparedLimits(day, store: store, desk: self)
    var bids = try limits.stored.optimised.map { try $0.bid(on: limits.grid) }
    for draft in drafts {
      guard let place = bids.firstIndex(where: { $0.unit.text == draft.unit }) else {
        throw DeskProblem(.notFound, "There is a draft of \(draft.unit), which has no bid of \(day).")
      }
      let old = bids[place]
      bids[place] = UnitBid(
        unit: old.unit, curve: try OfferDesk.curve(draft.segments, form: old.curve.form), commitment: old.commitment,
        plannedMegawatts: old.plannedMegawatts)
    }
    let text = BidFile.text(
      BidBook(day: day, strategy: .optimised, bids: bids), pack: limits.pack, simulated: try isSimulated(store))
    try Workspace.write([("book.csv", Data(text.utf8))], in: folder)
    return folder.appending(path: "book.csv")
  }
}
