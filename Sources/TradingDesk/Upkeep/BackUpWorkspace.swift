public import Foundation
internal import MarketData
internal import MarketStore

/// What `spotdesk backup` wrote.
public struct BackupReport: Sendable, Encodable {
  public var schema = "spotdesk.backup/1"
  public var workspace: String
  public var archive: String
  /// Of the archive as a whole; who notes it elsewhere can prove later that it is the same.
  public var sha256: String
  public var bytes: Int
  public var files: Int
  public var storeBytes: Int
  /// UTC.
  public var createdAt: String
  /// Earlier archives that were removed because enough newer ones are there.
  public var removed: [String]
  /// What is in the workspace and not in the archive: links.
  public var leftOut: [String]
}

extension TradingDesk {
  /// Writes the workspace into one archive, complete or not at all, while others may go on writing: files first, then
  /// the store, which so is never behind them. No lock is taken, so that a backup never stands in a trader's way.
  ///
  /// - Parameters:
  ///   - destination: a new file, or a folder, in which the archive is named after the workspace and the time.
  ///   - keep: how many archives of this workspace stay in the folder; nil for all.
  ///   - withKeys: whether the hashes of the API keys are part of it.
  /// - Throws: `DeskProblem` "bad data" if the store is damaged: a backup of it would push sound ones out.
  public func backUp(to destination: URL, keep: Int? = nil, withKeys: Bool = true) throws -> BackupReport {
    let instant = now()
    let archive = try archiveFile(destination, at: instant)
    let folder = archive.deletingLastPathComponent()
    let staging = folder.appending(path: ".\(archive.lastPathComponent).partial-\(getpid())")
    guard mkdir(staging.path, 0o700) == 0 else {
      throw DeskProblem(.cannotWrite, "\(folder.path) cannot be written: \(String(cString: strerror(errno))).")
    }
    defer { try? FileManager.default.removeItem(at: staging) }
    var report = try writeArchive(staging: staging, withKeys: withKeys, at: instant)
    // A link fails where a rename would replace an archive.
    guard link(staging.appending(path: "archive").path, archive.path) == 0 else {
      throw DeskProblem(.cannotWrite, "\(archive.path) cannot be written: \(String(cString: strerror(errno))).")
    }
    NewFile.synchronise(folder)
    report.archive = archive.path
    if let keep { report.removed = removeOldArchives(in: folder, keep: keep) }
    return report
  }

  private func archiveFile(_ destination: URL, at instant: Date) throws(DeskProblem) -> URL {
    guard workspace.exists else { throw noWorkspace() }
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: destination.path, isDirectory: &isFolder)
    guard !exists || isFolder.boolValue else {
      throw DeskProblem(.cannotWrite, "\(destination.path) exists already; name a new file or a folder.")
    }
    let time = instant.formatted(.iso8601.dateSeparator(.omitted).timeSeparator(.omitted))
    let archive = exists ? destination.appending(path: "\(workspace.name)-\(time).tar") : destination
    let folder = archive.deletingLastPathComponent()
    guard FileManager.default.fileExists(atPath: folder.path) else {
      throw DeskProblem(.cannotWrite, "\(folder.path) is not there; make it first.")
    }
    let inside = folder.resolvingSymlinksInPath().path + "/"
    guard !inside.hasPrefix(workspace.directory.resolvingSymlinksInPath().path + "/") else {
      throw DeskProblem(.cannotWrite, "\(archive.path) lies in the workspace itself; name a place outside of it.")
    }
    return archive
  }

  private func writeArchive(staging: URL, withKeys: Bool, at instant: Date) throws -> BackupReport {
    let writer = ArchiveWriter(try NewFile(staging.appending(path: "archive"), mode: 0o600))
    let kept = try workspace.keptFiles()
    var files: [BackupManifest.File] = []
    for path in kept.files where withKeys || path != "api-keys.json" {
      try checkCancelled()
      if let file = try writer.add(workspace.directory.appending(path: path), as: path) { files.append(file) }
    }
    progress("\(files.count) files; now the store")
    let copy = staging.appending(path: "store")
    let condition = try soundCopy(copy)
    guard let store = try writer.add(copy, as: workspace.storeFile.lastPathComponent) else {
      throw DeskProblem(.internalError, "The copy of the store is gone.")
    }
    files.append(store)
    let manifest = BackupManifest(
      program: programVersion, workspace: workspace.name, createdAt: LocalTime.text(instant),
      migrations: condition.appliedMigrations, files: files)
    let document = try encodedDocument(manifest)
    try writer.add(document, as: BackupManifest.fileName, at: instant)
    try writer.add(Data((sha256(document) + "\n").utf8), as: BackupManifest.sealName, at: instant)
    let hash = try writer.finish()
    let size = try FileManager.default.attributesOfItem(atPath: staging.appending(path: "archive").path)[.size] as? Int
    return BackupReport(
      workspace: workspace.directory.path, archive: "", sha256: hash, bytes: size ?? 0, files: files.count,
      storeBytes: store.bytes, createdAt: LocalTime.text(instant), removed: [], leftOut: kept.others)
  }

  /// A copy of the store, all of whose pages were read.
  private func soundCopy(_ copy: URL) throws -> StoreCondition {
    try inDeskTerms { try MarketStore.copy(workspace.storeFile.path, to: copy.path) }
    let found: String
    do {
      let condition = try MarketStore.condition(of: copy.path)
      if condition.isSound { return condition }
      found = condition.damage.first ?? "rows without the rows that they name"
    } catch {
      guard [.corrupt(path: copy.path), .notADatabase(path: copy.path)].contains(error) else {
        return try inDeskTerms { throw error }
      }
      found = "it cannot be read"
    }
    throw DeskProblem(
      .badData,
      "\(workspace.storeFile.path) is damaged (\(found)): no backup was written, earlier ones stay. Restore the last one."
    )
  }

  /// Removes the oldest archives that ``backUp(to:keep:withKeys:)`` named, and gives their paths.
  private func removeOldArchives(in folder: URL, keep: Int) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let own = names.filter { name in
      guard name.hasPrefix(workspace.name + "-"), name.hasSuffix("Z.tar") else { return false }
      let time = name.dropFirst(workspace.name.count + 1).dropLast(5)
      return time.count == 15 && time.enumerated().allSatisfy { $0 == 8 ? $1 == "T" : $1.isNumber }
    }
    return own.sorted().dropLast(max(1, keep)).map { folder.appending(path: $0).path }.filter { unlink($0) == 0 }
  }
}
