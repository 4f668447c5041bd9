public import Foundation

extension RtsGmlcFolder {
  /// Category of each generator by name, as gen.csv has it: Coal, Gas CC, Wind and so on.
  public func categories() throws(ImportProblem) -> [String: String] {
    var categories: [String: String] = [:]
    for row in generators { categories[try row.text("GEN UID")] = try row.text("Category") }
    return categories
  }

  /// Area of each bus by name, as bus.csv has it.
  public func areas() throws(ImportProblem) -> [String: String] {
    var areas: [String: String] = [:]
    for row in busRows { areas[try row.text("Bus ID")] = try row.text("Area") }
    return areas
  }

  /// SHA-256 over the names and bytes of all files of the folder, in the order of their paths.
  public static func contentDigest(of folder: URL) throws(ImportProblem) -> String {
    let files = (FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? [])
      .filter { $0.contains(".csv") }.sorted()
    let digest = ContentDigest()
    for path in files {
      guard let data = try? Data(contentsOf: folder.appending(path: path)) else {
        throw .unreadable(file: folder.appending(path: path).relativePath, reason: "its bytes cannot be read")
      }
      Data("\(path)\n".utf8).withUnsafeBytes { digest.add($0) }
      data.withUnsafeBytes { digest.add($0) }
    }
    return digest.finish()
  }
}
