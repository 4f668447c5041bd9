public import Foundation
internal import MarketModel

extension OfferFile {
  /// Reads offers.csv (data/README.md), plain or gzip, in one pass; the first wrong row refuses the file. Prices are kept to
  /// 0.000001 per MWh, quantities to a kilowatt.
  public static func read(from url: URL, limits: OfferLimits) throws(ImportProblem) -> OfferFile {
    let reader = try CSVRecordReader(ByteSource(url))
    let columns = try OfferColumns(header: reader)
    var bands = BandPrices()
    var offers: [MarketOffer] = []
    while try reader.next() {
      let row = OfferRow(reader: reader, columns: columns, limits: limits)
      let offer = try row.offer()
      if !offer.band.isEmpty { try bands.check(offer, row) }
      offers.append(offer)
    }
    guard !offers.isEmpty else { throw .empty(file: reader.source.file) }
    return OfferFile(
      file: reader.source.file, sha256: reader.source.contentDigest(), offers: offers,
      repeatedRows: offers.count - Set(offers).count, ignoredColumns: columns.ignored)
  }
}

/// Where the columns of an offer file stand.
struct OfferColumns {
  let count: Int
  let interval: Int
  let side: Int
  let participant: Int
  let price: Int
  let quantity: Int
  let endPrice: Int?
  let priorityClass: Int?
  let band: Int?
  let ignored: [String]

  static let required = ["interval", "side", "participant", "price_per_MWh", "quantity_MW"]
  static let optional = ["curve_end_price_per_MWh", "class", "band"]

  init(header reader: CSVRecordReader) throws(ImportProblem) {
    let file = reader.source.file
    let names = try reader.header()
    for (index, name) in names.enumerated() where names[..<index].contains(name) {
      throw .header(file: file, sentence: "column \"\(name)\" stands twice in the header; keep one.")
    }
    let missing = OfferColumns.required.filter { !names.contains($0) }
    guard missing.isEmpty else {
      throw .header(
        file: file,
        sentence: "missing column \(quotedList(missing)); the header has \(quotedList(names)), it needs "
          + "\(quotedList(OfferColumns.required)).")
    }
    guard !names.contains("zone") else {
      throw .header(
        file: file,
        sentence: "column \"zone\" was found, but offers are cleared as one zone; write a file for each zone.")
    }
    let place = { (name: String) in names.firstIndex(of: name) }
    count = names.count
    interval = place("interval") ?? 0
    side = place("side") ?? 0
    participant = place("participant") ?? 0
    price = place("price_per_MWh") ?? 0
    quantity = place("quantity_MW") ?? 0
    endPrice = place("curve_end_price_per_MWh")
    priorityClass = place("class")
    band = place("band")
    ignored = names.filter { !OfferColumns.required.contains($0) && !OfferColumns.optional.contains($0) }
  }
}

/// The record at which a reader stands, as an offer.
struct OfferRow {
  let reader: CSVRecordReader
  let columns: OfferColumns
  let limits: OfferLimits

  func offer() throws(ImportProblem) -> MarketOffer {
    guard reader.fieldCount == columns.count else {
      throw problem("", "the row has \(reader.fieldCount) fields where the header has \(columns.count).")
    }
    let side = try side()
    let price = try price(columns.price, "price_per_MWh")
    let participant = try text(columns.participant, "participant")
    guard !participant.isEmpty else { throw problem("participant", "the field is empty; name who makes the offer.") }
    return MarketOffer(
      interval: try interval(), side: side, participant: participant, price: price,
      endPrice: try endPrice(of: side, from: price), quantity: try quantity(),
      priorityClass: try columns.priorityClass.map { index throws(ImportProblem) in try text(index, "class") } ?? "",
      band: try columns.band.map { index throws(ImportProblem) in try text(index, "band") } ?? "")
  }

  private func interval() throws(ImportProblem) -> Int {
    let value = try number(columns.interval, "interval")
    guard let whole = Int(exactly: value), (1...limits.intervals).contains(whole) else {
      throw problem(
        "interval",
        "\(shownNumber(value)) is no interval from 1 to \(limits.intervals) (\(limits.rules)); count the day's intervals "
          + "from 1, or choose the rules of the day.")
    }
    return whole
  }

