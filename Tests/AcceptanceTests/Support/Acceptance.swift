import Foundation
import Testing

/// Reports and tutorials: long runs that mostly use one core and share nothing, so that they go on beside the others.
@Suite("Reports and tutorials as they are run", .serialized) struct LongAcceptance {}

/// Tests of the built program as a trader runs it: a process, a folder, exit codes, bytes. One after another, because
/// each uses both cores and some share a workspace.
@Suite("The program as it is run", .serialized) struct Acceptance {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The folder of all temporary files of this run; it goes when the tests end.
  static let scratch: URL = {
    let folder = FileManager.default.temporaryDirectory.appending(path: "spotdesk-acceptance-\(getpid())")
    atexit { _ = try? FileManager.default.removeItem(at: Acceptance.scratch) }
    return folder
  }()

  /// A new empty folder.
  static func newFolder() throws -> URL {
    let folder = scratch.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// A text file in a new folder.
  static func newFile(_ name: String, _ text: String) throws -> URL {
    let file = try newFolder().appending(path: name)
    try Data(text.utf8).write(to: file)
    return file
  }

  /// The shared data folder, or nil with a message.
  static let sharedData: URL? = {
    let named = ProcessInfo.processInfo.environment["SPOTDESK_SHARED_DATA"].map { URL(filePath: $0) }
    let folder = named ?? root.appending(path: "../shared/data").standardizedFileURL
    if FileManager.default.fileExists(atPath: folder.path) { return folder }
    print("skipped: no shared data")
    return nil
  }()
}

/// Why a test could not be set up.
struct SetUpFailure: Error, CustomStringConvertible {
  let description: String
}
