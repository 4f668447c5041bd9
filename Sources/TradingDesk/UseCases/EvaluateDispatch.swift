internal import Clearing
public import Foundation
internal import MarketData
internal import PowerSystem

/// What to dispatch, and where to write what.
public struct DispatchRequest: Sendable {
  /// Case files, or folders of them.
  public var cases: [URL]
  /// A table of published costs in Markdown: the case's name in the first column, the cost under a heading with "DC (".
  public var baseline: URL?
  /// Prices of all buses as CSV.
  public var prices: URL?
  /// Flows of all branches as CSV.
  public var flows: URL?
  public var withLosses: Bool
  /// Where a page with the table of all cases is written.
  public var page: URL?
  /// The command line, for the page's provenance.
  public var command: String

  public init(
    cases: [URL], baseline: URL? = nil, prices: URL? = nil, flows: URL? = nil, withLosses: Bool = false,
    page: URL? = nil, command: String = ""
  ) {
    self.cases = cases
    self.baseline = baseline
    self.prices = prices
    self.flows = flows
    self.withLosses = withLosses
    self.page = page
    self.command = command
  }
}

extension TradingDesk {
  /// Dispatches network cases, audits each from its data, and puts it beside its published cost.
  ///
  /// - Throws: `DeskProblem` if a case cannot be read or dispatched, or a file not be written.
  public func evaluateDispatch(_ request: DispatchRequest) throws -> [DispatchReport] {
    let published = try request.baseline.map(publishedCosts) ?? [:]
    var priceRows = ["case,bus,price,energy,congestion,loss"]
    var flowRows = ["case,branch,from,to,flow_MW,limit_MW,loss_MW,price"]
    let reports = try caseFiles(request.cases).map { file in
      let system = try inDeskTerms { try readMatpowerCase(file) }
      progress("\(system.name): \(system.buses.count) buses")
      let start = now()
      let solution = try solved(system, file: file, withLosses: request.withLosses)
      let seconds = now().timeIntervalSince(start)
      priceRows += solution.priceRows(of: system)
      flowRows += solution.flowRows(of: system)
      return DispatchReport(
        system, solution, seconds: seconds, published: request.withLosses ? nil : published[system.name])
    }
    if let file = request.prices { try write(priceRows, to: file) }
    if let file = request.flows { try write(flowRows, to: file) }
    if let file = request.page { try write([referencePage(reports, request)], to: file) }
    return reports
  }

  private func referencePage(_ reports: [DispatchReport], _ request: DispatchRequest) -> String {
    let titles = [
      "buses", "branches", "cost of the hour", "published", "least price", "highest price", "congested", "seconds",
    ]
    let rows = reports.map { report in
      [
        report.case, "\(report.buses)", "\(report.branches)", readable(report.objective, decimals: 2),
        report.published ?? "–", readable(report.lmp.min, decimals: 2), readable(report.lmp.max, decimals: 2),
        "\(report.congestedBranches)", readable(report.seconds, decimals: 2),
        report.agrees.map { $0 ? "the same digits" : "differs" } ?? "–", report.audit,
      ]
    }
    return ReferencePage(
      title: "Dispatch of public network cases", subtitle: "linear power flow, cost of one hour",
      facts: [
        ("Cases", "\(reports.count)"), ("As published", "\(reports.count { $0.agrees == true })"),
        ("Audits passed", "\(reports.count { $0.audit == "passed" })"),
      ],
      columns: [.init(title: "case", isFigure: false)] + titles.map { .init(title: $0) }
        + ["agreement", "audit"].map { .init(title: $0, isFigure: false) },
      rows: rows, notes: ["Published: the DC column of the cases' own table of baselines, with its five digits."],
      program: programVersion, command: request.command
    ).document()
  }

  private func solved(_ system: DispatchCase, file: URL, withLosses: Bool) throws -> DispatchSolution {
    do throws(DispatchError) {
      return try dispatch(system, settings: DispatchSettings(withLosses: withLosses))
    } catch {
      let kind: DeskProblem.Kind =
        switch error {
        case .unfit: .badData
        case .tooLittleCapacity, .tooMuchOutput, .infeasible: .infeasible
        case .unsolved: .internalError
        }
      throw DeskProblem(kind, "\(file.relativePath): \(error.description)")
    }
  }

  /// The files themselves, and those that end in .m or .m.gz of folders, by name.
  private func caseFiles(_ places: [URL]) throws -> [URL] {
    try places.flatMap { place -> [URL] in
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder) else {
        throw DeskProblem(.missingInput, "\(place.relativePath) does not exist; name a case or a folder of cases.")
      }
      guard isFolder.boolValue else { return [place] }
      let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
      let cases = names.filter { $0.hasSuffix(".m") || $0.hasSuffix(".m.gz") }
      guard !cases.isEmpty else {
        throw DeskProblem(.missingInput, "\(place.relativePath) holds no case; they end in .m or .m.gz.")
      }
      return cases.sorted { $0.compare($1, options: .numeric) == .orderedAscending }.map { place.appending(path: $0) }
    }
  }

  /// Case → cost as it is printed, of all tables of a Markdown file that have a column "DC (".
  private func publishedCosts(_ file: URL) throws -> [String: String] {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else {
      throw DeskProblem(.missingInput, "\(file.relativePath) cannot be read; name the table of published costs.")
    }
    var costs: [String: String] = [:]
    var column: Int?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: [" ", "*", "\r"]) }
      if let heading = cells.firstIndex(where: { $0.hasPrefix("DC (") }) {
        column = heading
      } else if let column, cells.indices.contains(column), Double(cells[column]) != nil {
        costs[cells[0]] = cells[column]
      }
    }
    guard !costs.isEmpty else {
      throw DeskProblem(
        .badData, "\(file.relativePath) has no table with a column \"DC (\"; name BASELINE.md of the cases.")
    }
    return costs
  }

  private func write(_ rows: [String], to file: URL) throws {
    try writeFile(rows.joined(separator: "\n") + "\n", to: file)
  }
}

extension DispatchReport {
  init(_ system: DispatchCase, _ solution: DispatchSolution, seconds: Double, published: String?) {
    self.init(
      case: system.name, objective: solution.costPerHour, lmp: PriceRange(solution.prices.map(\.total)),
      seconds: seconds, audit: DispatchAudit(system, solution).verdict, gap: solution.gap, buses: system.buses.count,
      generators: system.generators.count, branches: system.branches.count,
      congestedBranches: solution.branchPrice_perMWh.filter { abs($0) > 1e-5 }.count,
      lossesMW: solution.loss.reduce(0, +), published: published,
      agrees: published.map { String(format: "%.4e", solution.costPerHour) == $0 })
  }
}

extension DispatchSolution {
  fileprivate func priceRows(of system: DispatchCase) -> [String] {
    zip(system.buses, prices).map {
      ([system.name, $0.name] + [$1.total, $1.energy, $1.congestion, $1.loss].map(shown)).joined(separator: ",")
    }
  }

  fileprivate func flowRows(of system: DispatchCase) -> [String] {
    system.branches.indices.map { index in
      let branch = system.branches[index]
      let limit = branch.limit.isFinite ? shown(branch.limit) : ""
      return
        ([system.name, branch.name, system.buses[branch.from].name, system.buses[branch.to].name, shown(flow[index])]
        + [limit, shown(loss[index]), shown(branchPrice_perMWh[index])]).joined(separator: ",")
    }
  }

  /// Six decimals, without a negative zero.
  private func shown(_ value: Double) -> String {
    let text = String(format: "%.6f", value)
    return text == "-0.000000" ? "0.000000" : text
  }
}
