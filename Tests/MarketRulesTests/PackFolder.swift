import Foundation
import MarketRules
import MarketTestSupport
import Testing

/// A folder of packs that exists while a test runs.
struct PackFolder {
  let directory: URL

  /// Files by "market/name.yaml".
  init(_ files: [String: String]) throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "rule-packs-" + UUID().uuidString)
    for (path, text) in files {
      let file = directory.appending(path: path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }

  func remove() throws { try FileManager.default.removeItem(at: directory) }

  /// The problem of reading a folder with these files; nil if they read well.
  static func problem(_ files: [String: String]) throws -> RulePackProblem? {
    let folder = try PackFolder(files)
    let found: RulePackProblem?
    do {
      _ = try RulePackLibrary(directory: folder.directory)
      found = nil
    } catch {
      found = error
    }
    try folder.remove()
    return found
  }

  /// The packs that the program ships.
  static let shipped = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "data/rules")
}

/// A complete pack with one line changed.
func packText(
  version: String = "2022-01", from: String = "2022-01-01", to: String = "null", status: String = "in-force",
  replacing old: String = "", with new: String = ""
) throws -> String {
  let file = PackFolder.shipped.appending(path: "shandong/2021-10.yaml")
  let text = try String(contentsOf: file, encoding: .utf8)
    .replacing("version: \"2021-10\"", with: "version: \"\(version)\"")
    .replacing("from: 2021-10-14", with: "from: \(from)").replacing("to: null", with: "to: \(to)")
    .replacing("status: in-force", with: "status: \(status)").replacing("market: shandong", with: "market: example")
  guard !old.isEmpty else { return text }
  #expect(text.contains(old), "the pack has no line with \(old)")
  return text.replacing(old, with: new)
}
