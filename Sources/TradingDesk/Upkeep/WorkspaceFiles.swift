internal import Foundation

extension Workspace {
  /// Paths, relative to the workspace, of the files that a backup holds beside the store, in order. What can be made
  /// again (`learned-prices.bin`), the lock and files that are being written are left out.
  ///
  /// - Returns: files, and links and the like that cannot be kept.
  func keptFiles() throws(DeskProblem) -> (files: [String], others: [String]) {
    var found: (files: [String], others: [String]) = ([], [])
    try Workspace.collect(directory, prefix: "", into: &found)
    let names = [storeFile, learnedPricesFile].map(\.lastPathComponent)
    found.files.removeAll { file in
      names.contains(file) || ["-wal", "-shm", "-journal"].contains { file == storeFile.lastPathComponent + $0 }
    }
    return (found.files.sorted(), found.others.sorted())
  }

  private static func collect(
    _ folder: URL, prefix: String, into found: inout (files: [String], others: [String])
  ) throws(DeskProblem) {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    } catch {
      throw DeskProblem(.missingInput, "\(folder.path) cannot be read: \(systemSentence(error)).")
    }
    // Names with a dot first are the lock and what is being written.
    for name in names where !name.hasPrefix(".") {
      var facts = stat()
      // A file may go while this looks.
      guard lstat(folder.appending(path: name).path, &facts) == 0 else { continue }
      switch facts.st_mode & S_IFMT {
      case S_IFREG: found.files.append(prefix + name)
      case S_IFDIR: try collect(folder.appending(path: name), prefix: prefix + name + "/", into: &found)
      default: found.others.append(prefix + name)
      }
    }
  }
}
