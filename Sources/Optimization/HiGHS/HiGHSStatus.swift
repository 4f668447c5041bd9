private import CHiGHS

/// What a run of HiGHS ended with.
enum HiGHSOutcome: Equatable {
  case optimal
  case infeasible
  case unbounded
  case unboundedOrInfeasible
  case timeLimit
  case nodeLimit
  case interrupted
  case failed(code: Int)

  /// The only translation of model statuses.
  init(modelStatus: Int32) {
    self =
      switch modelStatus {
      case kHighsModelStatusOptimal: .optimal
      case kHighsModelStatusInfeasible: .infeasible
      case kHighsModelStatusUnbounded: .unbounded
      case kHighsModelStatusUnboundedOrInfeasible: .unboundedOrInfeasible
      case kHighsModelStatusTimeLimit: .timeLimit
      case kHighsModelStatusSolutionLimit: .nodeLimit
      case kHighsModelStatusInterrupt: .interrupted
      default: .failed(code: Int(modelStatus))
      }
  }
}

/// Throws unless a call returned "ok". Running and passing a model may also warn (time limit; tiny coefficients that
/// HiGHS drops).
func check(_ code: Int32, _ call: String, allowsWarning: Bool = false) throws(SolveError) {
  if code == kHighsStatusOk || allowsWarning && code == kHighsStatusWarning { return }
  throw .solverFailed(call: call, code: Int(code))
}
