/// Which side of the market an offer stands on.
public enum OfferSide: String, Hashable, Sendable, Codable, CaseIterable { case sell, buy }

/// One row of an offer book: a quantity of one participant for one trading interval.
///
/// A step has one price. A slope's first megawatt stands at ``price``, its last at ``endPrice``, and between them the
/// quantity grows in proportion to the price: upwards for a seller, downwards for a buyer. Demand that takes any price is
/// bid at the market's cap, supply that must run is offered at its floor.
public struct MarketOffer: Hashable, Sendable {
  /// 1 for the first interval of the day.
  public let interval: Int
  public let side: OfferSide
  public let participant: String
  /// Of the first megawatt.
  public let price: EnergyPrice
  /// Of the last megawatt; the same as ``price`` for a step.
  public let endPrice: EnergyPrice
  public let quantity: Power
  /// Class of the offer for markets that serve classes in order; empty if none is stated.
  public let priorityClass: String
  /// Fixed band: the same price in all intervals, another quantity in each; empty if the offer is no band.
  public let band: String

  public init(
    interval: Int, side: OfferSide, participant: String, price: EnergyPrice, endPrice: EnergyPrice? = nil,
    quantity: Power, priorityClass: String = "", band: String = ""
  ) {
    let end = endPrice ?? price
    precondition(interval >= 1, "intervals count from 1")
    precondition(quantity >= .zero && quantity <= MarketOffer.largestQuantity, "the quantity is out of range")
    precondition(side == .sell ? end >= price : end <= price, "a seller's price rises, a buyer's falls")
    self.interval = interval
    self.side = side
    self.participant = participant
    self.price = price
    self.endPrice = end
    self.quantity = quantity
    self.priorityClass = priorityClass
    self.band = band
  }

  /// Above this an offer was written in another unit; sums over a million offers stay exact below it.
  public static let largestQuantity = Power(kilowatts: 1_000_000_000)

  public var isSlope: Bool { price != endPrice }
}
