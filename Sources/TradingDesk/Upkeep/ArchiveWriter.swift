internal import Foundation
internal import MarketData

/// Writes files into a tar archive, one after another.
struct ArchiveWriter {
  private let archive: NewFile

  init(_ archive: NewFile) { self.archive = archive }

  /// Adds a file as it is now: its first bytes, as many as it had when it was opened, because a journal may grow meanwhile.
  ///
  /// - Returns: what was added, with its SHA-256; nil if the file is gone.
  func add(_ file: URL, as path: String) throws -> BackupManifest.File? {
    let descriptor = open(file.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    if descriptor < 0, errno == ENOENT { return nil }
    guard descriptor >= 0 else { throw ArchiveWriter.unreadable(file) }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw ArchiveWriter.unreadable(file) }
    let entry = ArchiveEntry(
      path: path, bytes: Int(facts.st_size), mode: facts.st_mode & 0o7777, modifiedAt: facts.st_mtim.tv_sec)
    try begin(entry)
    let digest = ContentDigest()
    var left = entry.bytes
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while left > 0 {
      let count = read(descriptor, &buffer, min(left, buffer.count))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw ArchiveWriter.unreadable(file) }
      guard count > 0 else {
        throw DeskProblem(.busy, "\(file.path) became shorter while it was read. Nothing was written; run it again.")
      }
      try buffer.withUnsafeBytes { bytes in
        let part = UnsafeRawBufferPointer(rebasing: bytes[..<count])
        digest.add(part)
        try archive.write(part)
      }
      left -= count
    }
    try archive.write(TarHead.padding(after: entry.bytes))
    return BackupManifest.File(path: path, bytes: entry.bytes, sha256: digest.finish())
  }

  /// Adds a file that is made here.
  func add(_ content: Data, as path: String, at instant: Date) throws {
    try begin(
      ArchiveEntry(path: path, bytes: content.count, mode: 0o600, modifiedAt: Int(instant.timeIntervalSince1970)))
    try archive.write([UInt8](content))
    try archive.write(TarHead.padding(after: content.count))
  }

  /// Ends the archive and gives its SHA-256.
  func finish() throws -> String {
    try archive.write([UInt8](repeating: 0, count: 2 * TarHead.size))
    return try archive.finish()
  }

  private func begin(_ entry: ArchiveEntry) throws {
    let path = Array(entry.path.utf8)
    var records: [UInt8] = []
    if path.count > 100 { records += TarHead.record("path", entry.path) }
    if entry.bytes > TarHead.largestPlainSize { records += TarHead.record("size", "\(entry.bytes)") }
    if !records.isEmpty {
      try archive.write(
        TarHead.bytes(
          path: Array("extended-head".utf8), size: records.count, mode: 0o600, modifiedAt: entry.modifiedAt, kind: "x"))
      try archive.write(records + TarHead.padding(after: records.count))
    }
    try archive.write(
      TarHead.bytes(path: path, size: entry.bytes, mode: entry.mode, modifiedAt: entry.modifiedAt, kind: "0"))
  }

  private static func unreadable(_ file: URL) -> DeskProblem {
    DeskProblem(
      .missingInput, "\(file.path) cannot be read: \(String(cString: strerror(errno))). Nothing was written.")
  }
}
