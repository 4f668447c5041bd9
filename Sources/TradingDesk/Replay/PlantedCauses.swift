internal import Foundation
internal import MarketData
internal import MarketModel
internal import MarketRules
internal import MarketStore

/// Causes of loss that are put into a simulated workspace on purpose, so that a review can be asked whether it finds them. What is
/// planted goes the way of anything else: a later publication of the wind forecast before the gate, an outage ticket after it, a segment
/// of an offer that was sent. A review reads none of this file.
struct PlantedCauses: Sendable {
  struct Cause: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
      /// The published wind forecast times a factor, published again a minute before the gate.
      case windForecast(factor: Double)
      /// Off line from one minute of the day to another; the ticket comes when it begins.
      case outage(unit: UnitID, from: Int, to: Int)
      /// A segment of a unit's offer reaches to another output, or has another price.
      case segment(unit: UnitID, number: Int, toMW: Double?, price: Double?)
    }

    let day: MarketDay
    let kind: Kind
  }

  let causes: [Cause]

  init() { causes = [] }

  /// - Throws: `DeskProblem` in one sentence: what is wrong with which cause.
  init(file: URL) throws {
    guard let data = FileManager.default.contents(atPath: file.path) else {
      throw DeskProblem(.missingInput, "\(file.relativePath) does not exist; name a file of causes to plant (JSON).")
    }
    guard let content = try? JSONDecoder().decode(Content.self, from: data) else {
      throw DeskProblem(
        .badData,
        "\(file.relativePath) holds no list \"causes\" of objects with \"day\" and \"kind\" (wind-forecast, outage, segment)."
      )
    }
    causes = try content.causes.enumerated().map { number, entry in
      do { return try entry.cause() } catch let problem as PlantedProblem {
        throw DeskProblem(.badData, "\(file.relativePath), cause \(number + 1): \(problem.sentence).")
      }
    }
  }

  var sentences: [String] { causes.map(\.sentence) }

  func sentences(of day: MarketDay) -> [String] { causes.filter { $0.day == day }.map(\.sentence) }

  /// Publishes forecasts and tickets, and leaves a note for whoever reads the workspace; doing it twice changes nothing.
  func plant(into store: MarketStore, desk: TradingDesk) throws {
    try inDeskTerms {
      let known = try store.setting(TradingDesk.Setting.planted)?.split(separator: "\n").map(String.init) ?? []
      let all = known + sentences.filter { !known.contains($0) }
      if all != known { try store.setSetting(TradingDesk.Setting.planted, to: all.joined(separator: "\n")) }
    }
    for cause in causes {
      switch cause.kind {
      case .windForecast(let factor): try publish(factor, on: cause.day, store, desk)
      case .outage(let unit, let from, let to): try fail(unit, on: cause.day, from, to, store, desk)
      case .segment: break
      }
    }
  }

  private func publish(_ factor: Double, on day: MarketDay, _ store: MarketStore, _ desk: TradingDesk) throws {
    let gate = try ForecastGate(day: day, pack: try desk.rulePack(on: day, market: nil, store: store)).asOf
    let time = gate.addingTimeInterval(-60)
    let key = SeriesKey(.wind, .forecast)
    let found = try inDeskTerms { try store.observations(of: key, from: day, through: day, asOf: time - 1) }
    guard let known = found.first else {
      throw DeskProblem(.notFound, "\(key) of \(day) was not published before the gate; there is nothing to plant on.")
    }
    let values = known.values.map { $0 * factor }
    _ = try inDeskTerms {
      try store.importObservations(from: "planted: wind forecast of \(day)", now: desk.now()) { write in
        try write([DayObservation(key: key, day: day, length: known.length, values: values, availableAt: time)])
        let digest = Data("\(key) \(day) \(factor)".utf8).sha256
        return ImportedFile(sha256: digest, format: "planted", rows: values.count, skippedRows: 0)
      }
    }
  }

  private func fail(
    _ unit: UnitID, on day: MarketDay, _ from: Int, _ to: Int, _ store: MarketStore, _ desk: TradingDesk
  ) throws {
    let pack = try desk.rulePack(on: day, market: nil, store: store)
    let (begin, end) = (pack.zone.instant(day: day, minute: from), pack.zone.instant(day: day, minute: to))
    let outage = Outage(unit: unit, from: begin, to: end, availableCapacity: .zero)
    _ = try inDeskTerms { try store.save(outages: [Available(outage, availableAt: begin)]) }
  }

  /// The offers as they are sent.
  func applied(to book: BidBook) throws -> BidBook {
    var bids = book.bids
    for cause in causes where cause.day == book.day {
      guard case .segment(let unit, let number, let toMW, let price) = cause.kind else { continue }
      guard let place = bids.firstIndex(where: { $0.unit == unit }) else {
        throw DeskProblem(.notFound, "A segment is planted into unit \(unit) on \(book.day), which offers nothing.")
      }
      bids[place] = try PlantedCauses.moved(bids[place], segment: number, toMW: toMW, price: price)
    }
    return BidBook(day: book.day, strategy: book.strategy, bids: bids)
  }

  /// The curve with one segment moved; segments that it swallows are gone, later ones are no cheaper than it.
  private static func moved(_ bid: UnitBid, segment: Int, toMW: Double?, price: Double?) throws -> UnitBid {
    let points = bid.curve.points
    guard points.indices.contains(segment - 1) else {
      throw DeskProblem(
        .badData, "A planted segment \(segment) of unit \(bid.unit) does not exist; its offer has \(points.count).")
    }
    let own = BidPoint(
      output: toMW.map { .megawatts($0) } ?? points[segment - 1].output,
      price: price.map { .perMegawattHour($0) } ?? points[segment - 1].price)
    let before = points.prefix(segment - 1).filter { $0.output < own.output && $0.price <= own.price }
    let after = points.dropFirst(segment).filter { $0.output > own.output }.map {
      BidPoint(output: $0.output, price: max($0.price, own.price))
    }
    do {
      return UnitBid(
        unit: bid.unit, curve: try BidCurve(form: bid.curve.form, points: before + [own] + after),
        commitment: bid.commitment, plannedMegawatts: bid.plannedMegawatts)
    } catch {
      throw DeskProblem(.badData, "A planted segment of unit \(bid.unit) leaves no curve: \(error)")
    }
  }
}

