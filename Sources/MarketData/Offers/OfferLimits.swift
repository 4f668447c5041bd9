public import MarketModel

/// What the rows of an offer file must keep to; the rules of the market say it.
public struct OfferLimits: Sendable {
  /// Who sets the limits, for sentences: market and version.
  public let rules: String
  public let floor: EnergyPrice
  public let cap: EnergyPrice
  /// Number of the last interval that a day can have.
  public let intervals: Int
  /// false if offers are steps; nil if the rules do not say.
  public let takesSlopes: Bool?

  public init(rules: String, floor: EnergyPrice, cap: EnergyPrice, intervals: Int, takesSlopes: Bool?) {
    self.rules = rules
    self.floor = floor
    self.cap = cap
    self.intervals = intervals
    self.takesSlopes = takesSlopes
  }
}

/// A file of offers, read whole and checked row by row.
public struct OfferFile: Sendable {
  /// Name for sentences: the path as it was given.
  public let file: String
  /// SHA-256 of the file as it stands on the disk.
  public let sha256: String
  /// In the order of the rows.
  public let offers: [MarketOffer]
  /// Rows that say the same as an earlier row in every field; they count as further offers.
  public let repeatedRows: Int
  /// Columns that mean nothing here.
  public let ignoredColumns: [String]
}
