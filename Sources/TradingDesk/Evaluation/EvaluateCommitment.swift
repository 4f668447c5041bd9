public import Foundation
internal import MarketData
public import Optimization
internal import PowerSystem
internal import UnitCommitment

/// What is asked of an evaluation of commitment: instances to solve and how far.
public struct CommitmentEvaluationRequest: Sendable {
  /// Files (or folders) of instances.
  public var instances: [URL]
  /// Format by name; nil to be told from the file.
  public var format: String?
  /// Relative gap at which a solve ends.
  public var gap: Double
  /// Seconds for each instance.
  public var timeLimit: Double
  /// Threads that may work.
  public var threads: Int
  /// Whether the Lagrangian relaxation with repair answers instead of the programme.
  public var isFast: Bool
  /// Where the schedule of a single instance is written: unit, interval, on, output.
  public var output: URL?
  /// A table of published bounds to put beside.
  public var published: URL?
  /// Where a page with the table of all instances is written, anew after each.
  public var page: URL?
  /// The command line, for the page's provenance.
  public var command: String

  public init(
    instances: [URL], format: String? = nil, gap: Double = 0.001, timeLimit: Double = 300, threads: Int = 1,
    isFast: Bool = false, output: URL? = nil, published: URL? = nil, page: URL? = nil, command: String = ""
  ) {
    self.instances = instances
    self.format = format
    self.gap = gap
    self.timeLimit = timeLimit
    self.threads = threads
    self.isFast = isFast
    self.output = output
    self.published = published
    self.page = page
    self.command = command
  }
}

/// One instance, solved and audited.
public struct CommitmentEvaluation: Sendable, Encodable {
  /// Name of the file.
  public var instance: String
  /// Cost of the commitment in the instance's currency.
  public var objective: Double
  /// No commitment costs less.
  public var bound: Double
  /// (objective − bound) / objective.
  public var gap: Double
  /// "optimal" within the gap asked for, or what ended the search.
  public var status: String
  /// Wall-clock seconds, reading excluded.
  public var seconds: Double
  /// Seconds of these spent building the programme.
  public var buildSeconds: Double
  /// "passed", or what the audit found.
  public var audit: String
  public var thermalUnits: Int
  public var intervals: Int
  /// Cost of the best published commitment; nil where none is known.
  public var publishedPrimal: Double?
  /// Published bound below which no commitment lies.
  public var publishedDual: Double?

  enum CodingKeys: String, CodingKey {
    case instance, objective, bound, gap, status, seconds, audit, intervals
    case publishedPrimal = "published_primal"
    case publishedDual = "published_dual"
    case buildSeconds = "build_seconds"
    case thermalUnits = "thermal_units"
  }
}

extension TradingDesk {
  /// Commits each instance at least cost, audits the decision from the data alone, and says what was reached.
  public func evaluateCommitment(
    _ request: CommitmentEvaluationRequest, report: @escaping (String, SolveProgress) -> SolveDecision
  ) throws -> [CommitmentEvaluation] {
    let published = try request.published.map { try PublishedBounds($0) }
    var evaluations: [CommitmentEvaluation] = []
    for file in request.instances {
      let problem = try commitmentProblem(at: file, format: request.format)
      let settings = CommitmentSettings(gap: request.gap, timeLimit: request.timeLimit, threads: request.threads)
      let name = file.lastPathComponent
      let result: CommitmentResult
      do {
        result =
          try request.isFast
          ? fastCommitment(problem, gap: request.gap, threads: request.threads)
          : solveCommitment(problem, settings: settings) { report(name, $0) }
      } catch {
        let problem = DeskProblem(error)
        throw DeskProblem(problem.kind, "\(file.path): \(problem.description)")
      }
      let audited = audit(result.commitment, of: problem, claimedCost: result.objective)
      var evaluation = evaluation(
        of: problem, named: name, result: result, isFast: request.isFast, audited: audited)
      if let bounds = published?[file] {
        evaluation.publishedPrimal = bounds.primal
        evaluation.publishedDual = bounds.dual
      }
      evaluations.append(evaluation)
      if let output = request.output { try write(result.commitment, of: problem, to: output) }
      if let page = request.page { try writeFile(referencePage(evaluations, request), to: page) }
    }
    return evaluations
  }

