import Foundation
import Testing

/// A disk of a few megabytes in memory, mounted while the tests need it; only root may.
final class SmallDisk {
  let folder: URL

  /// nil with a message where a disk cannot be mounted.
  static func mounted(megabytes: Int) throws -> SmallDisk? {
    let folder = try Acceptance.newFolder()
    guard getuid() == 0,
      try SystemTool.run(
        "mount", "-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", folder.path
      ).status == 0
    else {
      print("skipped: a small disk can be mounted by root only")
      return nil
    }
    return SmallDisk(folder)
  }

  private init(_ folder: URL) { self.folder = folder }

  deinit { _ = try? SystemTool.run("umount", folder.path) }

  func grow(megabytes: Int) throws {
    _ = try SystemTool.run("mount", "-o", "remount,size=\(megabytes)m", folder.path).succeeded()
  }

  private var filler: URL { folder.appending(path: "filler") }

  /// Fills the disk up to so many kilobytes.
  func fill(leaving kilobytes: Int) throws {
    let values = try FileManager.default.attributesOfFileSystem(forPath: folder.path)
    let free = try #require(values[.systemFreeSize] as? Int)
    try Data(count: max(free - kilobytes * 1_024, 0)).write(to: filler)
  }

  func empty() throws { try FileManager.default.removeItem(at: filler) }
}
