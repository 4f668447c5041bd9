import Foundation
import MarketData
import Testing

/// Inputs of the fuzzed readers that once did harm, or that are worth a look.
@Suite("Bid files and registers from anywhere") struct FuzzCorpusTests {
  private func corpus(_ reader: String) throws -> [(name: String, content: Data)] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Benchmarks/Fuzzing/corpus/\(reader)")
    return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).map {
      ($0.lastPathComponent, try Data(contentsOf: $0))
    }
  }

  @Test("bid files, registers and workbooks of the corpus are read or refused") func corpus() throws {
    for input in try corpus("bids") { #expect(try !BidSegmentRow.read(input.content, name: input.name).isEmpty) }
    for input in try corpus("units") { _ = try? DeclaredUnit.read(input.content, name: input.name) }
    for input in try corpus("workbooks") {
      #expect(try BidSegmentRow.read(input.content, name: input.name).count == 3)
      #expect(try DeclaredUnit.read(input.content, name: input.name).count == 1)
    }
  }

  @Test("a start cost beyond all money is refused with its line")
  func startCost() throws {
    let input = try #require(try corpus("units").first { $0.name == "plain.csv" })
    let text = String(decoding: input.content, as: UTF8.self).replacing("600000", with: "6e51")
    let problem = #expect(throws: ImportProblem.self) { try DeclaredUnit.read(Data(text.utf8), name: "units.csv") }
    #expect(problem?.description.contains("units.csv:2, column \"start_cost\"") == true)
  }

  @Test("a file in memory is read as one on the disk, gzip or not") func memory() throws {
    let input = try #require(try corpus("bids").first { $0.name == "further.csv" })
    let rows = try BidSegmentRow.read(input.content, name: "bids.csv")
    #expect(rows.count == 3 && rows[0].unit.text == "A, north" && rows[1].price.isNaN && rows[1].to == 330)
    let file = FileManager.default.temporaryDirectory.appending(path: "bids-\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: file) }
    try input.content.write(to: file)
    #expect(try BidSegmentRow.read(from: file).map(\.segment) == rows.map(\.segment))
    #expect(throws: ImportProblem.self) { try BidSegmentRow.read(Data(), name: "empty.csv") }
    #expect(throws: ImportProblem.self) { try BidSegmentRow.read(Data([0x1F, 0x8B, 8]), name: "short.gz") }
  }
}