  private func referencePage(_ evaluations: [CommitmentEvaluation], _ request: CommitmentEvaluationRequest) -> String {
    let titles = [
      "objective", "bound", "gap, %", "seconds", "published cost", "published bound", "to published cost, %",
    ]
    let rows = zip(evaluations, request.instances).map { solved, file in
      let published = [solved.publishedPrimal, solved.publishedDual].map { $0.map { readable($0, decimals: 2) } ?? "–" }
      let distance = solved.publishedPrimal.map { signed((solved.objective / $0 - 1) * 100, decimals: 3) } ?? "–"
      return [
        "\(file.deletingLastPathComponent().lastPathComponent)/\(solved.instance)", "\(solved.thermalUnits)",
        "\(solved.intervals)", readable(solved.objective, decimals: 2), readable(solved.bound, decimals: 2),
        readable(100 * solved.gap, decimals: 4), readable(solved.seconds, decimals: 1), published[0], published[1],
        distance, solved.status, solved.audit,
      ]
    }
    return ReferencePage(
      title: "Commitment of public instances",
      subtitle:
        "gap asked for \(readable(100 * request.gap, decimals: 3)) %, at most \(readable(request.timeLimit, decimals: 0)) s each",
      facts: [
        ("Instances", "\(evaluations.count)"),
        ("Within the gap", "\(evaluations.count { $0.gap <= request.gap * 1.000_001 })"),
        ("Audits passed", "\(evaluations.count { $0.audit == "passed" })"),
      ],
      columns: [.init(title: "instance", isFigure: false), .init(title: "units"), .init(title: "intervals")]
        + titles.map { .init(title: $0) } + [
          .init(title: "ended", isFigure: false), .init(title: "audit", isFigure: false),
        ],
      rows: rows,
      notes: ["Published: the narrowest bounds of all rows of the benchmark's table. Seconds are wall-clock time."],
      program: programVersion, command: request.command
    ).document()
  }

  private func commitmentProblem(at file: URL, format: String?) throws -> CommitmentProblem {
    let chosen = format.flatMap { CommitmentFormat(rawValue: $0) }
    if let format, chosen == nil {
      let known = CommitmentFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw DeskProblem(.badData, "--format is \(format); use one of \(known).")
    }
    return try inDeskTerms { try readCommitmentProblem(at: file, format: chosen) }
  }

  private func evaluation(
    of problem: CommitmentProblem, named name: String, result: CommitmentResult, isFast: Bool, audited: AuditReport
  ) -> CommitmentEvaluation {
    let status =
      switch result.status {
      case .optimal: "optimal"
      case .timeLimit: "time limit"
      // The fast way has a fixed number of steps.
      case .nodeLimit: isFast ? "steps done" : "node limit"
      case .cancelled: "cancelled"
      }
    return CommitmentEvaluation(
      instance: name, objective: result.objective, bound: result.bound, gap: result.gap, status: status,
      seconds: result.seconds, buildSeconds: result.buildSeconds, audit: audited.summary,
      thermalUnits: problem.units.count, intervals: problem.intervalCount)
  }

  private func write(_ commitment: Commitment, of problem: CommitmentProblem, to file: URL) throws {
    var text = "unit,interval,on,output_MW\n"
    for (index, unit) in problem.units.enumerated() {
      for interval in 0..<problem.intervalCount {
        let isOn = commitment.isOn[index][interval]
        text += "\(unit.name),\(interval + 1),\(isOn ? 1 : 0),\(commitment.output[index][interval])\n"
      }
    }
    try writeFile(text, to: file)
  }
}
