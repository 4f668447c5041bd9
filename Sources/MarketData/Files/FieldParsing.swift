/// What one CSV field holds, read from its bytes.
enum FieldParsing {
  private static let powersOfTen: [Double] = (0...22).reduce(into: [1.0]) { powers, index in
    if index > 0 { powers.append((powers.last ?? 1) * 10) }
  }

  /// A finite decimal number with an optional sign, fraction and exponent, correctly rounded; blanks around it are
  /// passed over. nil for anything else, so for "", "NaN", "inf", "0x10" and "1,000".
  ///
  /// Clinger (1990): up to 2⁵³ a mantissa and 10⁰…10²² are exact, so one multiplication or division rounds once. Longer
  /// numbers go to the standard library.
  static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    let trimmed = trim(bytes)
    var position = trimmed.startIndex
    guard position < trimmed.endIndex else { return nil }
    let isNegative = trimmed[position] == UInt8(ascii: "-")
    if isNegative || trimmed[position] == UInt8(ascii: "+") { position += 1 }
    var mantissa: UInt64 = 0
    var digits = 0
    var significant = 0
    var exponent = 0
    var seenPoint = false
    scan: while position < trimmed.endIndex {
      let byte = trimmed[position]
      switch byte {
      case 48...57:
        digits += 1
        if mantissa > 0 || byte > 48 { significant += 1 }
        if significant <= 18 { mantissa = mantissa * 10 + UInt64(byte - 48) }
        if seenPoint { exponent -= 1 }
      case UInt8(ascii: ".") where !seenPoint: seenPoint = true
      default: break scan
      }
      position += 1
    }
    guard digits > 0 else { return nil }
    if position < trimmed.endIndex {
      guard let written = exponentPart(trimmed[position...]) else { return nil }
      exponent += written
    }
    guard significant <= 18, mantissa <= 1 << 53, (-22...22).contains(exponent) else { return slowNumber(trimmed) }
    let scale = powersOfTen[abs(exponent)]
    let magnitude = exponent < 0 ? Double(mantissa) / scale : Double(mantissa) * scale
    return isNegative ? -magnitude : magnitude
  }

  /// A clock time "H:MM", "HH:MM" or "HH:MM:00" as minutes after midnight; up to 25:00 for the day with 25 hours.
  static func minute(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    let trimmed = trim(bytes)
    var parts = [0, 0, 0]
    var part = 0
    var digits = 0
    for byte in trimmed {
      switch byte {
      case 48...57 where digits < 2:
        parts[part] = parts[part] * 10 + Int(byte - 48)
        digits += 1
      case UInt8(ascii: ":") where digits > 0 && part < 2:
        part += 1
        digits = 0
      default: return nil
      }
    }
    guard part >= 1, digits == 2, parts[0] <= 25, parts[1] < 60, parts[2] == 0 else { return nil }
    return parts[0] * 60 + parts[1]
  }

  /// The bytes as text for a sentence; what is not UTF-8 shows as "�".
  static func shown(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    let text = String(decoding: bytes.prefix(40), as: UTF8.self)
    return bytes.count > 40 ? text + "…" : text
  }

  /// Without blanks and tabs at both ends.
  static func trim(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var (first, last) = (bytes.startIndex, bytes.endIndex)
    while first < last, bytes[first] == 32 || bytes[first] == 9 { first += 1 }
    while first < last, bytes[last - 1] == 32 || bytes[last - 1] == 9 { last -= 1 }
    return UnsafeBufferPointer(rebasing: bytes[first..<last])
  }

  private static func exponentPart(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    guard let letter = bytes.first, letter | 32 == UInt8(ascii: "e") else { return nil }
    var rest = bytes.dropFirst()
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    guard !rest.isEmpty, rest.count <= 4, rest.allSatisfy({ (48...57).contains($0) }) else { return nil }
    let magnitude = rest.reduce(0) { $0 * 10 + Int($1 - 48) }
    return isNegative ? -magnitude : magnitude
  }

  /// The grammar has been checked; only the rounding of many digits is left to the standard library.
  private static func slowNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else { return nil }
    return value
  }
}
