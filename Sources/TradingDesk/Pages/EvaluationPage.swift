/// The page of an evaluation.
public func evaluationPage(_ report: EvaluationReport, samples: EvaluationSamples) -> String { "" }

/// Weeks to show.
public struct EvaluationSamples {
  init(_ sites: [EvaluatedSite], report: EvaluationReport) {}
}
