public import Foundation
public import MarketModel

/// Reads time series files one completed market day after another, in memory that does not grow with the file.
///
/// It never changes a value: what cannot be right is refused with file, line and column, what looks odd is kept and
/// reported. The interval labels of a day are those of `TradingInterval`; on a day of 25 hours the last is "25:00".
public struct MarketFileReader: Sendable {
  /// What happens to a day with a wrong row.
  public enum BadRows: Hashable, Sendable {
    /// The whole file is refused.
    case refuseFile
    /// The market day is left out and counted in the summary.
    case leaveOutDay
  }

  let table: SourceTable
  let zone: MarketZone
  let currency: String
  let badRows: BadRows

  /// `currency` is the rule pack's, as "CNY": prices must be in currency/MWh.
  public init(table: SourceTable, zone: MarketZone, currency: String, badRows: BadRows) {
    self.table = table
    self.zone = zone
    self.currency = currency
    self.badRows = badRows
  }

  /// Reads a file and hands on the observations of each complete market day, in the order of the file.
  ///
  /// Throws `ImportProblem`, or whatever `onDay` throws. Units are judged by the median of the whole file, so a file
  /// can be refused after its days were handed on: the caller undoes them, as a transaction does.
  public func readSeries(from url: URL, onDay: ([DayObservation]) throws -> Void) throws -> ReadSummary {
    let reader = try CSVRecordReader(ByteSource(url))
    let plan = try plan(for: reader)
    var assembly = DayAssembly(plan: plan, file: reader.source.file, zone: zone, table: table.format)
    var statistics = plan.values.map { _ in ColumnStatistics() }
    func handOn(_ day: FinishedDay) throws {
      for (index, observation) in day.observations.enumerated() {
        statistics[index].add(observation.values, day: observation.day)
      }
      try onDay(day.observations)
    }
    while try reader.next() {
      if let finished = assembly.add(reader) { try handOn(finished) }
      if assembly.problems.count >= RowProblem.limit, badRows == .refuseFile {
        throw ImportProblem.rows(assembly.problems)
      }
    }
    if let finished = assembly.finish() { try handOn(finished) }
    guard assembly.rows > 0 else { throw ImportProblem.empty(file: reader.source.file) }
    guard assembly.problems.isEmpty || badRows == .leaveOutDay else { throw ImportProblem.rows(assembly.problems) }
    var warnings: [String] = []
    for (column, figures) in zip(plan.values, statistics) {
      warnings += try figures.check(column, file: reader.source.file, currency: currency)
    }
    return summary(of: assembly, digest: reader.source.contentDigest(), warnings: warnings)
  }

  private func plan(for reader: CSVRecordReader) throws(ImportProblem) -> ColumnPlan {
    let file = reader.source.file
    let header = try reader.header()
    if header.count == 1, let other = [";", "\t"].first(where: { header[0].contains($0) }) {
      throw .header(
        file: file,
        sentence: "the columns are separated by \(other == ";" ? "semicolons" : "tabs"); save the file with commas.")
    }
    return try ColumnPlan(header: header, file: file, table: table, zone: zone, currency: currency)
  }

  private func summary(of assembly: DayAssembly, digest: String, warnings: [String]) -> ReadSummary {
    ReadSummary(
      file: assembly.file, sha256: digest, format: table.format, rows: assembly.rows, days: assembly.days,
      firstDay: assembly.firstDay, lastDay: assembly.lastDay, series: assembly.plan.values.map(\.key),
      ignoredColumns: assembly.plan.ignored, skippedDays: assembly.skippedDays,
      skippedProblemCount: assembly.problemCount, skippedProblems: assembly.problems, warnings: warnings)
  }
}
