/// Minutes of a day as a clock shows them.
public enum ClockTime {
  /// 495 as "08:15"; 1,440 as "24:00".
  public static func text(_ minute: Int) -> String { padded(minute / 60, 2) + ":" + padded(minute % 60, 2) }
}

/// "007": the number with leading zeros to at least `width` digits.
public func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return digits.count >= width ? digits : String(repeating: "0", count: width - digits.count) + digits
}
