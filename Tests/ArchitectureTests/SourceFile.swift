import Foundation

/// A Swift file of the package's sources.
struct SourceFile {
  /// From the folder of the sources: "Clearing/MeritOrder/MeritOrderClearing.swift".
  let path: String
  let text: String
  let lines: [Substring]

  var target: String { path.split(separator: "/").first.map(String.init) ?? "" }

  static let all: [SourceFile] = {
    let sources = ModuleMapTests.root.appending(path: "Sources")
    var found: [SourceFile] = []
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift", let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
      found.append(
        SourceFile(
          path: String(file.path.dropFirst(sources.path.count + 1)), text: text,
          lines: text.split(separator: "\n", omittingEmptySubsequences: false)))
    }
    return found.sorted { $0.path < $1.path }
  }()
}
