internal import Dispatch
internal import Synchronization

/// Calls `body` for every index in 0..<count on at most `threads` threads and returns the results in index order.
///
/// Each index must be independent of the others; then the answer is the same for every number of threads. Indices are
/// handed out one at a time, so uneven work balances itself.
public func concurrentMap<Result: Sendable>(
  count: Int, threads: Int, _ body: @Sendable (Int) -> Result
) -> [Result] {
  precondition(count >= 0, "A count is at least zero, was \(count)")
  precondition(threads >= 1, "At least one thread is needed, was given \(threads)")
  if threads == 1 || count < 2 { return (0..<count).map(body) }
  return [Result](unsafeUninitializedCapacity: count) { buffer, initialized in
    nonisolated(unsafe) let slots = buffer
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        slots.initializeElement(at: index, to: body(index))
      }
    }
    initialized = count
  }
}
