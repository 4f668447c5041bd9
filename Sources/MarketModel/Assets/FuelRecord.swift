/// A line of the company's fuel list: coal that a plant has or gets, or what it may still emit.
public struct FuelRecord: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Coal that may be burned, at the beginning of a day: what is in the yard less what has to stay there.
    case stock
    /// Coal that may be burned from the beginning of a day on.
    case arrival
    /// What may still be emitted from the beginning of a day to the end of the last one.
    case quota
  }

  public let plant: PlantID
  public let kind: Kind
  /// "coal", or what is emitted.
  public let substance: String
  public let day: MarketDay
  /// Last day of a quota; the same day for coal.
  public let lastDay: MarketDay
  public let tonnes: Double
  /// Tonnes of the substance with each tonne of standard coal: 7,000 kcal/kg over the calorific value of coal as received, or
  /// the emission factor.
  public let tonnesPerTonneOfStandardCoal: Double

  /// - Precondition: `tonnes` is 0 or more and the ratio above 0, both finite; the last day is not before the first.
  public init(
    plant: PlantID, kind: Kind, substance: String, day: MarketDay, lastDay: MarketDay? = nil, tonnes: Double,
    tonnesPerTonneOfStandardCoal: Double
  ) {
    precondition(tonnes.isFinite && tonnes >= 0 && tonnesPerTonneOfStandardCoal > 0, "fuel in tonnes")
    precondition(lastDay.map { $0 >= day } ?? true, "a quota ends on its first day or later")
    self.plant = plant
    self.kind = kind
    self.substance = substance
    self.day = day
    self.lastDay = lastDay ?? day
    self.tonnes = tonnes
    self.tonnesPerTonneOfStandardCoal = tonnesPerTonneOfStandardCoal
  }

  var standardTonnes: Double { tonnes / tonnesPerTonneOfStandardCoal }
}

/// The most standard coal that a plant may burn from the beginning of a market day to the end of one of the days behind it.
public struct FuelBudget: Hashable, Sendable {
  /// A week.
  public static let longestHorizon = 7

  public let plant: PlantID
  /// "coal", or what is emitted.
  public let substance: String
  /// Days that it covers, the market day the first of them: 1 … ``longestHorizon``.
  public let days: Int
  public let standardTonnes: Double

  public init(plant: PlantID, substance: String, days: Int, standardTonnes: Double) {
    self.plant = plant
    self.substance = substance
    self.days = days
    self.standardTonnes = standardTonnes
  }

  /// What the records allow from a day on, and sentences about plants whose last record is of another day.
  ///
  /// - Coal: stock and arrivals by the end of each span, one budget for the week and one for each span that ends before an arrival.
  /// - A quota that reaches behind the week gives the week its even share (check E05: emissions keep pace with the permit).
  public static func budgets(from records: [FuelRecord], on day: MarketDay) -> (
    budgets: [FuelBudget], unknown: [String]
  ) {
    var budgets: [FuelBudget] = []
    var unknown: [String] = []
    for plant in Set(records.map(\.plant)).sorted() {
      let own = records.filter { $0.plant == plant }
      let coal = own.filter { $0.kind != .quota }
      if let stock = coal.first(where: { $0.kind == .stock && $0.day == day }) {
        budgets += spans(stock, arrivals: coal.filter { $0.kind == .arrival }, on: day)
      } else if let last = coal.filter({ $0.kind == .stock }).map(\.day).max() {
        unknown.append(
          "Plant \(plant) has a coal stock of \(last) but none of \(day); its offers are drawn as if there were enough."
        )
      }
      for substance in Set(own.filter { $0.kind == .quota && $0.lastDay >= day }.map(\.substance)).sorted() {
        let quotas = own.filter { $0.kind == .quota && $0.substance == substance && $0.lastDay >= day }
        guard let quota = quotas.first(where: { $0.day == day }) else {
          unknown.append(
            "Plant \(plant) has a quota of \(substance), but what is left of it on \(day) is not known; its offers are drawn as if it were enough."
          )
          continue
        }
        let left = quota.lastDay.dayNumber - day.dayNumber + 1
        let share = min(1, Double(longestHorizon) / Double(left))
        budgets.append(
          FuelBudget(
            plant: plant, substance: substance, days: min(left, longestHorizon),
            standardTonnes: quota.standardTonnes * share))
      }
    }
    return (budgets, unknown)
  }

  private static func spans(_ stock: FuelRecord, arrivals: [FuelRecord], on day: MarketDay) -> [FuelBudget] {
    var total = stock.standardTonnes
    var budgets: [FuelBudget] = []
    for span in 1...longestHorizon {
      total += arrivals.filter { $0.day == day.advanced(by: span - 1) }.reduce(0) { $0 + $1.standardTonnes }
      let next = day.advanced(by: span)
      guard span == longestHorizon || arrivals.contains(where: { $0.day == next }) else { continue }
      budgets.append(FuelBudget(plant: stock.plant, substance: stock.substance, days: span, standardTonnes: total))
    }
    return budgets
  }
}
