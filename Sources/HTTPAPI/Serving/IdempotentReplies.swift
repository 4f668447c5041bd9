internal import Foundation
internal import Synchronization
internal import TradingDesk

/// Answers to requests with an Idempotency-Key, so that a repeated one changes nothing more and reads the same.
final class IdempotentReplies: Sendable {
  private enum Entry {
    case running(fingerprint: String)
    case done(fingerprint: String, answer: APIResponse, at: Double)
  }

  private let entries = Mutex<[String: Entry]>([:])
  private static let keptSeconds = 86_400.0
  private static let kept = 10_000

  /// Does the work, unless this caller's key was used before.
  func once(_ call: Call, _ work: () async throws -> APIResponse) async throws -> APIResponse {
    guard let key = call.request[header: "idempotency-key"] else { return try await work() }
    guard (1...200).contains(key.count) else {
      throw APIProblem(.badRequest, "An Idempotency-Key has 1 to 200 characters.", "Idempotency-Key 应为 1 至 200 个字符。")
    }
    let place = call.caller.name + "\n" + key
    let fingerprint = contentHash(Data("\(call.request.method) \(call.request.path)\n".utf8) + call.request.body)
    if let known = try begin(place, fingerprint) { return known.header("idempotency-replayed", "true") }
    do {
      let answer = try await work()
      let now = ProcessInfo.processInfo.systemUptime
      entries.withLock { $0[place] = .done(fingerprint: fingerprint, answer: answer, at: now) }
      return answer
    } catch {
      // A failed request may be tried again with the same key.
      entries.withLock { $0[place] = nil }
      throw error
    }
  }

  private static let otherRequest = APIProblem(
    .unprocessable, "This Idempotency-Key was used for another request.", "此 Idempotency-Key 已用于另一请求。")

  private func begin(_ place: String, _ fingerprint: String) throws -> APIResponse? {
    let now = ProcessInfo.processInfo.systemUptime
    return try entries.withLock { entries in
      if entries.count >= IdempotentReplies.kept {
        entries = entries.filter { entry in
          if case .done(_, _, let at) = entry.value { now - at < IdempotentReplies.keptSeconds / 24 } else { true }
        }
      }
      switch entries[place] {
      case .running(let other) where other != fingerprint: throw IdempotentReplies.otherRequest
      case .done(let other, _, _) where other != fingerprint: throw IdempotentReplies.otherRequest
      case .running:
        throw APIProblem(
          .conflict, "The request with this Idempotency-Key is still at work.", "使用此 Idempotency-Key 的请求仍在处理。")
      case .done(_, let answer, let at) where now - at < IdempotentReplies.keptSeconds:
        return answer
      default:
        entries[place] = .running(fingerprint: fingerprint)
        return nil
      }
    }
  }
}
