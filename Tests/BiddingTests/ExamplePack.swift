import Foundation
import MarketModel
import MarketRules
import Testing

/// A complete pack with the form and the number of points that a test wants.
enum ExamplePack {
  static func pack(
    form: CurveForm = .slopes, points: Int = 10, widthMegawatts: Double? = nil
  ) throws -> RulePack {
    let rules = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "data/rules")
    let example = try String(contentsOf: rules.appending(path: "shandong/2021-10.yaml"), encoding: .utf8)
    let width = widthMegawatts.map { "{ value: \($0), clause: test, confidence: assumed }" } ?? "{ unknown: test }"
    let text = example.replacingOccurrences(of: "market: shandong", with: "market: example")
      .replacing(/curve_form: .*/, with: "curve_form: { value: \(form.rawValue), clause: test, confidence: assumed }")
      .replacing(/maximum_points: .*/, with: "maximum_points: { value: \(points), clause: test, confidence: assumed }")
      .replacing(/minimum_segment_MW: .*/, with: "minimum_segment_MW: \(width)")
    let folder = FileManager.default.temporaryDirectory.appending(path: "spotdesk-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let market = folder.appending(path: "example")
    try FileManager.default.createDirectory(at: market, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: market.appending(path: "2021-10.yaml"))
    return try #require(try RulePackLibrary(directory: folder).packs.first)
  }
}
