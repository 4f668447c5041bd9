public import Foundation

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
