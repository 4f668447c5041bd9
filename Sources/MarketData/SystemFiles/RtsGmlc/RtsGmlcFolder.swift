public import Foundation
public import MarketModel

/// The RTS-GMLC test system (Barrows et al.: "The IEEE Reliability Test System: A Proposed 2019 Update", IEEE Trans.
/// Power Systems 35, 2020) as its public folder holds it: tables in SourceData, series of a year in timeseries. Tables
/// and series are read once; ``problem(firstDay:days:settings:)`` then cuts out days.
public struct RtsGmlcFolder: Sendable {
  /// Which series, and with them the length of an interval.
  public enum Resolution: String, Sendable, CaseIterable {
    /// Day-ahead forecasts by hour.
    case dayAhead = "DAY_AHEAD"
    /// Real-time values by five minutes.
    case realTime = "REAL_TIME"

    var intervalsPerDay: Int { self == .dayAhead ? 24 : 288 }
  }

  public let resolution: Resolution
  let file: String
  let generators: [NamedRow]
  let busRows: [NamedRow]
  let branchRows: [NamedRow]
  let directCurrentRows: [NamedRow]
  let storageRows: [NamedRow]
  let reserveRows: [NamedRow]
  let load: RtsSeries
  /// Output of hydro, solar and wind by name of the generator.
  let production: [RtsSeries]
  /// Spinning requirements that the folder has series for, by product.
  let spinning: [RtsSeries]

  /// First and last day of the load series.
  public var days: ClosedRange<MarketDay> { load.firstDay...load.firstDay.advanced(by: load.dayCount - 1) }

  /// Reads the tables and the series of one resolution.
  /// - Parameters:
  ///   - folder: Folder with SourceData and timeseries (or timeseries_data_files); series plain or gzip.
  ///   - resolution: Day-ahead by hour, or real-time by five minutes.
  /// - Throws: ``ImportProblem`` with file, line and column of what is missing or wrong.
  public init(at folder: URL, resolution: Resolution = .dayAhead) throws(ImportProblem) {
    self.resolution = resolution
    file = folder.relativePath
    let source = folder.appendingPathComponent("SourceData")
    func table(_ name: String, _ needed: [String]) throws(ImportProblem) -> [NamedRow] {
      let rows = try NamedRows(source.appendingPathComponent(name))
      let missing = needed.filter { !rows.header.contains($0) }
      guard missing.isEmpty else {
        throw .header(file: rows.file, sentence: "missing column \(quotedList(missing)); add it.")
      }
      return rows.rows
    }
    generators = try table("gen.csv", ["GEN UID", "Bus ID", "Category", "PMax MW", "PMin MW", "Fuel Price $/MMBTU"])
    busRows = try table("bus.csv", ["Bus ID", "MW Load", "Area"])
    branchRows = try table("branch.csv", ["UID", "From Bus", "To Bus", "R", "X", "Cont Rating", "STE Rating"])
    directCurrentRows = try table("dc_branch.csv", ["UID", "From Bus", "To Bus", "MW Load"])
    storageRows = try table("storage.csv", ["GEN UID", "Max Volume GWh", "Initial Volume GWh", "position"])
    reserveRows = try table(
      "reserves.csv", ["Reserve Product", "Eligible Regions", "Eligible Device SubCategories"])
    let series = RtsGmlcFolder.reader(folder, resolution)
    guard let load = try series("Load", "regional_Load") else {
      throw .unreadable(
        file: folder.relativePath,
        reason: "it has no timeseries/Load/\(resolution.rawValue)_regional_Load.csv (or .csv.gz)")
    }
    self.load = load
    var production: [RtsSeries] = []
    let names = [("Hydro", "hydro"), ("PV", "pv"), ("RTPV", "rtpv"), ("WIND", "wind"), ("CSP", "Natural_Inflow")]
    for (kind, name) in names {
      if let found = try series(kind, name) { production.append(found) }
    }
    self.production = production
    var spinning: [RtsSeries] = []
    for region in 1...3 {
      if let found = try series("Reserves", "regional_Spin_Up_R\(region)") { spinning.append(found) }
    }
    self.spinning = spinning
  }

  /// A function that reads one series file if the folder has it.
  private static func reader(
    _ folder: URL, _ resolution: Resolution
  ) -> (_ kind: String, _ name: String) throws(ImportProblem) -> RtsSeries? {
    { (kind, name) throws(ImportProblem) -> RtsSeries? in
      for parent in ["timeseries", "timeseries_data_files"] {
        for ending in ["csv.gz", "csv"] {
          let url = folder.appendingPathComponent("\(parent)/\(kind)/\(resolution.rawValue)_\(name).\(ending)")
          guard FileManager.default.fileExists(atPath: url.path) else { continue }
          return try RtsSeries(url, rowsPerDay: resolution.intervalsPerDay)
        }
      }
      return nil
    }
  }
}
