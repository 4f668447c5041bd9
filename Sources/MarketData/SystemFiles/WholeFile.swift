internal import Foundation

extension ByteSource {
  /// More bytes than this are no file of one system.
  static let largestWhole = 1 << 30

  /// All bytes of a plain or gzip file, unpacked.
  /// - Throws: ``ImportProblem`` for what cannot be opened, is damaged, or is larger than 1 GiB.
  static func wholeFile(_ url: URL) throws(ImportProblem) -> [UInt8] {
    let source = try ByteSource(url)
    let block = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: ByteSource.bufferSize)
    defer { block.deallocate() }
    var bytes: [UInt8] = []
    while true {
      let count = try source.read(into: block)
      if count == 0 { return bytes }
      bytes.append(contentsOf: UnsafeMutableBufferPointer(rebasing: block[..<count]))
      guard bytes.count <= largestWhole else {
        throw .unreadable(file: source.file, reason: "it has more than \(grouped(largestWhole)) bytes unpacked")
      }
    }
  }
}
