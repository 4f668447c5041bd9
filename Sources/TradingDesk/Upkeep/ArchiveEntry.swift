/// One file of an archive, as its head says.
struct ArchiveEntry: Hashable, Sendable {
  /// Relative to the archive's top, parts set apart by "/".
  var path: String
  var bytes: Int
  /// Rights, such as 0o644.
  var mode: UInt32
  /// Seconds since 1970.
  var modifiedAt: Int

  /// Whether the path stays below the folder that it is put in, and names a file there.
  var isContained: Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return !path.isEmpty && path.utf8.count <= 4_096 && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
      && path.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
  }
}

/// The head of a file in a tar archive (POSIX.1-2001, "ustar" with extended heads): 512 bytes.
enum TarHead {
  static let size = 512
  static let largestPlainSize = 0o777_7777_7777

  /// The bytes of a head; `kind` is "0" for a file and "x" for an extended head of the one that follows.
  static func bytes(path: [UInt8], size: Int, mode: UInt32, modifiedAt: Int, kind: Character) -> [UInt8] {
    var head = [UInt8](repeating: 0, count: TarHead.size)
    func put(_ text: some Sequence<UInt8>, at place: Int) {
      for (offset, byte) in text.enumerated() { head[place + offset] = byte }
    }
    func octal(_ value: Int, digits: Int) -> [UInt8] {
      let text = String(value, radix: 8)
      return Array((String(repeating: "0", count: max(0, digits - text.count)) + text).utf8)
    }
    put(path.prefix(100), at: 0)
    put(octal(Int(mode & 0o7777), digits: 7), at: 100)
    put(octal(0, digits: 7), at: 108)
    put(octal(0, digits: 7), at: 116)
    put(octal(min(size, largestPlainSize), digits: 11), at: 124)
    put(octal(max(0, min(modifiedAt, largestPlainSize)), digits: 11), at: 136)
    put(Array(repeating: UInt8(ascii: " "), count: 8), at: 148)
    put([kind.asciiValue ?? 0], at: 156)
    put("ustar\u{0}00".utf8, at: 257)
    put(octal(checksum(head), digits: 6) + [0, UInt8(ascii: " ")], at: 148)
    return head
  }

  /// The sum of all bytes with blanks in place of the sum itself.
  static func checksum(_ head: [UInt8]) -> Int {
    head.indices.reduce(0) { $0 + ((148..<156).contains($1) ? 32 : Int(head[$1])) }
  }

  /// "27 path=a/b\n": one record of an extended head, its length before it.
  static func record(_ key: String, _ value: String) -> [UInt8] {
    let rest = " \(key)=\(value)\n"
    var length = rest.utf8.count
    while length != rest.utf8.count + "\(length)".utf8.count { length = rest.utf8.count + "\(length)".utf8.count }
    return Array("\(length)\(rest)".utf8)
  }

  /// Zeros up to the next full 512 bytes.
  static func padding(after size: Int) -> [UInt8] {
    [UInt8](repeating: 0, count: (TarHead.size - size % TarHead.size) % TarHead.size)
  }
}
