internal import FlexibleAssets
internal import Foundation
internal import MarketData

/// The company's assets beside its thermal units, as the files of a folder list them; each file may be missing.
struct AssetFolder {
  struct Station {
    let site: RenewableSite
    let isWind: Bool
    /// Of the market's wind or solar power.
    let shareOfMarket: Double
  }

  struct CustomerGroup {
    let name: String
    let customers: Int
    let meanMegawatts: Double
    let tariffPerMWh: Double
    /// Rise of its load, as a share, when the market's load is as large a share above its mean.
    let sensitivity: Double
  }

  struct Storage {
    let unit: StorageUnit
    let stateOfCharge: Double
  }

  private(set) var storages: [Storage] = []
  private(set) var stations: [Station] = []
  private(set) var groups: [CustomerGroup] = []
  /// Resources, members and seed of a virtual power plant that is made up.
  private(set) var virtualPlant: (resources: Int, members: Int, seed: UInt64)?
  private(set) var notes: [String] = []

  /// - Throws: `DeskProblem` naming file, line and column.
  init(_ folder: URL) throws {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isDirectory), isDirectory.boolValue else {
      throw DeskProblem(.missingInput, "\(folder.path) is no folder; name the folder of the assets with --assets.")
    }
    for row in try rows(folder, "storages.csv", AssetFolder.storageColumns) {
      let (storage, note) = try AssetFolder.storage(row)
      if let storage { storages.append(storage) }
      if let note { notes.append(note) }
    }
    for row in try rows(folder, "stations.csv", AssetFolder.stationColumns) { try addStation(row) }
    for row in try rows(folder, "customer-groups.csv", AssetFolder.groupColumns) { try addGroup(row) }
    let settings = try rows(folder, "virtual-power-plant.csv", ["name", "value"])
    guard !settings.isEmpty else { return }
    func setting(_ name: String) throws -> Int {
      guard let row = settings.first(where: { $0["name"] == name }) else {
        throw DeskProblem(.badData, "virtual-power-plant.csv has no row \(name).")
      }
      let value = try row.number("value", in: 0...1e15)
      guard value == value.rounded() else {
        throw DeskProblem(.badData, row.sentence("value", "\(value) is no whole number"))
      }
      return Int(value)
    }
    virtualPlant = (try setting("resources"), try setting("members"), UInt64(try setting("seed")))
    if let count = virtualPlant?.resources, !(1...200_000).contains(count) {
      throw DeskProblem(.badData, "virtual-power-plant.csv: resources is \(count); it is 1 to 200000.")
    }
  }

  /// Storages of one file with the columns of storages.csv.
  static func storages(in file: URL) throws -> (storages: [Storage], notes: [String]) {
    let read = try records(file, storageColumns).map { try storage($0) }
    let storages = read.compactMap(\.storage)
    guard !storages.isEmpty else {
      throw DeskProblem(
        .badData,
        (["\(file.lastPathComponent) lists no storage that can be used."] + read.compactMap(\.note)).joined(
          separator: " "))
    }
    return (storages, read.compactMap(\.note))
  }

  private static let storageColumns = [
    "storage", "charge_MW", "discharge_MW", "usable_MWh", "charge_efficiency", "discharge_efficiency", "wear_per_MWh",
    "cycles_per_day", "state_of_charge",
  ]
  private static let stationColumns = [
    "station", "source", "rated_MW", "share_of_market", "mechanism_share", "mechanism_price_per_MWh",
    "certificate_price_per_MWh",
  ]
  private static let groupColumns = ["group", "customers", "mean_MW", "tariff_per_MWh", "load_sensitivity"]

  private mutating func rows(_ folder: URL, _ name: String, _ columns: [String]) throws -> [AssetRow] {
    let url = folder.appending(path: name)
    guard FileManager.default.fileExists(atPath: url.path) else {
      notes.append("there is no \(name); that part of the position is empty")
      return []
    }
    return try AssetFolder.records(url, columns)
  }

  private static func records(_ url: URL, _ columns: [String]) throws -> [AssetRow] {
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw DeskProblem(.missingInput, "\(url.relativePath) is not there.")
    }
    let table = try inDeskTerms { try TextRecords(csv: url) }
    let missing = columns.filter { !table.header.contains($0) }
    guard missing.isEmpty else {
      throw DeskProblem(.badData, "\(table.file): missing column \(missing.joined(separator: ", ")).")
    }
    return table.rows.map { AssetRow(file: table.file, row: $0) }
  }

  private static func storage(_ row: AssetRow) throws -> (storage: Storage?, note: String?) {
    let name = row["storage"]
    let charge = try row.number("state_of_charge", in: -100...100)
    let unit = try inAssetTerms {
      try StorageUnit(
        name: name, chargeMegawatts: try row.number("charge_MW"), dischargeMegawatts: try row.number("discharge_MW"),
        usableMegawattHours: try row.number("usable_MWh"), chargeEfficiency: try row.number("charge_efficiency"),
        dischargeEfficiency: try row.number("discharge_efficiency"), wearCostPerMWh: try row.number("wear_per_MWh"),
        largestCyclesPerDay: try row.number("cycles_per_day"))
    }
    guard (0...1).contains(charge) else {
      return (
        nil,
        "storage \(name): the state of charge is \(DayReport.rounded(100 * charge, 1)) %, outside 0 to 100 %; it is left out of the day"
      )
    }
    return (Storage(unit: unit, stateOfCharge: charge), nil)
  }

  private mutating func addStation(_ row: AssetRow) throws {
    guard ["wind", "solar"].contains(row["source"]) else {
      throw DeskProblem(.badData, row.sentence("source", "\"\(row["source"])\" is neither wind nor solar"))
    }
    let site = try inAssetTerms {
      try RenewableSite(
        name: row["station"], ratedMegawatts: try row.number("rated_MW"),
        mechanismShare: try row.number("mechanism_share"),
        mechanismPricePerMWh: try row.number("mechanism_price_per_MWh"),
        certificatePricePerMWh: try row.number("certificate_price_per_MWh"))
    }
    stations.append(
      Station(
        site: site, isWind: row["source"] == "wind", shareOfMarket: try row.number("share_of_market", in: 0...1)))
  }

  private mutating func addGroup(_ row: AssetRow) throws {
    groups.append(
      CustomerGroup(
        name: row["group"], customers: Int(try row.number("customers", in: 0...1e7)),
        meanMegawatts: try row.number("mean_MW", in: 0...1e6),
        tariffPerMWh: try row.number("tariff_per_MWh", in: -1e5...1e5),
        sensitivity: try row.number("load_sensitivity", in: -10...10)))
  }
}

/// A row of an asset file.
struct AssetRow {
  let file: String
  let row: TextRecords.Row

  subscript(column: String) -> String { row[column].trimmingCharacters(in: .whitespaces) }

  func sentence(_ column: String, _ finding: String) -> String { "\(file):\(row.line), \(column): \(finding)." }

  func number(_ column: String, in range: ClosedRange<Double> = -1e9...1e9) throws -> Double {
    guard let value = Double(self[column]), value.isFinite else {
      throw DeskProblem(.badData, sentence(column, "\"\(self[column].prefix(40))\" is no number"))
    }
    guard range.contains(value) else {
      throw DeskProblem(
        .badData, sentence(column, "\(value) lies outside \(range.lowerBound) to \(range.upperBound)"))
    }
    return value
  }
}
