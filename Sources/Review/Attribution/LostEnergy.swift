internal import Clearing
public import MarketModel

/// Why net energy that was worth its cost was not delivered.
public enum LossCause: String, Hashable, Sendable, Codable, CaseIterable {
  /// Sold, and not delivered.
  case outage = "outage-after-the-gate"
  /// Off line because the forecast said so.
  case forecast
  /// Off line although the forecast said otherwise.
  case commitment
  /// On line, and the curve kept it out.
  case bidShape = "bid-shape"
  /// Ramps and minimum times under the submitted commitment.
  case technical = "ramps-and-minimum-times"
}

/// Net energy of perfect foresight that was not delivered, by cause, and delivered energy that perfect foresight would not have sold.
public struct EnergyGap: Hashable, Sendable {
  public private(set) var lost: [LossCause: Energy] = [:]
  public private(set) var surplus = Energy.zero

  public static let zero = EnergyGap()
  private init() {}

  /// - Parameter delivered: net energy by interval.
  public init(_ outcomes: DecisionOutcomes, unit: ThermalUnit, delivered: [Energy]) {
    let grid = outcomes.perfect.output.grid
    func net(_ schedule: ClearedSchedule, _ index: Int) -> Int64 {
      unit.netOutput(ofGross: schedule.output.values[index]).energy(over: grid.length).wattMinutes
    }
    for index in 0..<grid.count {
      let best = net(outcomes.perfect, index)
      let sold = net(outcomes.submitted, index)
      let real = delivered[index].wattMinutes
      if real > best { surplus = surplus + Energy(wattMinutes: real - best) }
      var rest = max(0, best - real)
      func take(_ cause: LossCause, _ most: Int64) {
        let part = min(rest, max(0, most))
        guard part > 0 else { return }
        lost[cause] = (lost[cause] ?? .zero) + Energy(wattMinutes: part)
        rest -= part
      }
      take(.outage, sold - real)
      if outcomes.submitted.commitment.values[index] {
        take(.bidShape, net(outcomes.submittedCommitment, index) - sold)
        take(.technical, rest)
      } else {
        take(outcomes.onForecast.commitment.values[index] ? .commitment : .forecast, rest)
      }
    }
  }

  public var total: Energy { lost.values.reduce(.zero, +) }

  public mutating func add(_ other: EnergyGap) {
    for (cause, energy) in other.lost { lost[cause] = (lost[cause] ?? .zero) + energy }
    surplus = surplus + other.surplus
  }
}
