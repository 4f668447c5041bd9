internal import Foundation
internal import Synchronization
internal import TradingDesk

/// Encoded answers, kept by address as long as the files that they came from stay as they are.
final class ContentCache: Sendable {
  private struct Entry {
    let stamps: [FileStamp?]
    let content: Content
    var lastUse: UInt64
  }
  private struct State {
    var entries: [String: Entry] = [:]
    var size = 0
    var clock: UInt64 = 0
  }
  private let state = Mutex(State())
  private let limit: Int

  /// - Parameter limit: bytes kept at most; what was used longest ago goes first.
  init(limit: Int = 128 << 20) { self.limit = limit }

  /// The kept answer, or the one that `make` makes and that is kept from now on.
  ///
  /// - Parameter files: what the answer depends on.
  func content(_ key: String, of files: [URL], _ make: () throws -> Content) rethrows -> Content {
    let stamps = files.map { FileStamp($0) }
    if let known = find(key, stamps) { return known }
    let content = try make()
    state.withLock { state in
      if let old = state.entries[key] { state.size -= old.content.size }
      state.clock += 1
      state.entries[key] = Entry(stamps: stamps, content: content, lastUse: state.clock)
      state.size += content.size
      while state.size > limit, state.entries.count > 1,
        let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })
      {
        state.size -= oldest.value.content.size
        state.entries[oldest.key] = nil
      }
    }
    return content
  }

  func known(_ key: String, of files: [URL]) -> Content? { find(key, files.map { FileStamp($0) }) }

  private func find(_ key: String, _ stamps: [FileStamp?]) -> Content? {
    state.withLock { state in
      guard let entry = state.entries[key], entry.stamps == stamps else { return nil }
      state.clock += 1
      state.entries[key]?.lastUse = state.clock
      return entry.content
    }
  }
}
