internal import Synchronization

/// Buckets that fill at a steady rate: one for each caller, reads and writes apart.
final class RateLimiter: Sendable {
  struct Limits: Sendable {
    /// Requests a second in the long run.
    var perSecond: Double
    /// Requests at once after a pause.
    var burst: Double
  }

  private struct Bucket {
    var tokens: Double
    var filledAt: Double
  }

  private let limits: Limits
  private let buckets = Mutex<[String: Bucket]>([:])
  /// Callers remembered at most; a full bucket says nothing and may be forgotten.
  private static let mostCallers = 10_000

  init(_ limits: Limits) { self.limits = limits }

  /// Takes one request out of a caller's bucket.
  ///
  /// - Parameter seconds: a clock that only goes forward.
  /// - Returns: nil if there was one, otherwise the seconds until there will be.
  func take(_ caller: String, at seconds: Double) -> Double? {
    guard limits.perSecond > 0 else { return nil }
    return buckets.withLock { buckets in
      if buckets.count >= RateLimiter.mostCallers {
        buckets = buckets.filter { _, bucket in
          bucket.tokens + (seconds - bucket.filledAt) * limits.perSecond < limits.burst
        }
      }
      var bucket = buckets[caller] ?? Bucket(tokens: limits.burst, filledAt: seconds)
      bucket.tokens = min(limits.burst, bucket.tokens + max(0, seconds - bucket.filledAt) * limits.perSecond)
      bucket.filledAt = seconds
      defer { buckets[caller] = bucket }
      guard bucket.tokens >= 1 else { return (1 - bucket.tokens) / limits.perSecond }
      bucket.tokens -= 1
      return nil
    }
  }
}
