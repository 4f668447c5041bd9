import Foundation

/// The real data beside the repository, where there is any.
enum SharedData {
  /// A folder of it; nil where it is absent.
  static func folder(_ path: String) -> URL? {
    let named = ProcessInfo.processInfo.environment["SPOTDESK_SHARED_DATA"].map { URL(filePath: $0) }
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = (named ?? root.appending(path: "../shared/data")).appending(path: path)
    return FileManager.default.fileExists(atPath: folder.path) ? folder.standardizedFileURL : nil
  }
}
