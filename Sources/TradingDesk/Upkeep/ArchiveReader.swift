internal import Foundation

/// Reads the files of a tar archive in order, and refuses whatever ``ArchiveWriter`` would not have written.
final class ArchiveReader {
  private let url: URL
  private let descriptor: Int32
  /// Bytes of the present file that have not been read yet.
  private var left = 0
  private var padding = 0

  init(_ url: URL) throws(DeskProblem) {
    self.url = url
    descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw DeskProblem(.missingInput, "\(url.path) cannot be read: \(String(cString: strerror(errno))).")
    }
  }

  deinit { close(descriptor) }

  func damaged(_ reason: String) -> DeskProblem {
    DeskProblem(.badData, "\(url.path) is damaged or no backup: \(reason). Nothing was restored; use another archive.")
  }

  /// The head of the next file; nil at the end of the archive, which must be all of it.
  func next() throws(DeskProblem) -> ArchiveEntry? {
    precondition(left == 0, "the file before has been read")
    var head = try bytes(TarHead.size)
    if head.allSatisfy({ $0 == 0 }) {
      let (second, rest) = (try bytes(TarHead.size), try part(upTo: 1))
      guard second.allSatisfy({ $0 == 0 }), rest.isEmpty else {
        throw damaged("something stands after its end")
      }
      return nil
    }
    var extended: [String: String] = [:]
    if try kind(of: head) == UInt8(ascii: "x") {
      let size = try number(head[124..<135])
      guard size <= 1 << 16 else { throw damaged("an extended head is too long") }
      extended = try records(bytes(size))
      try skipPadding(TarHead.padding(after: size).count)
      head = try bytes(TarHead.size)
    }
    guard try kind(of: head) == UInt8(ascii: "0") else { throw damaged("an entry is no file") }
    guard let path = extended["path"] ?? String(validating: head[..<100].prefix { $0 != 0 }, as: UTF8.self) else {
      throw damaged("a name is no text")
    }
    var size = try number(head[124..<135])
    if let long = extended["size"] { size = Int(long) ?? -1 }
    let entry = ArchiveEntry(
      path: path, bytes: size, mode: UInt32(try number(head[100..<107])), modifiedAt: try number(head[136..<147]))
    guard entry.isContained, size >= 0 else { throw damaged("a name leads out of the workspace") }
    left = size
    padding = TarHead.padding(after: size).count
    return entry
  }

  /// Hands on the content of the present file, part by part.
  func content(_ take: (UnsafeRawBufferPointer) throws -> Void) throws {
    while left > 0 {
      let part = try part(upTo: min(left, 1 << 20))
      guard !part.isEmpty else { throw damaged("it ends too early") }
      try part.withUnsafeBytes(take)
      left -= part.count
    }
    try skipPadding(padding)
    padding = 0
  }

  private func kind(of head: [UInt8]) throws(DeskProblem) -> UInt8 {
    guard Array(head[257..<265]) == Array("ustar\u{0}00".utf8), Array(head[154..<156]) == [0, UInt8(ascii: " ")],
      try number(head[148..<154]) == TarHead.checksum(head)
    else { throw damaged("a head does not have its sum") }
    return head[156]
  }

  private func number(_ digits: ArraySlice<UInt8>) throws(DeskProblem) -> Int {
    guard let value = Int(String(decoding: digits, as: UTF8.self), radix: 8), value >= 0 else {
      throw damaged("a number of a head is none")
    }
    return value
  }

  private func records(_ bytes: [UInt8]) throws(DeskProblem) -> [String: String] {
    var found: [String: String] = [:]
    var rest = bytes[...]
    while let blank = rest.firstIndex(of: UInt8(ascii: " ")) {
      guard let length = Int(String(decoding: rest[..<blank], as: UTF8.self)), length > 0, length <= rest.count,
        let text = String(validating: rest[(blank + 1)..<max(blank + 1, rest.startIndex + length - 1)], as: UTF8.self),
        let sign = text.firstIndex(of: "=")
      else { throw damaged("an extended head cannot be read") }
      found[String(text[..<sign])] = String(text[text.index(after: sign)...])
      rest = rest[(rest.startIndex + length)...]
    }
    return found
  }

  private func skipPadding(_ count: Int) throws(DeskProblem) {
    guard try bytes(count).allSatisfy({ $0 == 0 }) else { throw damaged("something stands between two files") }
  }

  private func bytes(_ count: Int) throws(DeskProblem) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let part = try part(upTo: count - bytes.count)
      guard !part.isEmpty else { throw damaged("it ends too early") }
      bytes += part
    }
    return bytes
  }

  /// The next bytes; none at the end of the file.
  private func part(upTo count: Int) throws(DeskProblem) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: count)
    while true {
      let got = read(descriptor, &buffer, count)
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else {
        throw DeskProblem(.missingInput, "\(url.path) cannot be read: \(String(cString: strerror(errno))).")
      }
      buffer.removeLast(count - got)
      return buffer
    }
  }
}
