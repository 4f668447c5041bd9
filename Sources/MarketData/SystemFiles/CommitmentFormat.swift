public import Foundation
public import PowerSystem

/// Layouts of files that hold a commitment problem.
public enum CommitmentFormat: String, CaseIterable, Sendable {
  /// JSON of the IEEE PES benchmark library for unit commitment (power-grid-lib/pglib-uc): no network.
  case pglib = "pglib-uc"
  /// JSON of UnitCommitment.jl, formats 0.2, 0.3 and 0.4, one scenario.
  case unitCommitmentJl = "uc_jl"
  /// Folder of the RTS-GMLC test system (SourceData and timeseries); its first day, day-ahead.
  case rtsGmlc = "rts-gmlc"
  /// Our own folder of CSV files.
  case folder = "csv"
}

/// Reads a commitment problem.
///
/// - Parameters:
///   - url: The file (plain or gzip) or folder.
///   - format: Its layout.
/// - Returns: A problem without findings; what was assumed in reading stands in its `notes`.
/// - Throws: ``ImportProblem`` with one sentence: file, element, field, what was found, the limit with its unit, and
///   what to do.
public func readCommitmentProblem(at url: URL, format: CommitmentFormat) throws(ImportProblem) -> CommitmentProblem {
  let problem: CommitmentProblem
  switch format {
  case .pglib: problem = try PglibCommitmentFile.read(url)
  default: throw .unreadable(file: url.relativePath, reason: "the format \(format.rawValue) is not known yet")
  }
  return try problem.checked(file: url.relativePath)
}

extension CommitmentProblem {
  /// The problem itself if nothing in it contradicts.
  /// - Throws: ``ImportProblem/element(file:element:field:sentence:)`` with the first finding.
  func checked(file: String) throws(ImportProblem) -> CommitmentProblem {
    let found = findings()
    guard let first = found.first else { return self }
    let more = found.count > 1 ? " (\(found.count - 1) more findings like it)" : ""
    throw .element(file: file, element: first.element, field: "", sentence: first.text + more)
  }
}

/// The name of a system in reports: the file's name without its endings.
func systemName(_ url: URL) -> String {
  var name = url
  while ["gz", "json", "csv"].contains(name.pathExtension) { name.deletePathExtension() }
  return name.lastPathComponent
}
