internal import Foundation
internal import MarketData

/// A file that is made and written from its beginning; it must not exist before.
final class NewFile {
  let url: URL
  private var descriptor: Int32
  private let digest = ContentDigest()

  init(_ url: URL, mode: mode_t) throws(DeskProblem) {
    self.url = url
    descriptor = open(url.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw NewFile.problem(url) }
    // The mask of the process may have taken rights away that the file had.
    guard fchmod(descriptor, mode) == 0 else { throw NewFile.problem(url) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// - Throws: `DeskProblem` "cannot write", as on a full disk.
  func write(_ bytes: UnsafeRawBufferPointer) throws(DeskProblem) {
    digest.add(bytes)
    var rest = bytes[...]
    while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
      let count = Foundation.write(descriptor, start, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw NewFile.problem(url) }
      rest = rest.dropFirst(count)
    }
  }

  func write(_ bytes: [UInt8]) throws(DeskProblem) {
    // `withUnsafeBytes` does not carry the kind of error.
    let failure: DeskProblem? = bytes.withUnsafeBytes { buffer in
      do throws(DeskProblem) { try write(buffer) } catch { return error }
      return nil
    }
    if let failure { throw failure }
  }

  /// Brings the file to the disk, and gives the SHA-256 of its bytes.
  ///
  /// - Parameter modifiedAt: seconds since 1970 that the file is to carry; nil for the present.
  func finish(modifiedAt: Int? = nil) throws(DeskProblem) -> String {
    if let modifiedAt {
      var times = [timespec(tv_sec: modifiedAt, tv_nsec: 0), timespec(tv_sec: modifiedAt, tv_nsec: 0)]
      guard futimens(descriptor, &times) == 0 else { throw NewFile.problem(url) }
    }
    guard fsync(descriptor) == 0 else { throw NewFile.problem(url) }
    let closed = close(descriptor)
    descriptor = -1
    guard closed == 0 else { throw NewFile.problem(url) }
    return digest.finish()
  }

  /// Brings the names in a folder to the disk.
  static func synchronise(_ folder: URL) {
    let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func problem(_ url: URL) -> DeskProblem {
    DeskProblem(
      .cannotWrite, "\(url.path) cannot be written: \(String(cString: strerror(errno))). Nothing was changed.")
  }
}