extension TradingDesk {
  /// What was planted on some days, for the notes of a report; no figure hangs on it.
  func plantedNotes(_ store: MarketStore, _ range: MarketDayRange) throws -> [String] {
    let all = try inDeskTerms { try store.setting(Setting.planted) }?.split(separator: "\n").map(String.init) ?? []
    return all.filter { sentence in
      MarketDay(sentence.prefix(10)).map { range.first <= $0 && $0 <= range.last } ?? false
    }.map { "planted on purpose: \($0)" }
  }
}

extension PlantedCauses.Cause {
  var sentence: String {
    switch kind {
    case .windForecast(let factor): "\(day): wind forecast times \(factor), published a minute before the gate"
    case .outage(let unit, let from, let to):
      "\(day): unit \(unit) out from \(ClockTime.text(from)) to \(ClockTime.text(to)), known when it begins"
    case .segment(let unit, let number, let toMW, let price):
      "\(day): segment \(number) of unit \(unit)" + (toMW.map { " up to \($0) MW" } ?? "")
        + (price.map { " at \($0)" } ?? "")
    }
  }
}

private struct PlantedProblem: Error { let sentence: String }

/// The file as it is written.
private struct Content: Decodable {
  let causes: [Entry]

  struct Entry: Decodable {
    let day: String
    let kind: String
    let factor: Double?
    let unit: String?
    let from: String?
    let to: String?
    let segment: Int?
    let toMW: Double?
    let price: Double?

    enum CodingKeys: String, CodingKey {
      case day, kind, factor, unit, from, to, segment, price
      case toMW = "to_MW"
    }

    func cause() throws(PlantedProblem) -> PlantedCauses.Cause {
      guard let day = MarketDay(day) else { throw PlantedProblem(sentence: "\"\(day)\" is no date; write 2026-03-10") }
      switch kind {
      case "wind-forecast":
        guard let factor, factor.isFinite, (0...10).contains(factor) else {
          throw PlantedProblem(sentence: "a wind-forecast needs a \"factor\" from 0 to 10")
        }
        return .init(day: day, kind: .windForecast(factor: factor))
      case "outage":
        guard let unit, let from = from.flatMap(minute), let to = to.flatMap(minute), from < to
        else { throw PlantedProblem(sentence: "an outage needs \"unit\", \"from\" and a later \"to\" such as 09:30") }
        return .init(day: day, kind: .outage(unit: UnitID(unit), from: from, to: to))
      case "segment":
        guard let unit, let segment, toMW != nil || price != nil, toMW.map({ $0 > 0 && $0 < 1e5 }) ?? true,
          price.map({ abs($0) < 1e6 }) ?? true
        else {
          throw PlantedProblem(sentence: "a segment needs \"unit\", \"segment\" and \"to_MW\" or \"price\"")
        }
        return .init(
          day: day, kind: .segment(unit: UnitID(unit), number: segment, toMW: toMW, price: price))
      default:
        throw PlantedProblem(sentence: "there is no kind \"\(kind)\"; there are wind-forecast, outage, segment")
      }
    }
  }
}

/// 570 of "09:30"; nil if it is no time of a day.
private func minute(_ text: String) -> Int? { clockHours(text).map { Int(($0 * 60).rounded()) } }
