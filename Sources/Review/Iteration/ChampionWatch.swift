public import MarketModel

/// When a challenger may take the champion's place, and when the old one comes back.
public struct ChampionGuards: Hashable, Sendable {
  /// Days that are compared.
  public var window = 60
  /// Fewest days between two changes.
  public var fewestDays = 21
  /// Share of resamples in which the challenger must be ahead.
  public var confidence = 0.9
  /// The challenger's mean of the worst twentieth of the days may be lower than the champion's by this share of its magnitude.
  public var tailTolerance = 0.1
  /// Days after a change in which it is watched.
  public var probation = 14
  public var seed: UInt64 = 1

  public init() {}
}

/// A change of the champion, with its reason.
public struct ChampionChange: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, Codable {
    case promoted
    case rolledBack = "rolled-back"
  }

  public let kind: Kind
  /// The first day for which it holds.
  public let day: MarketDay
  public let from: Int
  public let to: Int
  public let reason: String
}

/// Champion and challengers in shadow on the same days; a change needs evidence from the days before it alone.
public struct ChampionWatch: Sendable {
  public let guards: ChampionGuards
  public private(set) var champion: Int
  public private(set) var changes: [ChampionChange] = []
  private var days: [MarketDay] = []
  private var profits: [[Double]] = []
  private var sinceChange = 0

  public init(champion: Int, guards: ChampionGuards) {
    self.champion = champion
    self.guards = guards
  }

  /// Takes a day's profits by arm and decides who is champion on the next day.
  ///
  /// - Parameters:
  ///   - favourite: the arm that the weights favour.
  ///   - mayChange: the switch; while it is off, nothing changes.
  public mutating func observe(_ day: MarketDay, profits today: [Double], favourite: Int, mayChange: Bool) {
    days.append(day)
    profits.append(today)
    sinceChange += 1
    guard mayChange else { return }
    if let last = changes.last, last.kind == .promoted, sinceChange <= guards.probation {
      if let reason = failure(of: last) { change(.rolledBack, on: day, to: last.from, reason) }
      return
    }
    guard favourite != champion, sinceChange >= guards.fewestDays, days.count >= guards.fewestDays else { return }
    if let reason = evidence(for: favourite) { change(.promoted, on: day, to: favourite, reason) }
  }

  private mutating func change(_ kind: ChampionChange.Kind, on day: MarketDay, to arm: Int, _ reason: String) {
    changes.append(ChampionChange(kind: kind, day: day.advanced(by: 1), from: champion, to: arm, reason: reason))
    champion = arm
    sinceChange = 0
  }

  /// Why the challenger may take over; nil if the evidence is not enough.
  private func evidence(for challenger: Int) -> String? {
    let recent = profits.suffix(guards.window)
    let uplift = recent.map { $0[challenger] - $0[champion] }
    let sum = uplift.reduce(0, +)
    let low = lowerBound(uplift)
    guard low > 0 else { return nil }
    let (own, other) = (tail(recent.map { $0[champion] }), tail(recent.map { $0[challenger] }))
    guard other >= own - guards.tailTolerance * abs(own) else { return nil }
    return
      "over \(recent.count) days it earned \(Int(sum.rounded())) more in shadow, at least \(Int(low.rounded())) with \(Int(guards.confidence * 100)) % confidence, and its worst days were no worse"
  }

  /// Why a change is taken back: since it, the old champion would have earned so much more that the window's evidence is gone.
  private func failure(of change: ChampionChange) -> String? {
    let since = profits.suffix(sinceChange)
    let loss = since.reduce(0) { $0 + $1[change.from] - $1[change.to] }
    let before = profits.dropLast(sinceChange).suffix(guards.window)
    let gain = before.reduce(0) { $0 + $1[change.to] - $1[change.from] }
    guard loss > 0, loss > gain else { return nil }
    return
      "in \(sinceChange) days it lost \(Int(loss.rounded())) against the champion before it, more than the \(Int(gain.rounded())) for which it was promoted"
  }

  /// Mean of the worst twentieth, at least one day.
  private func tail(_ values: [Double]) -> Double {
    let worst = values.sorted().prefix(max(1, values.count / 20))
    return worst.reduce(0, +) / Double(worst.count)
  }

  /// Lower end of the sum by a bootstrap over blocks of seven days that wrap around (Politis and Romano, 1992).
  private func lowerBound(_ uplift: [Double]) -> Double {
    let count = uplift.count
    var state = guards.seed
    func next() -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((z ^ (z >> 31)) % UInt64(count))
    }
    let sums = (0..<500).map { _ -> Double in
      var (sum, taken) = (0.0, 0)
      while taken < count {
        let start = next()
        for offset in 0..<min(7, count - taken) { sum += uplift[(start + offset) % count] }
        taken += 7
      }
      return sum
    }
    return sums.sorted()[Int((1 - guards.confidence) * Double(sums.count))]
  }
}
