internal import Foundation
internal import MarketRules
internal import Synchronization

/// The rule packs of a folder, read again only when a file of it changed: a use case over many days asks for them every day.
final class RuleLibraryCache: Sendable {
  private struct Known {
    let stamps: [String]
    let library: RulePackLibrary
  }

  private let known = Mutex<Known?>(nil)

  /// - Throws: `RulePackProblem` if a pack cannot be read.
  func library(in folder: URL) throws -> RulePackLibrary {
    let stamps = RuleLibraryCache.stamps(of: folder)
    if let library = known.withLock({ $0?.stamps == stamps ? $0?.library : nil }) { return library }
    let library = try RulePackLibrary(directory: folder)
    known.withLock { $0 = Known(stamps: stamps, library: library) }
    return library
  }

  /// Name, size and time of change of every file; two folders down.
  private static func stamps(of folder: URL) -> [String] {
    func contents(_ path: String) -> [String] {
      ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted().map { path + "/" + $0 }
    }
    return contents(folder.path).flatMap { [$0] + contents($0) }.map { path in
      var status = stat()
      guard stat(path, &status) == 0 else { return path }
      return "\(path) \(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)"
    }
  }
}
