import MarketModel

/// Dates and times as evaluation files write them.
enum EvaluationTimestamp {
  /// "2013-01-01 00:00:00", "2013-01-01T00:00", "20120101 1:00", "2021/12/1" as day number and minute of the day.
  static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> (day: Int, minute: Int)? {
    let text = FieldParsing.trim(bytes)
    let split = text.firstIndex { $0 == 32 || $0 == UInt8(ascii: "T") } ?? text.endIndex
    guard let day = date(UnsafeBufferPointer(rebasing: text[..<split])) else { return nil }
    guard split < text.endIndex else { return (day, 0) }
    guard let minute = FieldParsing.minute(UnsafeBufferPointer(rebasing: text[(split + 1)...])) else { return nil }
    return (day, minute)
  }

  /// "2013-01-01", "2021/12/1" or "20120101" as a day number.
  static func date(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var parts = [0, 0, 0]
    var (part, digits) = (0, 0)
    for byte in FieldParsing.trim(bytes) {
      switch byte {
      case 48...57:
        guard digits < 8 else { return nil }
        parts[part] = parts[part] * 10 + Int(byte - 48)
        digits += 1
      case UInt8(ascii: "-"), UInt8(ascii: "/"):
        guard digits > 0, part < 2 else { return nil }
        part += 1
        digits = 0
      default: return nil
      }
    }
    if part == 0, digits == 8 {
      parts = [parts[0] / 10_000, parts[0] / 100 % 100, parts[0] % 100]
    } else if part != 2 {
      return nil
    }
    return MarketDay(year: parts[0], month: parts[1], day: parts[2])?.dayNumber
  }
}
