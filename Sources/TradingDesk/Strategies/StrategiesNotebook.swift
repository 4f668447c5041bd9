internal import Foundation

/// A comparison as a Jupyter notebook (nbformat 4.5): output only, the first cell says how it was made.
struct StrategiesNotebook {
  let report: StrategiesReport

  private struct Document: Encodable {
    let cells: [Cell]
    let metadata: [String: [String: String]]
    let nbformat = 4
    let nbformatMinor = 5

    enum CodingKeys: String, CodingKey {
      case cells, metadata, nbformat
      case nbformatMinor = "nbformat_minor"
    }
  }

  private struct Cell: Encodable {
    let kind: String
    let identifier: String
    let source: String
    /// HTML of a code cell's output; nil for text.
    let output: String?

    enum CodingKeys: String, CodingKey {
      case kind = "cell_type"
      case identifier = "id"
      case metadata, source, outputs
      case executionCount = "execution_count"
    }

    struct Output: Encodable {
      let data: [String: String]
      let metadata: [String: String] = [:]
      let kind = "display_data"

      enum CodingKeys: String, CodingKey {
        case data, metadata
        case kind = "output_type"
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(kind, forKey: .kind)
      try container.encode(identifier, forKey: .identifier)
      try container.encode([String: String](), forKey: .metadata)
      try container.encode(source, forKey: .source)
      guard let output else { return }
      try container.encodeNil(forKey: .executionCount)
      try container.encode([Output(data: ["text/html": output])], forKey: .outputs)
    }
  }

  func encoded() throws -> Data {
    let source = report.provenance
    let facts = """
      # Strategies side by side, \(report.from) to \(report.to)

      - command: `\(source.command)`
      - program: \(source.program)
      - digest of the inputs: `\(source.dataHash)`
      - run: `\(source.run)`, workspace \(source.workspace), seed \(source.seed), \(source.scenarios) scenarios
      - market: \(report.simulated ? "SIMULATED" : "as imported"); rules: \(report.rulePacks.joined(separator: ", "))

      Generated; output only.
      """
    let style = "<style>\(dayPageStyle)\n\(evaluationPageStyle)</style>"
    let parts = StrategyPage(report: report).sections.flatMap { part in
      [
        Cell(
          kind: "markdown", identifier: "\(part.identifier)-title", source: "## \(part.title)\n\n\(part.subtitle)",
          output: nil),
        Cell(kind: "code", identifier: part.identifier, source: "", output: style + part.content),
      ]
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return try encoder.encode(
      Document(
        cells: [Cell(kind: "markdown", identifier: "provenance-first", source: facts, output: nil)] + parts,
        metadata: ["language_info": ["name": "text"]])) + Data("\n".utf8)
  }
}
