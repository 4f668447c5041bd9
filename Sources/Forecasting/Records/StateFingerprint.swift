/// 128 bits that stand for a sequence of values: two sums of mixed words, each mixed with its own constant. It tells
/// apart what differs by accident, revision or damage; it is no protection against malice.
struct StateFingerprint: Hashable, Codable, Sendable {
  private var first: UInt64 = 0x9E37_79B9_7F4A_7C15
  private var second: UInt64 = 0xC2B2_AE3D_27D4_EB4F

  mutating func add(_ word: UInt64) {
    first = StateFingerprint.mixed(first ^ word)
    second = StateFingerprint.mixed((second &+ word) &* 0x94D0_49BB_1331_11EB)
  }

  mutating func add(_ number: Int) { add(UInt64(bitPattern: Int64(number))) }

  /// By their bits; every value that is not a number counts as the same one.
  mutating func add(_ values: some Sequence<Double>) {
    for value in values { add(value.isNaN ? Double.nan.bitPattern : value.bitPattern) }
  }

  mutating func add(_ text: String) { add(bytes: Array(text.utf8)) }

  mutating func add(bytes: [UInt8]) {
    add(bytes.count)
    bytes.withUnsafeBytes { buffer in
      var start = 0
      while start + 8 <= buffer.count {
        add(UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: start, as: UInt64.self)))
        start += 8
      }
      var rest: UInt64 = 0
      for index in start..<buffer.count { rest = rest << 8 | UInt64(buffer[index]) }
      add(rest)
    }
  }

  /// The finaliser of SplitMix64.
  private static func mixed(_ word: UInt64) -> UInt64 {
    var mixed = word &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
