internal import Foundation

/// Which changes are put into real loads, how many, and how large: `share=0.1,stop=0.4,growth=1..2,…`.
public struct EventSpecification: Sendable, Equatable {
  /// Share of all customers that get one event each.
  public var share = 0.10
  /// Weights of the kinds.
  public var stop = 0.4
  public var expansion = 0.4
  public var relocation = 0.2
  /// Load during a stop as a share of what it would have been, and its length in days.
  public var stopLevel = 0.0...0.10
  public var stopDays = 14.0...60.0
  /// An expansion multiplies the load by 1 + growth, at once or over so many days.
  public var growth = 1.0...2.0
  public var growthRamp = 0.0...7.0
  /// A relocation ends at this share of the load, after so many days.
  public var relocationLevel = 0.04...0.08
  public var relocationRamp = 14.0...28.0
  /// First day, counted from 0, on which alerts and events count; the days before only teach. nil: 210, or half of a short file.
  public var fromDay: Int?
  /// Events go into customers that are watched on the day before (`watched`) or into any that use energy (`active`).
  public var intoWatchedOnly = true

  public init() {}

  /// The first day that counts in a file of so many days.
  public func firstDay(of days: Int) -> Int { fromDay ?? min(210, max(120, days / 2)) }

  /// What can be written, for help texts and refusals.
  public static let syntax =
    "share, stop, expansion, relocation (weights), stop-level, stop-days, growth, growth-ramp, relocation-level, "
    + "relocation-ramp (ranges as 0.04..0.08), from-day, into (watched or active)"

  /// Reads "default" or a list such as "share=0.1,stop=1,expansion=0,relocation=0,stop-days=14..30,into=active".
  ///
  /// - Throws: ``RetailProblem`` with the entry that cannot be read.
  public init(_ text: String) throws(RetailProblem) {
    let trimmed = text.trimmingCharacters(in: .whitespaces)
    guard trimmed != "default", !trimmed.isEmpty else { return }
    for entry in trimmed.split(separator: ",") {
      let halves = entry.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      guard halves.count == 2 else {
        throw RetailProblem("\"\(entry)\" is no setting of events; write name=value, names: \(Self.syntax).")
      }
      try set(halves[0], halves[1])
    }
    guard stop + expansion + relocation > 0 else { throw RetailProblem("One kind of event needs a weight above 0.") }
  }

  private mutating func set(_ name: String, _ value: String) throws(RetailProblem) {
    let ranges: [String: WritableKeyPath<Self, ClosedRange<Double>>] = [
      "stop-level": \.stopLevel, "stop-days": \.stopDays, "growth": \.growth, "growth-ramp": \.growthRamp,
      "relocation-level": \.relocationLevel, "relocation-ramp": \.relocationRamp,
    ]
    let shares: [String: WritableKeyPath<Self, Double>] = [
      "share": \.share, "stop": \.stop, "expansion": \.expansion, "relocation": \.relocation,
    ]
    if let path = ranges[name] {
      self[keyPath: path] = try Self.range(value, of: name)
    } else if let path = shares[name] {
      guard let number = Double(value), (0...1).contains(number) else {
        throw RetailProblem("\(name)=\(value): write a share from 0 to 1.")
      }
      self[keyPath: path] = number
    } else if name == "from-day" {
      guard let day = Int(value), (90...100_000).contains(day) else {
        throw RetailProblem("from-day=\(value): write a day number of 90 or more, counted from 0.")
      }
      fromDay = day
    } else if name == "into" {
      guard value == "watched" || value == "active" else {
        throw RetailProblem("into=\(value): write watched or active.")
      }
      intoWatchedOnly = value == "watched"
    } else {
      throw RetailProblem("There is no setting \"\(name)\" of events; the settings are \(Self.syntax).")
    }
  }

  private static func range(_ text: String, of name: String) throws(RetailProblem) -> ClosedRange<Double> {
    let parts = text.components(separatedBy: "..").map { Double($0) }
    guard let first = parts.first.flatMap({ $0 }), let last = parts.last.flatMap({ $0 }), parts.count <= 2,
      first >= 0, first <= last, last <= 10_000
    else { throw RetailProblem("\(name)=\(text): write a number or a range such as 0.04..0.08, not below 0.") }
    return first...last
  }
}
