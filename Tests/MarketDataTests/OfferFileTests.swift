import Foundation
import MarketData
import MarketModel
import Testing

@Suite("Offer files") struct OfferFileTests {
  static let limits = OfferLimits(
    rules: "example 2022-01", floor: .perMegawattHour(-500), cap: .perMegawattHour(4_000), intervals: 25,
    takesSlopes: nil)
  static let header = "interval,side,participant,price_per_MWh,quantity_MW\n"

  private func written(_ text: String) throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "offers-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: "offers.csv")
    try Data(text.utf8).write(to: file)
    return file
  }

  private func read(_ text: String, limits: OfferLimits = Self.limits) throws -> OfferFile {
    let file = try written(text)
    defer { try? FileManager.default.removeItem(at: file.deletingLastPathComponent()) }
    return try OfferFile.read(from: file, limits: limits)
  }

  @Test("any order of columns, a byte order mark, quotes, CRLF, capitals, exact decimals")
  func forms() throws {
    let file = try read(
      "\u{FEFF}quantity_MW,side,\"participant\",price_per_MWh,interval,note\r\n"
        + "12.345,SELL,\"Plant, \"\"north\"\"\",128.89,1,x\r\n 0.1 ,Buy,L,4000,25,\r\n")
    #expect(file.offers.count == 2 && file.ignoredColumns == ["note"] && file.sha256.count == 64)
    #expect(
      file.offers[0]
        == MarketOffer(
          interval: 1, side: .sell, participant: "Plant, \"north\"",
          price: EnergyPrice(microPerMegawattHour: 128_890_000), quantity: Power(kilowatts: 12_345)))
    #expect(file.offers[1].side == .buy && file.offers[1].quantity == Power(kilowatts: 100))
  }

  @Test("slopes, classes and bands")
  func optionalColumns() throws {
    let header = "interval,side,participant,price_per_MWh,quantity_MW,curve_end_price_per_MWh,class,band\n"
    let file = try read(header + "1,sell,A,10,5,20,wind,\n1,buy,L,50,5,,,\n1,sell,B,7,5,,,b1\n2,sell,B,7,9,,,b1\n")
    #expect(file.offers[0].endPrice == .perMegawattHour(20) && file.offers[0].priorityClass == "wind")
    #expect(!file.offers[1].isSlope && file.offers[3].band == "b1")
  }

  @Test("rows that repeat another are counted, not dropped")
  func repeated() throws {
    let file = try read(Self.header + "1,sell,A,10,5\n1,sell,A,10,5\n1,sell,A,10,6\n")
    #expect(file.offers.count == 3 && file.repeatedRows == 1)
  }

  @Test(
    "each wrong row is refused in one sentence",
    arguments: [
      ("1,sell,A,10,-5\n", ["offers.csv:2, column \"quantity_MW\"", "-5 is negative", "0 or more"]),
      ("1,sell,A,4000.01,5\n", ["column \"price_per_MWh\"", "4000.01 lies outside -500 to 4000", "example 2022-01"]),
      ("1,sell,A,nan,5\n", ["\"nan\" is no number"]), ("1,sell,A,,5\n", ["\"\" is no number"]),
      ("1,sell,A,10,inf\n", ["\"inf\" is no number"]),
      ("1,offer,A,10,5\n", ["\"offer\" is no side", "sell or buy"]),
      ("0,sell,A,10,5\n", ["0 is no interval from 1 to 25"]),
      ("26,sell,A,10,5\n", ["26 is no interval from 1 to 25"]),
      ("1.5,sell,A,10,5\n", ["1.5 is no interval"]), ("1,sell,,10,5\n", ["column \"participant\"", "empty"]),
      ("1,sell,A,10\n", ["4 fields where the header has 5"]),
      ("1,sell,A,10,1000001\n", ["1,000,001 is above 1,000,000 MW", "write megawatts"]),
    ])
  func wrongRow(row: String, words: [String]) throws {
    let problem = try #require(throws: ImportProblem.self) { try read(Self.header + row) }
    for word in words { #expect("\(problem)".contains(word)) }
  }

  @Test("each wrong header, and an empty file")
  func wrongHeader() throws {
    func sentence(_ text: String, _ limits: OfferLimits = Self.limits) throws -> String {
      "\(try #require(throws: ImportProblem.self) { try read(text, limits: limits) })"
    }
    #expect(
      try sentence("interval,side,participant,price\n1,sell,A,1\n").contains("\"price_per_MWh\", \"quantity_MW\""))
    #expect(try sentence("side,side\n").contains("stands twice"))
    #expect(try sentence("").contains("no rows under a header"))
    #expect(try sentence(Self.header).contains("no rows under a header"))
    #expect(try sentence(Self.header.dropLast() + ",zone\n1,sell,A,1,1,ES\n").contains("one zone"))
    let slopes = Self.header.dropLast() + ",curve_end_price_per_MWh\n"
    #expect(try sentence(slopes + "1,sell,A,10,1,9\n").contains("a seller's price rises"))
    #expect(try sentence(slopes + "1,buy,A,10,1,11\n").contains("a buyer's falls"))
    let steps = OfferLimits(
      rules: "steps", floor: .zero, cap: .perMegawattHour(99), intervals: 24, takesSlopes: false)
    #expect(try sentence(slopes + "1,sell,A,10,1,11\n", steps).contains("steps takes steps"))
    let bands = Self.header.dropLast() + ",band\n"
    #expect(try sentence(bands + "1,sell,A,10,1,b\n2,sell,A,11,1,b\n").contains("one price all day"))
    #expect(try sentence(bands + "1,sell,A,10,1,b\n1,sell,A,10,1,b\n").contains("stands twice in interval 1"))
  }

  @Test("aggregated curves become steps and slopes of their pieces")
  func aggregated() throws {
    let url = try written(
      "SIDE_DESCR,SORT,AA,QUANTITY,UNITPRICE\n"
        + "Sell,1,1,0,-500\nSell,1,2,100,-500\nSell,1,3,100,20\nSell,1,4,130,30\n"
        + "Buy,1,1,120,-500\nBuy,1,2,120,10\nBuy,1,3,100,40\nBuy,1,4,100,4000\n")
    let offers = try OfferFile.readAggregatedCurves(from: url, limits: Self.limits).offers
    func offer(_ side: OfferSide, _ price: Double, _ end: Double, _ megawatts: Double) -> MarketOffer {
      MarketOffer(
        interval: 1, side: side, participant: "curve", price: .perMegawattHour(price),
        endPrice: .perMegawattHour(end), quantity: .megawatts(megawatts))
    }
    #expect(
      offers == [
        offer(.sell, -500, -500, 100), offer(.sell, 20, 30, 30), offer(.buy, 40, 10, 20),
        offer(.buy, 4_000, 4_000, 100),
      ])
  }
}
