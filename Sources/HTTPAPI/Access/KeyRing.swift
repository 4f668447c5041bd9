public import Foundation
internal import Synchronization
public import TradingDesk

/// One API key as the workspace keeps it: never the secret, only the hash of it with a salt.
public struct StoredKey: Sendable, Codable, Hashable {
  public var id: String
  public var name: String
  public var role: Role
  var salt: String
  var hash: String
  /// ISO 8601 in UTC.
  public var createdAt: String
  public var revokedAt: String?
}

/// The keys of a workspace, in its file `api-keys.json`, which only its owner may read.
public final class KeyRing: Sendable {
  private struct State {
    var stamp: FileStamp?
    var keys: [StoredKey] = []
    var isBroken = false
  }

  private let file: URL
  private let state = Mutex(State())

  public init(workspace: Workspace) { file = workspace.directory.appending(path: "api-keys.json") }

  /// All keys, the revoked among them. The file is read again when it changed, so that a revoked key ends at once.
  public func keys() throws(DeskProblem) -> [StoredKey] {
    let stamp = FileStamp(file)
    return try state.withLock { state throws(DeskProblem) -> [StoredKey] in
      if stamp != state.stamp {
        state.isBroken = false
        state.keys = []
        if stamp != nil {
          if let read = try? JSONDecoder().decode([StoredKey].self, from: Data(contentsOf: file)) {
            state.keys = read
          } else {
            state.isBroken = true
          }
        }
        state.stamp = stamp
      }
      guard !state.isBroken else {
        throw DeskProblem(.badData, "\(file.path) cannot be read as API keys; nobody is let in until it is mended.")
      }
      return state.keys
    }
  }

  /// Makes a key and returns its secret, which is shown once and kept nowhere.
  public func add(name: String, role: Role, now: Date) throws -> (key: StoredKey, secret: String) {
    let name = name.trimmingCharacters(in: .whitespacesAndNewlines)
    guard (1...60).contains(name.count), name.allSatisfy({ !$0.isNewline }) else {
      throw DeskProblem(.badData, "A key needs the name of a person or program, at most 60 characters.")
    }
    var keys = try keys()
    if keys.contains(where: { $0.name == name && $0.revokedAt == nil }) {
      throw DeskProblem(.badData, "\(name) has a key already; revoke it first, or use another name.")
    }
    let (id, salt, random) = (KeyRing.random(bytes: 5), KeyRing.random(bytes: 16), KeyRing.random(bytes: 32))
    let key = StoredKey(
      id: id, name: name, role: role, salt: salt, hash: KeyRing.hash(random, salt: salt), createdAt: isoText(now))
    keys.append(key)
    try write(keys)
    return (key, "sd_\(id)_\(random)")
  }

  /// Ends a key, by number or name.
  public func revoke(_ which: String, now: Date) throws -> StoredKey {
    var keys = try keys()
    guard let place = keys.firstIndex(where: { ($0.id == which || $0.name == which) && $0.revokedAt == nil }) else {
      throw DeskProblem(.notFound, "There is no key \(which) in force; `spotdesk keys list` lists them.")
    }
    keys[place].revokedAt = isoText(now)
    try write(keys)
    return keys[place]
  }

  /// Who owns a secret; nil if nobody does, or no longer.
  func caller(secret: String) throws(DeskProblem) -> Caller? {
    let parts = secret.split(separator: "_", maxSplits: 2)
    guard parts.count == 3, parts[0] == "sd" else { return nil }
    // An unknown number costs the same time as a known one.
    let found = try keys().first { $0.id == parts[1] && $0.revokedAt == nil }
    let hash = KeyRing.hash(String(parts[2]), salt: found?.salt ?? "")
    guard KeyRing.isEqual(hash, found?.hash ?? ""), let found else { return nil }
    return Caller(name: found.name, role: found.role, key: found.id)
  }

  private func write(_ keys: [StoredKey]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    let staging = file.deletingLastPathComponent().appending(path: ".api-keys.partial")
    guard
      FileManager.default.createFile(
        atPath: staging.path, contents: try encoder.encode(keys), attributes: [.posixPermissions: 0o600]),
      rename(staging.path, file.path) == 0
    else { throw DeskProblem(.cannotWrite, "\(file.path) cannot be written: \(String(cString: strerror(errno))).") }
  }

  /// The secret has 256 random bits, so one round of SHA-256 with a salt is as hard to turn back as many.
  private static func hash(_ secret: String, salt: String) -> String { contentHash(Data((salt + secret).utf8)) }

  /// Compares every byte, so that the time tells nothing.
  private static func isEqual(_ left: String, _ right: String) -> Bool {
    let (left, right) = (Array(left.utf8), Array(right.utf8))
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private static func random(bytes: Int) -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<bytes).map { _ in
      let byte = UInt8.random(in: 0...255, using: &generator)
      return (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}

/// "2026-11-21T08:00:00Z".
func isoText(_ date: Date) -> String { date.formatted(.iso8601) }
