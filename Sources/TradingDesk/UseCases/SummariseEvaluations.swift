public import Foundation

extension TradingDesk {
  /// Puts the documents of several evaluations side by side, and on one page if asked for. Reads no data.
  ///
  /// - Throws: `DeskProblem` if a file is no document of an evaluation or the page cannot be written.
  public func summariseEvaluations(_ files: [URL], page: URL?, command: String) throws -> EvaluationSummary {
    let reports = try files.map { file in
      (name: file.deletingPathExtension().lastPathComponent, report: try evaluationReport(file))
    }
    if let page {
      let text = EvaluationSummaryPage(reports: reports, program: programVersion, command: command).document()
      try writeFile(text, to: page)
    }
    return EvaluationSummary(rows: reports.compactMap { EvaluationSummary.Row(name: $0.name, $0.report) })
  }

  private func evaluationReport(_ file: URL) throws -> EvaluationReport {
    guard let data = try? Data(contentsOf: file) else {
      throw DeskProblem(.missingInput, "\(file.path) cannot be read; name a document that evaluate --json printed.")
    }
    guard let report = try? decodedDocument(EvaluationReport.self, from: data) else {
      throw DeskProblem(
        .badData,
        "\(file.path) is no document of this version's evaluate --json; make it again, or leave it out.")
    }
    guard report.schema == EvaluationReport.schemaName, !report.models.isEmpty else {
      throw DeskProblem(
        .badData, "\(file.path) is a document \(report.schema); evaluate summary reads \(EvaluationReport.schemaName).")
    }
    return report
  }
}
