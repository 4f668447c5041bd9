import Foundation

/// Keeps two writing commands out of one workspace, or away from one file; the lock ends with this object or with the process.
public final class WorkspaceLock: Sendable {
  /// Name of the lock file in the workspace; it holds the number of the writing process.
  public static let fileName = ".spotdesk-lock"

  private let descriptor: Int32

  /// Takes the lock of a workspace folder, or throws at once if another process (or another lock of this one) has it.
  public convenience init(workspace: String) throws(WorkspaceLockProblem) {
    try self.init(file: workspace + "/" + WorkspaceLock.fileName, of: workspace)
  }

  /// Takes a lock that is kept in a file of its own; `workspace` is what a refusal names.
  public init(file: String, of workspace: String) throws(WorkspaceLockProblem) {
    let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw .unavailable(workspace: workspace, reason: String(cString: strerror(errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let reason = errno
      let holder = WorkspaceLock.holder(descriptor)
      close(descriptor)
      if reason == EWOULDBLOCK { throw .held(workspace: workspace, process: holder) }
      throw .unavailable(workspace: workspace, reason: String(cString: strerror(reason)))
    }
    self.descriptor = descriptor
    let text = Array("\(getpid())\n".utf8)
    guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, text, text.count, 0) == text.count else {
      throw .unavailable(workspace: workspace, reason: String(cString: strerror(errno)))
    }
  }

  /// Unlocks before it closes: a process that is being started at that moment still holds a copy of the descriptor, which alone would keep
  /// the lock until its program begins.
  deinit {
    _ = flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// The process number in the lock file; nil while it is being written.
  private static func holder(_ descriptor: Int32) -> Int32? {
    var bytes = [UInt8](repeating: 0, count: 32)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    return Int32(String(decoding: bytes[..<count], as: UTF8.self).prefix { $0.isNumber })
  }
}

/// Why a workspace cannot be written to now.
public enum WorkspaceLockProblem: Error, Hashable, Sendable, CustomStringConvertible {
  case held(workspace: String, process: Int32?)
  case unavailable(workspace: String, reason: String)

  public var description: String {
    switch self {
    case .held(let workspace, let process):
      "Another spotdesk command (process \(process.map { "\($0)" } ?? "unknown")) is writing to \(workspace); "
        + "wait for it or stop it."
    case .unavailable(let workspace, let reason): "\(workspace) cannot be locked for writing: \(reason)."
    }
  }
}
