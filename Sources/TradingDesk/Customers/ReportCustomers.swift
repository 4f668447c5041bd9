public import Foundation

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
      try writeFile(try encodedWorkbook(CustomerTableText(data: data).workbook()), to: workbook)
      written.append(workbook.relativePath)
    }
    if let pdf {
      try PagePrinter.print(page, to: pdf)
      written.append(pdf.relativePath)
    }
    return written
  }
}
