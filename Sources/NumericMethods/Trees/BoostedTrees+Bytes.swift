extension BoostedTrees {
  private static let magic = Array("SDBT1".utf8)

  /// The fit as bytes: what a record of the model keeps. Head, leaf values, the library's own bytes, and a hash of it all.
  ///
  /// - Throws: ``BoostingError`` if the library refuses.
  public func serialized() throws(BoostingError) -> [UInt8] {
    var bytes = BoostedTrees.magic
    bytes.append(UInt32(columns))
    bytes.append(baseScore.bitPattern)
    bytes.append(UInt32(leafValues.count))
    for values in leafValues {
      bytes.append(UInt32(values.count))
      for value in values { bytes.append(value.bitPattern) }
    }
    bytes += try locked { (booster) throws(BoostingError) in try booster.bytes() }
    bytes.append(BoostedTrees.hash(bytes[...]))
    return bytes
  }

  /// The fit that ``serialized()`` wrote.
  ///
  /// - Throws: ``BoostingError`` if the bytes are something else, damaged or cut short.
  public convenience init(serialized bytes: [UInt8]) throws(BoostingError) {
    guard bytes.starts(with: BoostedTrees.magic) else {
      throw BoostingError("These bytes are not a fit of boosted trees.")
    }
    var tail = bytes.count - 4
    guard tail >= BoostedTrees.magic.count, bytes.number(at: &tail) == BoostedTrees.hash(bytes.dropLast(4)) else {
      throw BoostingError("The bytes of the trees are damaged or cut short.")
    }
    var position = BoostedTrees.magic.count
    let columns = Int(bytes.number(at: &position))
    let base = Float(bitPattern: bytes.number(at: &position))
    var leafValues: [[Float]] = []
    for _ in 0..<bytes.number(at: &position) {
      var values: [Float] = []
      for _ in 0..<bytes.number(at: &position) { values.append(Float(bitPattern: bytes.number(at: &position))) }
      leafValues.append(values)
    }
    let booster = try Booster.read(bytes[position..<(bytes.count - 4)])
    self.init(columns: columns, leafValues: leafValues, baseScore: base, booster: booster)
  }

  /// Fowler, Noll and Vo's hash 1a in 32 bits: it finds damage, not malice.
  private static func hash(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
  }
}

/// As the bytes of ``serialized()``.
extension BoostedTrees: Codable {
  public convenience init(from decoder: any Decoder) throws {
    try self.init(serialized: decoder.singleValueContainer().decode([UInt8].self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(serialized())
  }
}

extension [UInt8] {
  /// Least significant byte first.
  fileprivate mutating func append(_ number: UInt32) {
    for shift in [0, 8, 16, 24] { append(UInt8(number >> shift & 0xFF)) }
  }

  /// Four bytes at a position, which moves on.
  fileprivate func number(at position: inout Int) -> UInt32 {
    defer { position += 4 }
    return (0..<4).reduce(0) { $0 | UInt32(self[position + $1]) << (8 * UInt32($1)) }
  }
}
