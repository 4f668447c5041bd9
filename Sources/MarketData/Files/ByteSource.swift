import Foundation

/// The unpacked bytes of a plain or gzip file, read in order through one fixed buffer; hashes the file as it goes.
final class ByteSource {
  /// Bytes of the file that are held at a time.
  static let bufferSize = 262_144

  /// Name for sentences: the path as it was given.
  let file: String
  private let descriptor: Int32
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  private var pending = 0..<0
  private var fileBytes = 0
  private var fileEnded = false
  private var inflater: GzipInflater?
  private var insideMember = false
  private let digest = ContentDigest()

  init(_ url: URL) throws(ImportProblem) {
    file = url.relativePath
    descriptor = open(url.path, O_RDONLY)
    guard descriptor >= 0 else { throw .unreadable(file: file, reason: ByteSource.systemReason()) }
    buffer = .allocate(capacity: ByteSource.bufferSize)
    try fill()
    recogniseGzip()
  }

  /// The bytes of a file that is held in memory; `name` stands for its path in sentences.
  init(_ content: Data, name: String) {
    file = name
    descriptor = -1
    buffer = .allocate(capacity: max(content.count, 1))
    pending = 0..<content.copyBytes(to: buffer)
    (fileBytes, fileEnded) = (pending.count, true)
    digest.add(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[pending]))
    recogniseGzip()
  }

  private func recogniseGzip() {
    if pending.count >= 2, buffer[0] == 0x1F, buffer[1] == 0x8B { inflater = GzipInflater() }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    buffer.deallocate()
  }

  /// SHA-256 of the whole file; call it once, after `read` has returned 0.
  func contentDigest() -> String { digest.finish() }

  /// Writes the next bytes into `output` and returns how many; 0 at the end.
  func read(into output: UnsafeMutableBufferPointer<UInt8>) throws(ImportProblem) -> Int {
    while true {
      if pending.isEmpty, !fileEnded { try fill() }
      guard let inflater else { return copyPlain(into: output) }
      if pending.isEmpty {
        if insideMember { throw .truncatedGzip(file: file, afterBytes: fileBytes) }
        return 0
      }
      let written = try unpack(with: inflater, into: output)
      if written > 0 { return written }
    }
  }

  private func copyPlain(into output: UnsafeMutableBufferPointer<UInt8>) -> Int {
    let count = min(output.count, pending.count)
    guard count > 0, let target = output.baseAddress, let origin = buffer.baseAddress else { return 0 }
    target.update(from: origin + pending.lowerBound, count: count)
    pending = (pending.lowerBound + count)..<pending.upperBound
    return count
  }

  private func unpack(
    with inflater: GzipInflater, into output: UnsafeMutableBufferPointer<UInt8>
  ) throws(ImportProblem) -> Int {
    insideMember = true
    switch inflater.unpack(UnsafeMutableBufferPointer(rebasing: buffer[pending]), into: output) {
    case .progress(let taken, let written):
      pending = (pending.lowerBound + taken)..<pending.upperBound
      return written
    case .memberEnded(let taken, let written):
      pending = (pending.lowerBound + taken)..<pending.upperBound
      insideMember = false
      return written
    case .damaged(let reason):
      throw .damagedGzip(file: file, afterBytes: fileBytes - pending.count, reason: reason)
    }
  }

  private func fill() throws(ImportProblem) {
    while true {
      let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .unreadable(file: file, reason: ByteSource.systemReason()) }
      pending = 0..<count
      fileBytes += count
      fileEnded = count == 0
      digest.add(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[pending]))
      return
    }
  }

  /// The operating system's words for its last error: "No such file or directory".
  private static func systemReason() -> String { String(cString: strerror(errno)) }
}
