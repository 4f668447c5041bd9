internal import Foundation
internal import Synchronization
internal import TradingDesk

/// A value that takes long to make, made once for each state of the files that it comes from. Who asks meanwhile waits for the same
/// work, and after a while is told to come again.
final class PreparedValue<Value: Sendable>: Sendable {
  private struct Made {
    let stamps: [FileStamp?]
    let result: Result<Value, any Error>
  }
  private struct State {
    var made: Made?
    /// State of the files for which the work runs.
    var running: [FileStamp?]?
  }
  private let state = Mutex(State())
  /// Between two looks whether the work is done.
  private static var pause: Duration { .milliseconds(20) }

  /// The value for the present state of the files.
  ///
  /// - Parameters:
  ///   - patience: how long one request waits.
  ///   - make: runs at lower priority; what it throws is kept like a value, until a file changes.
  /// - Throws: the problem "unavailable" if the work takes longer than the patience.
  func value(
    of files: [URL], patience: Duration = .seconds(20), _ make: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    let stamps = files.map { FileStamp($0) }
    let end = ContinuousClock.now + patience
    while true {
      if let known = known(stamps) { return try known.get() }
      start(stamps, make)
      guard ContinuousClock.now < end else { throw Self.notYet }
      try await Task.sleep(for: Self.pause)
    }
  }

  /// Puts in a value that was made elsewhere.
  func keep(_ value: Value, of files: [URL]) {
    let stamps = files.map { FileStamp($0) }
    state.withLock { $0.made = Made(stamps: stamps, result: .success(value)) }
  }

  private func known(_ stamps: [FileStamp?]) -> Result<Value, any Error>? {
    state.withLock { state in state.made?.stamps == stamps ? state.made?.result : nil }
  }

  private func start(_ stamps: [FileStamp?], _ make: @escaping @Sendable () throws -> Value) {
    let starts = state.withLock { state in
      guard state.running == nil else { return false }
      state.running = stamps
      return true
    }
    guard starts else { return }
    DispatchQueue.global(qos: .utility).async { [weak self] in
      let result = Result { try make() }
      self?.state.withLock { state in
        state.made = Made(stamps: stamps, result: result)
        state.running = nil
      }
    }
  }

  private static var notYet: APIProblem {
    var problem = APIProblem(
      .unavailable, "This is being read and computed; ask again in some seconds.", "正在读取和计算，请几秒后再试。")
    problem.headers = [("retry-after", "3")]
    return problem
  }
}
