internal import Optimization
public import PowerSystem

/// Why a system cannot be dispatched, in one sentence.
public enum DispatchError: Error, Sendable, Equatable {
  /// The data do not fit together.
  case unfit([ProblemFinding])
  /// The generators of an island cannot serve its demand, MW.
  case tooLittleCapacity(island: String, demand: Double, most: Double)
  /// The generators of an island cannot go low enough, MW.
  case tooMuchOutput(island: String, demand: Double, least: Double)
  /// These limits cannot hold together; empty when they could not be told apart in time.
  case infeasible(limits: [String])
  /// The solver did not come to an end.
  case unsolved(String)
}

extension DispatchError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unfit(let findings):
      return findings.prefix(3).map(\.description).joined(separator: " ")
        + (findings.count > 3 ? " \(findings.count - 3) more findings." : "")
    case .tooLittleCapacity(let island, let demand, let most):
      return "\(island) has a demand of \(shown(demand)) MW, and its generators give \(shown(most)) MW at most; "
        + "put more on line or connect it."
    case .tooMuchOutput(let island, let demand, let least):
      return "\(island) has a demand of \(shown(demand)) MW, and its generators give \(shown(least)) MW at least; "
        + "take some off line or connect it."
    case .infeasible(let limits) where limits.isEmpty:
      return "No dispatch is feasible; the limits in conflict could not be told apart."
    case .infeasible(let limits):
      let more = limits.count > 8 ? " and \(limits.count - 8) more" : ""
      return "No dispatch is feasible: \(limits.prefix(8).joined(separator: ", "))\(more) cannot hold together."
    case .unsolved(let reason):
      return "The dispatch was not solved: \(reason)"
    }
  }

  private func shown(_ power: Double) -> String { "\((power * 1_000).rounded() / 1_000)" }

  init(_ error: SolveError) {
    self =
      switch error {
      case .infeasible(let constraints, let variables): .infeasible(limits: constraints + variables)
      default: .unsolved(error.description)
      }
  }
}
