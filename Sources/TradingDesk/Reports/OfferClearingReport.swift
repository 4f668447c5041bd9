internal import Clearing
internal import MarketData
internal import MarketModel

/// `spotdesk clear --offers`: a file of offers at its uniform prices.
public struct OfferClearingReport: Sendable, Encodable {
  public var schema = "spotdesk.clear-offers/1"
  public var file: String
  public var sha256: String
  public var rulePack: String
  public var currency: String
  public var intervalMinutes: Int
  public var offers: Int
  public var prices: [PriceRow]
  /// Value of the cleared demand as bid less cost of the cleared supply as asked.
  public var welfare: Double
  /// What the cleared supply is paid at the prices.
  public var payment: Double
  /// "passed", or "failed" with the first findings.
  public var audit: String
  public var notes: [String]

  public struct PriceRow: Sendable, Encodable {
    public var interval: Int
    /// Per MWh.
    public var price: Double
    public var clearedMW: Double
    public var supplyMW: Double
    public var demandMW: Double
    /// Every price from the lowest to the highest balances the curves.
    public var lowestPrice: Double
    public var highestPrice: Double
    /// "balanced", "shortage" or "surplus".
    public var state: String
  }

  public var isAudited: Bool { audit == "passed" }
}

extension OfferClearingReport {
  init(_ clearing: MarketClearing, file: OfferFile, rules: OfferRules) throws {
    let (objective, paid) = try OfferClearingReport.amounts(clearing, file)
    welfare = objective.rounded.amount
    payment = paid.rounded.amount
    audit = ClearingAudit(clearing, of: file.offers, welfare: objective).verdict
    self.file = file.file
    sha256 = file.sha256
    rulePack = rules.name
    currency = rules.pack.currency
    intervalMinutes = clearing.terms.intervalLength.minutes
    offers = file.offers.count
    prices = clearing.intervals.map { PriceRow($0) }
    notes = OfferClearingReport.notes(file)
  }

  private static func amounts(_ clearing: MarketClearing, _ file: OfferFile) throws -> (welfare: Money, paid: Money) {
    do {
      return (try clearing.welfare(of: file.offers), try clearing.payment())
    } catch {
      throw DeskProblem(.badData, "\(file.file): \(error.description); check the quantities.")
    }
  }

  private static func notes(_ file: OfferFile) -> [String] {
    var notes: [String] = []
    if file.repeatedRows > 0 {
      notes.append("\(file.repeatedRows) rows repeat an earlier row in every field; they count as further offers.")
    }
    if !file.ignoredColumns.isEmpty {
      notes.append("columns without a meaning here: \(file.ignoredColumns.joined(separator: ", ")).")
    }
    return notes
  }
}

extension OfferClearingReport.PriceRow {
  init(_ result: IntervalClearing) {
    interval = result.interval
    price = result.price.perMegawattHour
    clearedMW = result.cleared.megawatts
    supplyMW = result.offeredSupply.megawatts
    demandMW = result.offeredDemand.megawatts
    lowestPrice = result.lowestPrice.perMegawattHour
    highestPrice = result.highestPrice.perMegawattHour
    state = result.state.rawValue
  }
}

/// The cleared quantity of every offer, in the order of the file.
enum ClearedOfferFile {
  static func text(_ clearing: MarketClearing, offers: [MarketOffer]) -> String {
    var prices: [Int: EnergyPrice] = [:]
    for result in clearing.intervals { prices[result.interval] = result.price }
    var text =
      "interval,side,participant,price_per_MWh,curve_end_price_per_MWh,quantity_MW,cleared_MW,clearing_price_per_MWh\n"
    for (offer, cleared) in zip(offers, clearing.cleared) {
      let fields = [
        "\(offer.interval)", offer.side.rawValue, inertCell(offer.participant), offer.price.text, offer.endPrice.text,
        offer.quantity.megawattText, cleared.megawattText, prices[offer.interval]?.text ?? "",
      ]
      text += fields.joined(separator: ",") + "\n"
    }
    return text
  }
}
