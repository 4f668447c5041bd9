public import Foundation
internal import MarketData
internal import MarketStore

/// What `spotdesk restore` put in place, or found in an archive.
public struct RestoreReport: Sendable, Encodable {
  public var schema = "spotdesk.restore/1"
  public var archive: String
  /// "" if the archive was only checked.
  public var workspace: String
  /// Name of the folder that was backed up, the program that did it and when (UTC).
  public var backedUp: String
  public var program: String
  public var createdAt: String
  public var files: Int
  public var bytes: Int
}

extension TradingDesk {
  /// Makes the workspace from an archive that ``backUp(to:keep:withKeys:)`` wrote: all of it, proved file by file, or
  /// nothing. The place must hold nothing yet.
  public func restore(from archive: URL) throws -> RestoreReport {
    let place = workspace.directory
    let present = try? FileManager.default.contentsOfDirectory(atPath: place.path)
    guard present?.isEmpty ?? !FileManager.default.fileExists(atPath: place.path) else {
      throw DeskProblem(
        .cannotWrite,
        workspace.exists
          ? "\(place.path) is a workspace already; move it away first, or name another folder."
          : "\(place.path) is not empty; name a new folder.")
    }
    let parent = place.deletingLastPathComponent()
    try Workspace.createDirectory(parent)
    let staging = Workspace(parent.appending(path: ".\(workspace.name).restoring-\(getpid())"))
    try staging.createDirectory()
    do {
      let manifest = try unpack(archive, into: staging.directory)
      try requireSound(staging, archive: archive)
      NewFile.synchronise(staging.directory)
      guard rename(staging.directory.path, place.path) == 0 else {
        throw DeskProblem(.cannotWrite, "\(place.path) cannot be created: \(String(cString: strerror(errno))).")
      }
      NewFile.synchronise(parent)
      return RestoreReport(manifest, archive: archive, workspace: place.path)
    } catch {
      // What was unpacked so far is of no use; the error that stopped it is what counts.
      try? FileManager.default.removeItem(at: staging.directory)
      throw error
    }
  }

  /// Reads an archive to its end and proves every file in it; nothing is written.
  public func checkArchive(_ archive: URL) throws -> RestoreReport {
    RestoreReport(try unpack(archive, into: nil), archive: archive, workspace: "")
  }

  private func unpack(_ archive: URL, into folder: URL?) throws -> BackupManifest {
    let reader = try ArchiveReader(archive)
    var files: [BackupManifest.File] = []
    var paths: Set<String> = []
    var document = Data()
    var seal = Data()
    while let entry = try reader.next() {
      try checkCancelled()
      switch entry.path {
      case BackupManifest.fileName, BackupManifest.sealName:
        guard entry.bytes <= 64 << 20 else { throw reader.damaged("its manifest is too long") }
        var content = Data()
        try reader.content { content.append(contentsOf: $0) }
        if entry.path == BackupManifest.fileName { document = content } else { seal = content }
      default:
        guard document.isEmpty, paths.insert(entry.path).inserted else {
          throw reader.damaged("\(entry.path) stands where it does not belong")
        }
        files.append(try unpack(entry, of: reader, into: folder))
      }
    }
    guard sha256(document) + "\n" == String(decoding: seal, as: UTF8.self),
      let manifest = try? decodedDocument(BackupManifest.self, from: document),
      manifest.schema == BackupManifest.schemaName
    else { throw reader.damaged("its manifest is not the one that was written") }
    for (file, noted) in zip(files, manifest.files) where file != noted {
      throw reader.damaged("\(file.path) is not as it was backed up")
    }
    guard files.count == manifest.files.count, paths.contains("spotdesk.sqlite") else {
      throw reader.damaged("a file is missing")
    }
    return manifest
  }

  private func unpack(
    _ entry: ArchiveEntry, of reader: ArchiveReader, into folder: URL?
  ) throws -> BackupManifest.File {
    let digest = ContentDigest()
    guard let folder else {
      try reader.content { digest.add($0) }
      return BackupManifest.File(path: entry.path, bytes: entry.bytes, sha256: digest.finish())
    }
    let url = folder.appending(path: entry.path)
    try Workspace.createDirectory(url.deletingLastPathComponent())
    let file = try NewFile(url, mode: entry.mode & 0o777)
    try reader.content { try file.write($0) }
    return BackupManifest.File(
      path: entry.path, bytes: entry.bytes, sha256: try file.finish(modifiedAt: entry.modifiedAt))
  }

  /// The store's pages fit together, and this program knows its tables.
  private func requireSound(_ staging: Workspace, archive: URL) throws {
    let store = staging.storeFile.path
    let condition = try inDeskTerms { try MarketStore.condition(of: store) }
    for suffix in ["-wal", "-shm"] { unlink(store + suffix) }
    guard condition.isSound else {
      throw DeskProblem(
        .badData, "The store in \(archive.path) is damaged. Nothing was restored; use another archive.")
    }
    guard condition.unknownMigrations.isEmpty else {
      throw DeskProblem(
        .badData,
        "\(archive.path) was made by a newer version of SpotDesk (\(condition.unknownMigrations.joined(separator: ", "))). Nothing was restored; use that version."
      )
    }
  }
}

extension RestoreReport {
  init(_ manifest: BackupManifest, archive: URL, workspace: String) {
    self.init(
      archive: archive.path, workspace: workspace, backedUp: manifest.workspace, program: manifest.program,
      createdAt: manifest.createdAt, files: manifest.files.count, bytes: manifest.files.reduce(0) { $0 + $1.bytes })
  }
}
