public import Foundation
internal import MarketModel
internal import RetailValue
internal import Spreadsheets

/// What a page of customers needs: scores, names as the reader may see them, monthly energy.
struct CustomerPageData: Sendable {
  struct Row: Sendable {
    let score: CustomerScore
    let name: String
    let industry: String
    let energyMWh: Double
    let monthly: [Double]
    let contractEnd: String
    /// Totals of earlier runs and this one, where they are kept.
    let history: [CustomerScoreReport.Past]
  }

  let rows: [Row]
  let months: [String]
  let asOf: String
  let role: CustomerRole
  let profile: String
  let assumptions: ScoreAssumptions
  let consistency: [String: Double]
  let segmentsNote: String

  init(
    _ records: PortfolioRecords, _ run: ScoreRun, role: CustomerRole, profile: String,
    history: (String) -> [CustomerScoreReport.Past] = { _ in [] }
  ) {
    self.role = role
    self.profile = profile
    asOf = "\(run.asOf)"
    assumptions = ScoreAssumptions()
    consistency = run.reference.consistencyRatios
    segmentsNote = "reference of \(run.reference.customers) customers as of \(run.reference.asOf)"
    months = records.loads.months.map { "\($0 / 12)-\(padded($0 % 12 + 1, 2))" }
    rows = run.scores.enumerated().map { index, score in
      let customer = records.customers[index]
      let monthly = records.loads.monthlyEnergy(index)
      return Row(
        score: score, name: role.name(customer.name), industry: customer.industry ?? "–",
        energyMWh: monthly.reduce(0, +), monthly: monthly,
        contractEnd: records.contracts[index]?.end.map { "\($0)" } ?? "–", history: history(score.customer))
    }
  }
}

extension TradingDesk {
  /// Scores a portfolio and writes its page, or that of one customer; a PDF too where Chromium is there.
  ///
  /// - Returns: the files that were written.
  /// - Throws: `DeskProblem` if a file is missing or wrong, cannot be written, or the customer is not known.
  public func reportCustomers(
    _ request: ScoreRequest, customer: String?, role: CustomerRole, page: URL, table: URL?, workbook: URL?,
    pdf: URL?, simulated: Bool,
    command: String
  ) throws -> [String] {
    let records = try portfolio(request.files, threads: request.threads)
    let run = try scored(records, request)
    let history = try scoreHistory(request.history)
    let data = CustomerPageData(records, run, role: role, profile: request.profile) { name in
      name == customer ? history?.of(name) ?? [] : []
    }
    let text: String
    if let customer {
      guard let row = data.rows.first(where: { $0.score.customer == customer }) else {
        throw DeskProblem(.notFound, "There is no customer \"\(customer)\".")
      }
      text = CustomerPage(data: data, row: row, simulated: simulated, program: programVersion, command: command)
        .document()
    } else {
      text = PortfolioPage(data: data, simulated: simulated, program: programVersion, command: command).document()
    }
    var written = [page.relativePath]
    try writeFile(text, to: page)
    if let table {
      try writeFile("\u{FEFF}" + CustomerTableText(data: data).csv(), to: table)
      written.append(table.relativePath)
    }
    if let workbook {
      try writeWorkbook(CustomerTableText(data: data).workbook(), to: workbook)
      written.append(workbook.relativePath)
    }
    if let pdf {
      try printPage(page, to: pdf)
      written.append(pdf.relativePath)
    }
    return written
  }

  private func writeWorkbook(_ workbook: Spreadsheet, to url: URL) throws {
    let content: Data
    do {
      content = try workbook.encoded()
    } catch {
      throw DeskProblem(.internalError, "The workbook could not be made: \(error.reason)")
    }
    try writeFile(content, to: url)
  }

  /// Prints a page with Chromium.
  private func printPage(_ page: URL, to pdf: URL) throws {
    let places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
    guard let program = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
      throw DeskProblem(
        .missingInput, "A PDF is printed by Chromium, which is not installed; the HTML page is complete.")
    }
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf=\(pdf.path)",
      page.absoluteURL.absoluteString,
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { throw DeskProblem(.missingInput, "Chromium could not be started.") }
    process.waitUntilExit()
    guard process.terminationStatus == 0, FileManager.default.fileExists(atPath: pdf.path) else {
      throw DeskProblem(.cannotWrite, "\(pdf.relativePath) could not be printed.")
    }
  }
}

/// The table of scores as CSV (UTF-8 with a mark for spreadsheets, nothing that one would run) and as a workbook.
struct CustomerTableText {
  let data: CustomerPageData

  private static let head =
    ["customer", "name", "industry", "total", "low_80", "high_80", "tier", "confidence"]
    + ValueDimension.allCases.map(\.rawValue) + ["energy_mwh", "days", "contract_end", "cost_to_serve_per_mwh"]

  func csv() -> String {
    let lines = data.rows.map { row in cells(row).map { inertCell($0.plainText) }.joined(separator: ",") }
    return ([Self.head.joined(separator: ",")] + lines).joined(separator: "\r\n") + "\r\n"
  }

  func workbook() -> Spreadsheet {
    let notes: [[SheetCell]] = [
      ["as of", .text(data.asOf)], ["weights", .text(data.profile)], ["reader", .text(data.role.rawValue)],
      ["reference", .text(data.segmentsNote)],
    ]
    return Spreadsheet(sheets: [
      Sheet(name: "customers", rows: [Self.head.map { SheetCell.text($0) }] + data.rows.map(cells)),
      Sheet(name: "about", rows: notes, headerRows: 0),
    ])
  }

  private func cells(_ row: CustomerPageData.Row) -> [SheetCell] {
    let score = row.score
    let text = { (value: String) in SheetCell.text(value) }
    return [text(score.customer), text(row.name), text(row.industry), number(score.total)]
      + [score.band.map { number($0.lowerBound) } ?? .text(""), score.band.map { number($0.upperBound) } ?? .text("")]
      + [text(score.tier.tier.rawValue), text(score.confidence.rawValue)] + score.dimensions.map { number($0.score) }
      + [number(row.energyMWh), .number(Double(score.days)), text(row.contractEnd)]
      + [data.role == .manager ? score.costToServe.perMWh.map(number) ?? .text("") : .text("hidden")]
  }

  private func number(_ value: Double) -> SheetCell { .number((value * 100).rounded() / 100) }
}
