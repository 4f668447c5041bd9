internal import Compliance
public import Foundation
internal import MarketData
internal import MarketModel
internal import MarketRules
internal import MarketStore

extension TradingDesk {
  /// Checks a bid file of the form of `bids.csv` against the rule pack of its day and the units of the prepared day.
  public func checkFile(_ file: URL) throws -> CheckReport {
    guard FileManager.default.fileExists(atPath: file.path) else {
      throw DeskProblem(.missingInput, "\(file.path) does not exist; name a bid file.")
    }
    let rows = try inDeskTerms { try BidRow.read(from: file) }
    guard let day = rows.first?.day else {
      throw DeskProblem(.badData, "\(file.path) holds no segments; it needs one row for each.")
    }
    if let other = rows.first(where: { $0.day != day }) {
      throw DeskProblem(
        .badData,
        "\(file.path):\(other.line): the market day is \(other.day) where the file began with \(day); check one day at a time."
      )
    }
    let store = try openStore()
    let stored = try PreparedLimits(day, store: store, desk: self)
    let bids = try submittedBids(rows, stored: stored, file: file)
    let compliance = checkBids(
      bids,
      in: ComplianceContext(
        units: Dictionary(uniqueKeysWithValues: stored.unitDays.map { ($0.unit.id, $0) }), plants: stored.plants,
        pack: stored.pack, submissionTime: nil))
    return CheckReport(
      day: day, rulePack: "\(stored.pack.market) \(stored.pack.version)",
      compliance: DayReport.ComplianceView(compliance), violations: compliance.sentences)
  }

  private func submittedBids(_ rows: [BidRow], stored: PreparedLimits, file: URL) throws -> [SubmittedBid] {
    var order: [UnitID] = []
    for row in rows where !order.contains(row.unit) { order.append(row.unit) }
    return try order.map { unit in
      let own = rows.filter { $0.unit == unit }
      guard let commitment = OnLineText.commitment(own[0].onLine, on: stored.grid) else {
        throw DeskProblem(
          .badData,
          "\(file.path):\(own[0].line): on_line is \"\(own[0].onLine)\"; write runs such as 00:00–09:30;16:00–24:00.")
      }
      return SubmittedBid(
        unit: unit, day: own[0].day, form: CurveForm(rawValue: own[0].form), priceUnit: own[0].priceUnit,
        segments: own.map {
          SubmittedSegment(
            number: $0.segment, fromMegawatts: $0.from, toMegawatts: $0.to, pricePerMegawattHour: $0.price)
        }, commitment: commitment, plannedMegawatts: [], basis: stored.pack.bids.priceBasis.value)
    }
  }
}

extension ComplianceReport {
  /// Every finding in one sentence, with the check that made it.
  var sentences: [String] {
    units.flatMap(\.outcomes).flatMap { outcome in outcome.violations.map { "\(outcome.id) \($0.description)" } }
  }
}

/// The limits of a prepared day, which need no realised prices.
struct PreparedLimits {
  let pack: RulePack
  let grid: IntervalGrid
  let unitDays: [UnitDay]
  let plants: [Plant]
  let stored: StoredDay

  init(_ day: MarketDay, store: MarketStore, desk: TradingDesk) throws {
    let document = try inDeskTerms {
      try store.document(StoredDay.kind, strategy: "", day: day, asOf: .distantFuture)
    }
    guard let document else {
      throw DeskProblem(
        .notFound, "\(day) has no bids in \(desk.workspace.directory.path). Run `spotdesk day \(day)` first.")
    }
    do {
      stored = try StoredDay.decoded(document.content)
    } catch {
      throw DeskProblem(
        .badData, "The bids of \(day) were written by another version. Run `spotdesk day \(day)` again.")
    }
    pack = try desk.rulePack(on: day, market: stored.market, store: store)
    grid = pack.zone.grid(for: day)
    let register = desk.workspace.dayDirectory(day).appending(path: "units.csv")
    guard FileManager.default.fileExists(atPath: register.path) else {
      throw DeskProblem(.missingInput, "\(register.path) is gone. Run `spotdesk day \(day)` again.")
    }
    let units = try inDeskTerms { try UnitRegister.read(from: register) }
    let byID = Dictionary(uniqueKeysWithValues: units.map { ($0.id, $0) })
    var days: [UnitDay] = []
    for entry in stored.units {
      if let unit = byID[entry.unit] { days.append(try entry.unitDay(of: unit, on: grid)) }
    }
    unitDays = days
    plants = try inDeskTerms { try store.plants(asOf: .distantFuture) }
  }
}
