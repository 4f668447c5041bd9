/// Which price counts where every price of a range balances the curves.
public enum PriceRangeRule: String, Hashable, Sendable, Codable, CaseIterable {
  /// The lowest price at which supply covers the demand bid above it.
  case lowest
  case highest
  /// Half way between the two ends, on the price tick.
  case midpoint
}

/// How much is traded where buyers and sellers meet at one price and either quantity would balance.
public enum EqualPriceVolume: String, Hashable, Sendable, Codable, CaseIterable { case most, least }

/// The price while supply does not cover the demand that is bid at the cap.
public enum ShortagePrice: String, Hashable, Sendable, Codable, CaseIterable {
  case cap
  /// The price of the dearest offer.
  case lastOffer = "last-offer"
}

/// The price while the supply that is offered at the floor exceeds all demand.
public enum SurplusPrice: String, Hashable, Sendable, Codable, CaseIterable {
  case floor
  /// The price of the lowest demand bid.
  case lastBid = "last-bid"
}

/// Who is cut where several offers stand at the clearing price and not all of them are needed.
public enum TieBreak: Hashable, Sendable {
  /// In proportion to the quantities that are offered at the price.
  case proRata
  /// In the order of these classes of offers; in proportion within a class.
  case priority([String])
}

extension TieBreak: CustomStringConvertible {
  /// "pro-rata", or the classes in order: "renewable, thermal".
  public var description: String {
    switch self {
    case .proRata: "pro-rata"
    case .priority(let names): names.joined(separator: ", ")
    }
  }
}
