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
///   - format: Its layout; nil to be told from what is in it.
/// - Returns: A problem without findings; what was assumed in reading stands in its `notes`.
/// - Throws: ``ImportProblem`` with one sentence: file, element, field, what was found, the limit with its unit, and
///   what to do.
public func readCommitmentProblem(
  at url: URL, format: CommitmentFormat? = nil
) throws(ImportProblem) -> CommitmentProblem {
  let problem: CommitmentProblem
  let layout = if let format { format } else { try CommitmentFormat.told(from: url) }
  switch layout {
  case .pglib: problem = try PglibCommitmentFile.read(url)
  case .unitCommitmentJl: problem = try UnitCommitmentJlFile.read(url)
  case .rtsGmlc:
    let folder = try RtsGmlcFolder(at: url)
    return try folder.problem(firstDay: folder.days.lowerBound)
  case .folder: problem = try CommitmentFolderReading.read(url)
  }
  return try problem.checked(file: url.relativePath)
}

extension CommitmentFormat {
  /// The layout that a folder's tables or a file's keys belong to.
  fileprivate static func told(from url: URL) throws(ImportProblem) -> CommitmentFormat {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw .unreadable(file: url.relativePath, reason: "it does not exist")
    }
    if isFolder.boolValue {
      let source = url.appending(path: "SourceData")
      return FileManager.default.fileExists(atPath: source.path)
        || FileManager.default.fileExists(atPath: url.appending(path: "RTS_Data/SourceData").path) ? .rtsGmlc : .folder
    }
    let top = JSONElement(
      file: url.relativePath,
      value: try JSONParser.parse(ByteSource.wholeFile(url), file: url.relativePath))
    if try top.optional("thermal_generators") != nil { return .pglib }
    if try top.optional("Generators") != nil { return .unitCommitmentJl }
    throw top.problem(
      "has neither \"thermal_generators\" (pglib-uc) nor \"Generators\" (uc_jl); name its layout with --format.")
  }
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
