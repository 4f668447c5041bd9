public import Foundation
internal import MarketData

/// The SHA-256 of some bytes: 64 lower-case hexadecimal digits.
public func contentHash(_ content: Data) -> String {
  let digest = ContentDigest()
  content.withUnsafeBytes { digest.add($0) }
  return digest.finish()
}

/// The same bytes as one gzip member; nil if there is no memory for it.
public func gzippedContent(_ content: Data) -> Data? {
  content.withUnsafeBytes { gzipped($0) }.map { Data($0) }
}

/// Tells whether a file changed since it was read: size, time of the last change and number on the disk.
public struct FileStamp: Hashable, Sendable {
  private let size: Int64
  private let seconds: Int64
  private let nanoseconds: Int64
  private let number: UInt64

  /// nil if there is no such file, or it is empty, as the store's journal is while nobody writes.
  public init?(_ file: URL) {
    var facts = stat()
    guard stat(file.path, &facts) == 0, facts.st_size > 0 else { return nil }
    size = Int64(facts.st_size)
    seconds = Int64(facts.st_mtim.tv_sec)
    nanoseconds = Int64(facts.st_mtim.tv_nsec)
    number = UInt64(facts.st_ino)
  }
}
