public import Foundation
public import MarketModel

/// A folder that holds one desk's data: the store, the lock, and a folder for every day that was prepared.
public struct Workspace: Sendable, Hashable {
  public let directory: URL

  public init(_ directory: URL) { self.directory = directory.standardizedFileURL }

  public var name: String { directory.lastPathComponent }
  public var storeFile: URL { directory.appending(path: "spotdesk.sqlite") }
  /// What price forecasts learned; it may be removed at any time.
  var learnedPricesFile: URL { directory.appending(path: "learned-prices.bin") }
  public var exists: Bool { FileManager.default.fileExists(atPath: storeFile.path) }

  public func dayDirectory(_ day: MarketDay) -> URL {
    directory.appending(path: "days").appending(path: day.description)
  }

  func createDirectory() throws(DeskProblem) { try Workspace.createDirectory(directory) }

  static func createDirectory(_ directory: URL) throws(DeskProblem) {
    do {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    } catch {
      throw DeskProblem(.cannotWrite, "\(directory.path) cannot be created: \(systemSentence(error)).")
    }
  }

  /// Writes files so that each is either as it was or complete: all under other names first, then renamed.
  ///
  /// - Parameter saveFirst: what belongs to the files and is saved elsewhere, while they stand ready; if it throws, no
  ///   file is changed.
  static func write(
    _ files: [(name: String, content: Data)], in directory: URL, saveFirst: () throws -> Void = {}
  ) throws {
    let isNew = !FileManager.default.fileExists(atPath: directory.path)
    try createDirectory(directory)
    var staged: [(from: URL, to: URL)] = []
    func discard() {
      for file in staged { unlink(file.from.path) }
      if isNew { rmdir(directory.path) }
    }
    for file in files {
      let staging = directory.appending(path: ".\(file.name).partial")
      staged.append((staging, directory.appending(path: file.name)))
      do {
        try file.content.write(to: staging)
      } catch {
        discard()
        throw DeskProblem(
          .cannotWrite,
          "\(directory.appending(path: file.name).path) cannot be written: \(systemSentence(error)); nothing was changed."
        )
      }
    }
    do {
      try saveFirst()
    } catch {
      discard()
      throw error
    }
    for file in staged where rename(file.from.path, file.to.path) != 0 {
      let reason = String(cString: strerror(errno))
      discard()
      throw DeskProblem(.cannotWrite, "\(file.to.path) cannot be written: \(reason).")
    }
  }
}
