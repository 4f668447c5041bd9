public import Foundation
internal import MarketModel

extension OfferFile {
  /// Reads aggregated curves as the Greek exchange publishes them: for each hour (SORT) and side the corner points
  /// (AA, cumulative QUANTITY in MWh, UNITPRICE), prices rising. A vertical piece is a step, a slanting one a slope.
  ///
  /// A seller's quantity grows with the price, a buyer's falls from its largest value at the floor. Quantities are kept to
  /// a kilowatt; the participant of every offer is "curve".
  public static func readAggregatedCurves(from url: URL, limits: OfferLimits) throws(ImportProblem) -> OfferFile {
    let table = try NamedRows(url)
    try table.requireColumns(
      ["SIDE_DESCR", "SORT", "AA", "QUANTITY", "UNITPRICE"],
      optional: ["TARGET", "DDAY", "DELIVERY_MTU", "DELIVERY_DURATION", "PUB_TIME", "VER"])
    guard !table.rows.isEmpty else { throw .empty(file: table.file) }
    var offers: [MarketOffer] = []
    var previous: CurvePoint?
    for row in table.rows {
      let point = try CurvePoint(row, limits: limits)
      if let last = previous, last.interval == point.interval, last.side == point.side {
        if let offer = try point.offer(since: last, row) { offers.append(offer) }
      } else {
        if let last = previous, last.side == .buy { offers += last.block }
        if point.side == .sell { offers += point.block }
      }
      previous = point
    }
    if let last = previous, last.side == .buy { offers += last.block }
    return OfferFile(
      file: table.file, sha256: try digest(of: url), offers: offers, repeatedRows: 0, ignoredColumns: [])
  }

  private static func digest(of url: URL) throws(ImportProblem) -> String {
    let source = try ByteSource(url)
    let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: ByteSource.bufferSize)
    defer { buffer.deallocate() }
    while try source.read(into: buffer) > 0 {}
    return source.contentDigest()
  }
}

/// One corner of an aggregated curve.
private struct CurvePoint {
  let interval: Int
  let side: OfferSide
  let number: Int
  let quantity: Power
  let price: EnergyPrice

  init(_ row: NamedRow, limits: OfferLimits) throws(ImportProblem) {
    interval = try row.wholeNumber("SORT")
    guard (1...limits.intervals).contains(interval) else {
      throw row.problem("SORT", "\(interval) is no interval from 1 to \(limits.intervals) (\(limits.rules)).")
    }
    let name = try row.text("SIDE_DESCR")
    guard let side = OfferSide(rawValue: name.lowercased()) else {
      throw row.problem("SIDE_DESCR", "\"\(name)\" is no side; write Sell or Buy.")
    }
    self.side = side
    number = try row.wholeNumber("AA")
    quantity = try row.power("QUANTITY")
    price = try row.price("UNITPRICE")
    guard (limits.floor...limits.cap).contains(price) else {
      throw row.problem(
        "UNITPRICE", "\(price.text) lies outside \(limits.floor.text) to \(limits.cap.text) per MWh (\(limits.rules)).")
    }
  }

  /// The quantity with which a seller's curve begins or a buyer's ends, at the point's price.
  var block: [MarketOffer] {
    guard quantity > .zero else { return [] }
    return [MarketOffer(interval: interval, side: side, participant: "curve", price: price, quantity: quantity)]
  }

  /// The piece of the curve from the last corner to this one; nil if no quantity changes.
  func offer(since last: CurvePoint, _ row: NamedRow) throws(ImportProblem) -> MarketOffer? {
    guard number == last.number + 1 else {
      throw row.problem("AA", "\(number) follows \(last.number); the points of a curve count on by one.")
    }
    let change = side == .sell ? quantity - last.quantity : last.quantity - quantity
    guard price >= last.price, change >= .zero else {
      throw row.problem(
        "QUANTITY", "the curve falls back from \(last.quantity) at \(last.price.text) to \(quantity) at \(price.text).")
    }
    guard change > .zero else { return nil }
    let (first, end) = side == .sell ? (last.price, price) : (price, last.price)
    return MarketOffer(
      interval: interval, side: side, participant: "curve", price: first, endPrice: end, quantity: change)
  }
}
