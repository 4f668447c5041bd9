/// What several evaluations came to, one row for each.
public struct EvaluationSummary: Sendable {
  public let rows: [Row]

  public struct Row: Sendable {
    /// Name of the document without its ending.
    public let name: String
    public let target: String
    public let unit: String
    public let testDays: Int
    /// Name and scores of the combined forecast.
    public let model: String
    public let scores: ScoreSet
    public let paths: PathScores?
    /// Nil without published forecasts.
    public let published: Published?
  }

  /// The published forecast of the least mean absolute error.
  public struct Published: Sendable {
    public let name: String
    public let mae: Double
    /// Our mean absolute error over its own, less one: below 0 is better.
    public let difference: Double
    /// One-sided p of the Diebold-Mariano test that ours is better; nil where it is not defined.
    public let p: Double?
  }
}

extension EvaluationSummary.Row {
  /// - Returns: nil for a report without a model.
  init?(name: String, _ report: EvaluationReport) {
    guard let combined = report.models.last else { return nil }
    self.init(
      name: name, target: report.target, unit: report.unit, testDays: report.testDays, model: combined.name,
      scores: combined.total, paths: combined.paths, published: report.bestPublished)
  }
}

extension EvaluationReport {
  var bestPublished: EvaluationSummary.Published? {
    let best = references.min { ($0.total.mae ?? .infinity) < ($1.total.mae ?? .infinity) }
    guard let best, let mae = best.total.mae, mae > 0, let own = models.last?.total.mae else { return nil }
    return EvaluationSummary.Published(
      name: best.name, mae: mae, difference: own / mae - 1, p: probabilitiesOfCombined(.absolute)[best.name])
  }

  /// By the name of another model: the one-sided p that the combined forecast loses less.
  func probabilitiesOfCombined(_ loss: ComparedLoss) -> [String: Double] {
    guard let table = dieboldMariano.first(where: { $0.loss == loss.rawValue }), let last = models.last?.name,
      let row = table.names.firstIndex(of: last)
    else { return [:] }
    let pairs = zip(table.names, table.p[row]).compactMap { name, p in p.map { (name, $0) } }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }
}
