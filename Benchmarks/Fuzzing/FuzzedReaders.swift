import Compliance
import Foundation
import MarketData
import MarketModel
import MarketRules
import Spreadsheets

/// What libFuzzer calls with every input: a reader decides, and nothing may crash. `SPOTDESK_FUZZ` names the reader: "packs"
/// (a rule pack's YAML), "bids" (a bid file, then all 77 checks and the repair suggestions), "units" (a register),
/// "workbooks" (XLSX).
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = bytes.map { Data(bytes: $0, count: count) } ?? Data()
  FuzzedReaders.reader(input)
  return 0
}

private enum FuzzedReaders {
  static let reader: @Sendable (Data) -> Void = {
    switch ProcessInfo.processInfo.environment["SPOTDESK_FUZZ"] {
    case "packs": { packs($0) }
    case "bids": { bids($0) }
    case "units": { _ = try? DeclaredUnit.read($0, name: "units.csv") }
    case "workbooks": { _ = try? Spreadsheet(xlsx: $0) }
    case let other: fatalError("SPOTDESK_FUZZ is \(other ?? "not set"); use packs, bids, units or workbooks")
    }
  }()

  /// The complete pack of the data folder, named by `SPOTDESK_FUZZ_BASE`.
  private static let baseText: String = {
    let path = ProcessInfo.processInfo.environment["SPOTDESK_FUZZ_BASE"] ?? ""
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      fatalError("SPOTDESK_FUZZ_BASE is \"\(path)\"; name the file of a complete rule pack")
    }
    return text
  }()

  private static let pack: RulePack = {
    do { return try RulePack(text: baseText, name: "base.yaml") } catch { fatalError("\(error)") }
  }()

  /// Decodes a pack, and one that inherits; what was decoded is told, compared and examined.
  private static func packs(_ input: Data) {
    guard let text = String(data: input, encoding: .utf8) else { return }
    guard let decoded = try? RulePack(text: text, name: "fuzzed.yaml", beside: ["base.yaml": baseText]) else { return }
    let said = decoded.statements.map { ($0.value ?? $0.reason) + $0.key }
    precondition(!said.isEmpty)
    _ = decoded.contradictions
    _ = differences(from: pack, to: decoded)
    _ = differences(from: decoded, to: pack)
    _ = checkSubmission(submitted(known, under: decoded), day: day, in: context(known, under: decoded))
  }

  private static let day = MarketDay(dayNumber: 20_517)
  private static let known = (try? BidSegmentRow.read(Data(example.utf8), name: "example")) ?? []
  private static let example = """
    unit,segment,from_MW,to_MW,price_per_MWh
    A,1,0,165,-80
    A,2,165,250,300
    A,3,250,330,350

    """

  /// Reads a bid file; what was read is checked, and its repairs are suggested.
  private static func bids(_ input: Data) {
    guard let rows = try? BidSegmentRow.read(input, name: "bids.csv") else { return }
    let bids = submitted(rows, under: pack)
    let context = context(rows, under: pack)
    let report = checkSubmission(bids, day: day, in: context)
    precondition(Set(report.rows.map(\.check)).count >= 20)
    for repair in suggestedRepairs(bids, in: context) { precondition(!repair.changes.isEmpty) }
  }

  private static func submitted(_ rows: [BidSegmentRow], under pack: RulePack) -> [SubmittedBid] {
    var order: [UnitID] = []
    for row in rows where !order.contains(row.unit) { order.append(row.unit) }
    return order.map { unit in
      let own = rows.filter { $0.unit == unit }
      return SubmittedBid(
        unit: unit, day: own[0].day ?? day,
        form: own[0].form.map { CurveForm(rawValue: $0) } ?? pack.bids.curveForm.value,
        priceUnit: own[0].priceUnit ?? "CNY/MWh",
        segments: own.map {
          SubmittedSegment(
            number: $0.segment, fromMegawatts: $0.from, toMegawatts: $0.to, pricePerMegawattHour: $0.price)
        }, commitment: [], plannedMegawatts: [], basis: pack.bids.priceBasis.value)
    }
  }

  private static let register = """
    unit,plant,capacity_MW,minimum_MW,ramp_up_MW_per_min,ramp_down_MW_per_min,minimum_up_h,minimum_down_h,start_cost,\
    no_load_cost_per_h,marginal_cost_per_MWh
    A,P,330,165,5,5,8,8,600000,1000,300

    """
  private static let unit = (try? DeclaredUnit.read(Data(register.utf8), name: "register"))?.first?.unit

  private static func context(_ rows: [BidSegmentRow], under pack: RulePack) -> ComplianceContext {
    var units: [UnitID: UnitDay] = [:]
    let grid = pack.zone.grid(for: day)
    for name in Set(rows.map(\.unit)) {
      guard let unit else { continue }
      units[name] = UnitDay(
        unit: unit, availableCapacity: IntervalSeries(grid, repeating: unit.ratedCapacity),
        minimumOutput: IntervalSeries(grid, repeating: unit.minimumStableOutput),
        mustRun: IntervalSeries(grid, repeating: false), initialState: unit.initialState, minutesFromOrder: nil)
    }
    return ComplianceContext(units: units, plants: [], pack: pack, submissionTime: nil, declaresCommitment: false)
  }
}