  private func side() throws(ImportProblem) -> OfferSide {
    let text = try text(columns.side, "side")
    guard let side = OfferSide(rawValue: text.lowercased()) else {
      throw problem("side", "\"\(text)\" is no side; write sell or buy.")
    }
    return side
  }

  private func quantity() throws(ImportProblem) -> Power {
    let value = try number(columns.quantity, "quantity_MW")
    guard value >= 0 else {
      throw problem(
        "quantity_MW", "\(shownNumber(value)) is negative; write 0 or more, the column side says sell or buy.")
    }
    guard value <= MarketOffer.largestQuantity.megawatts else {
      throw problem(
        "quantity_MW",
        "\(shownNumber(value)) is above \(shownNumber(MarketOffer.largestQuantity.megawatts)) MW; write megawatts.")
    }
    return .megawatts(value)
  }

  private func price(_ index: Int, _ name: String) throws(ImportProblem) -> EnergyPrice {
    let value = try number(index, name)
    guard value >= limits.floor.perMegawattHour, value <= limits.cap.perMegawattHour else {
      throw problem(
        name,
        "\(shownNumber(value)) lies outside \(limits.floor.text) to \(limits.cap.text) per MWh (\(limits.rules)); correct "
          + "the price, or choose other rules.")
    }
    return .perMegawattHour(value)
  }

  /// The price of the last megawatt; an empty field makes a step.
  private func endPrice(of side: OfferSide, from price: EnergyPrice) throws(ImportProblem) -> EnergyPrice {
    let name = "curve_end_price_per_MWh"
    guard let index = columns.endPrice, !FieldParsing.trim(reader.field(index)).isEmpty else { return price }
    let end = try self.price(index, name)
    guard end != price else { return end }
    guard limits.takesSlopes != false else {
      throw problem(name, "\(end.text) makes a slope, but \(limits.rules) takes steps; leave the column empty.")
    }
    guard side == .sell ? end > price : end < price else {
      throw problem(
        name,
        "\(end.text) is \(side == .sell ? "below" : "above") the first price \(price.text); a seller's price rises, a "
          + "buyer's falls.")
    }
    return end
  }

  private func number(_ index: Int, _ name: String) throws(ImportProblem) -> Double {
    guard let value = FieldParsing.number(reader.field(index)) else {
      let shown = FieldParsing.shown(reader.field(index))
      throw problem(name, "\"\(shown)\" is no number; write it with digits and a decimal point.")
    }
    return value
  }

  private func text(_ index: Int, _ name: String) throws(ImportProblem) -> String {
    guard let text = String(validating: FieldParsing.trim(reader.field(index)), as: UTF8.self) else {
      throw problem(name, "the field is not UTF-8 text; save the file as UTF-8 CSV.")
    }
    return text
  }

  func problem(_ column: String, _ sentence: String) -> ImportProblem {
    .rows([RowProblem(file: reader.source.file, line: reader.line, column: column, sentence: sentence)])
  }
}

/// Fixed bands: one price for a band in all intervals, and one row for it in each.
private struct BandPrices {
  private struct Key: Hashable {
    let side: OfferSide
    let participant: String
    let band: String
  }

  private var prices: [Key: EnergyPrice] = [:]
  private var intervals: [Key: Set<Int>] = [:]

  mutating func check(_ offer: MarketOffer, _ row: OfferRow) throws(ImportProblem) {
    let key = Key(side: offer.side, participant: offer.participant, band: offer.band)
    let known = prices[key] ?? offer.price
    guard known == offer.price, !offer.isSlope else {
      throw row.problem(
        "price_per_MWh",
        "\(offer.price.text), but band \"\(offer.band)\" of \(offer.participant) began with \(known.text); a fixed band "
          + "has one price all day.")
    }
    guard intervals[key, default: []].insert(offer.interval).inserted else {
      throw row.problem(
        "band",
        "band \"\(offer.band)\" of \(offer.participant) stands twice in interval \(offer.interval); keep one row.")
    }
    prices[key] = offer.price
  }
}
