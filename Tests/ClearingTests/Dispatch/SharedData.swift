import Foundation

/// The shared data folder, or nil with a message.
let sharedData: URL? = {
  let named = ProcessInfo.processInfo.environment["SPOTDESK_SHARED_DATA"].map { URL(filePath: $0) }
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  let folder = named ?? root.appending(path: "../shared/data").standardizedFileURL
  if FileManager.default.fileExists(atPath: folder.path) { return folder }
  print("skipped: no shared data")
  return nil
}()

/// A generator of random numbers that gives the same ones on every machine (SplitMix64; Steele, Lea and Flood 2014).
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
