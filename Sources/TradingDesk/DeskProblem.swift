internal import Bidding
internal import Clearing
internal import DayPipeline
internal import Forecasting
internal import MarketData
internal import MarketModel
internal import MarketRules
internal import MarketStore
internal import Optimization
internal import PowerSystem

/// What the desk could not do, in one sentence; the command line turns the kind into an exit code.
public struct DeskProblem: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: Hashable, Sendable {
    /// A file, row, field or rule pack is wrong.
    case badData
    /// A file or workspace is not there.
    case missingInput
    /// Something that was asked for is not known: a day without prices, a market without rules.
    case notFound
    /// No schedule or programme satisfies all constraints.
    case infeasible
    /// Another command holds the workspace.
    case busy
    /// A file cannot be written.
    case cannotWrite
    /// Whoever asked for it wants it no more.
    case cancelled
    /// The desk's own rules do not allow it: a step out of order, somebody who may not do it, an open violation.
    case refused
    /// A defect of ours.
    case internalError
  }

  public let kind: Kind
  public let description: String

  public init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}

/// Runs work of any stage and says its problem as the desk's.
func inDeskTerms<Result>(_ work: () throws -> Result) throws -> Result {
  do { return try work() } catch { throw DeskProblem(known: error) ?? error }
}

extension DeskProblem {
  /// What an error means to whoever asked for the work; one that no stage is known to throw is a defect of ours.
  public init(_ error: any Error) { self = DeskProblem(known: error) ?? DeskProblem(.internalError, "\(error)") }

  /// What an error of a stage means; nil if it is none of theirs.
  init?(known error: any Error) {
    let kind: Kind
    switch error {
    case let problem as DeskProblem:
      self = problem
      return
    case let problem as StoreProblem: kind = Self.kind(of: problem)
    case let problem as RulePackProblem: kind = Self.kind(of: problem)
    case SolveError.solverFailed, SolveError.unbounded:
      self.init(
        .internalError,
        "An optimisation failed: \(error) Run the command again, and report it with its input if it fails again.")
      return
    case let problem as SolveError: kind = problem == .cancelledWithoutSolution ? .cancelled : .infeasible
    case is ImportProblem, is PortfolioError, is StrategyError, is OfferRulesError, is QuantityError, is ProblemFinding:
      kind = .badData
    case is ForecastingError: kind = .notFound
    case is BiddingError, is ClearingError: kind = .infeasible
    default: return nil
    }
    let sentence = "\(error)"
    self.init(kind, sentence.hasSuffix(".") ? sentence : sentence + ".")
  }

  static func kind(of problem: RulePackProblem) -> Kind {
    switch problem.kind {
    case .unknownMarket, .unknownVersion, .beforeFirstPack, .noPackInForce: .notFound
    default: .badData
    }
  }

  static func kind(of problem: StoreProblem) -> Kind {
    switch problem {
    case .diskFull, .unavailable: .cannotWrite
    case .locked: .busy
    default: .badData
    }
  }
}
