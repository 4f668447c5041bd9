public import MarketModel

/// One breach of one rule: what was found, where, against which limit, and what to do.
public struct RuleViolation: Hashable, Sendable {
  public let unit: UnitID
  public let day: MarketDay
  /// End label of the interval; nil if the whole day is meant.
  public let interval: String?
  public let segment: Int?
  /// "price 1350 CNY/MWh is above the bid cap 1300 CNY/MWh".
  public let finding: String
  /// Pack and clause, or the register, that states the limit.
  public let source: String
  public let advice: String
  /// The finding in Chinese with its values; nil where the catalogue's sentence stands for it.
  public let chinese: String?
}

extension RuleViolation: CustomStringConvertible {
  /// One sentence and what to do.
  ///
  ///     Unit A1, 2023-03-15, segment 4: price 1350 CNY/MWh is above the bid cap 1300 CNY/MWh
  ///     (example 2022-01, 鲁发改价格〔2021〕822号). Lower the price, or …
  public var description: String {
    (unit == bookUnit ? "The portfolio" : "Unit \(unit)") + ", \(day)" + (interval.map { " " + $0 } ?? "")
      + (segment.map { ", segment \($0)" } ?? "")
      + ": \(finding) (\(source)). \(advice)"
  }
}
