import MarketModel
import MarketRules

/// A bid's curve moved onto what the rules allow; whole kilowatts and millionths of a price throughout.
struct RepairedCurve {
  private struct Piece {
    var from: Int64
    var to: Int64
    var price: Int64
  }

  private let original: SubmittedBid
  private let pack: RulePack
  private let unitDay: UnitDay?
  private var pieces: [Piece]

  /// nil if the curve cannot be read or nothing of it is left.
  init?(_ bid: SubmittedBid, unitDay: UnitDay?, pack: RulePack) {
    guard case .readable(let segments) = bid.exactSegments else { return nil }
    original = bid
    self.unitDay = unitDay
    self.pack = pack
    pieces = segments.map {
      Piece(from: $0.from.kilowatts, to: $0.to.kilowatts, price: $0.price.microPerMegawattHour)
    }
    joinPieces()
    moveEnds()
    dropEmptyPieces()
    movePrices()
    joinNarrowPieces()
    joinSurplusPieces()
    guard !pieces.isEmpty else { return nil }
  }

  var bid: SubmittedBid {
    SubmittedBid(
      unit: original.unit, day: original.day, form: original.form, priceUnit: original.priceUnit,
      segments: pieces.enumerated().map { index, piece in
        SubmittedSegment(
          number: index + 1, fromMegawatts: Power(kilowatts: piece.from).megawatts,
          toMegawatts: Power(kilowatts: piece.to).megawatts,
          pricePerMegawattHour: EnergyPrice(microPerMegawattHour: piece.price).perMegawattHour)
      }, commitment: original.commitment, plannedMegawatts: original.plannedMegawatts, basis: original.basis)
  }

  /// Each start moves to the end of the segment below, which stays.
  private mutating func joinPieces() {
    let tick = pack.bids.quantityTick.value?.kilowatts ?? 1
    for index in pieces.indices {
      pieces[index].to = nearest(pieces[index].to, tick)
      pieces[index].from = nearest(pieces[index].from, tick)
      guard pack.bids.segmentsMustJoin.value == true, index > 0 else { continue }
      pieces[index].from = pieces[index - 1].to
    }
  }

  /// First and last point to where the rules and the unit want them.
  private mutating func moveEnds() {
    guard let unitDay, let first = pieces.first else { return }
    let lowest = (unitDay.minimumOutput.values.max() ?? .zero).kilowatts
    if pack.bids.firstPoint.value == .minimumOutput {
      if first.from == 0 { pieces[0].to = lowest } else { pieces[0].from = lowest }
      if pieces.count > 1, pack.bids.segmentsMustJoin.value == true { pieces[1].from = pieces[0].to }
    } else if pack.bids.firstPoint.value == .zero {
      pieces[0].from = 0
    }
    let end: Power? =
      switch pack.bids.lastPoint.value {
      case .availableMaximum: unitDay.largestAvailableCapacity
      case .ratedCapacity: unitDay.unit.ratedCapacity
      case nil: nil
      }
    if let end { pieces[pieces.count - 1].to = end.kilowatts }
    let limit = unitDay.largestAvailableCapacity.kilowatts
    for index in pieces.indices { pieces[index].to = min(pieces[index].to, limit) }
  }

  private mutating func dropEmptyPieces() {
    var kept: [Piece] = []
    for piece in pieces {
      var piece = piece
      if let last = kept.last, pack.bids.segmentsMustJoin.value == true { piece.from = last.to }
      if piece.to > piece.from, piece.to > kept.last?.to ?? .min { kept.append(piece) }
    }
    pieces = kept
  }

  /// Into the limits, onto the tick, not below the segment before.
  private mutating func movePrices() {
    let tick = pack.bids.priceTick.value?.microPerMegawattHour ?? 1
    for index in pieces.indices {
      var price = pieces[index].price
      if let cap = pack.bids.cap.value { price = min(price, cap.microPerMegawattHour) }
      if let floor = pack.bids.floor.value { price = max(price, floor.microPerMegawattHour) }
      price = nearest(price, tick)
      if let cap = pack.bids.cap.value, price > cap.microPerMegawattHour { price -= tick }
      if let floor = pack.bids.floor.value, price < floor.microPerMegawattHour { price += tick }
      if index > 0, pack.bids.pricesMustNotFall.value == true { price = max(price, pieces[index - 1].price) }
      pieces[index].price = price
    }
    guard pack.bids.allowsEqualPrices.value == false else { return }
    var index = 1
    while index < pieces.count {
      if pieces[index].price == pieces[index - 1].price { join(index) } else { index += 1 }
    }
  }

  private mutating func joinNarrowPieces() {
    let least = leastWidth
    while pieces.count > 1, let narrow = pieces.firstIndex(where: { $0.to - $0.from < least }) {
      join(max(1, nearerNeighbour(of: narrow)))
    }
  }

  private mutating func joinSurplusPieces() {
    guard let most = pack.bids.maximumPoints.value, most > 0 else { return }
    while pieces.count > most {
      let gaps = (1..<pieces.count).map { pieces[$0].price - pieces[$0 - 1].price }
      guard let smallest = gaps.min(), let place = gaps.lastIndex(of: smallest) else { return }
      join(place + 1)
    }
  }

  private var leastWidth: Int64 {
    let width = pack.bids.minimumSegmentWidth.value?.kilowatts ?? 0
    guard let share = pack.bids.minimumSegmentShareOfRange.value, let unitDay else { return width }
    let range = unitDay.unit.ratedCapacity - (unitDay.minimumOutput.values.min() ?? .zero)
    let needed = (Int128(partsPerMillion(share)) * Int128(range.kilowatts) + 999_999) / 1_000_000
    return max(width, Int64(needed))
  }

  /// The upper one of the pair to join: the neighbour nearer in price; never the block below the lowest output.
  private func nearerNeighbour(of index: Int) -> Int {
    guard index > 1 || (index == 1 && pieces[0].from != 0) else { return min(index + 1, pieces.count - 1) }
    guard index + 1 < pieces.count else { return index }
    let below = pieces[index].price - pieces[index - 1].price
    return below <= pieces[index + 1].price - pieces[index].price ? index : index + 1
  }

  /// Joins a piece with the one below it, at the higher price, so that nothing is sold cheaper than it was offered.
  private mutating func join(_ index: Int) {
    pieces[index - 1].to = pieces[index].to
    pieces[index - 1].price = max(pieces[index - 1].price, pieces[index].price)
    pieces.remove(at: index)
  }

  private func nearest(_ value: Int64, _ tick: Int64) -> Int64 {
    let rest = ((value % tick) + tick) % tick
    return rest * 2 >= tick ? value - rest + tick : value - rest
  }
}
