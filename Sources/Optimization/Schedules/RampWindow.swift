/// Moves the best values of all levels one interval forward under the ramps.
///
///     next[l] = gain[l] + max { current[k] : levels[l] − rise ≤ levels[k] ≤ levels[l] + fall }
///
/// Both ends of the window grow with l, so a queue of falling values gives all maxima in O(L) for each
/// interval (Lemire, "Streaming maximum-minimum filter using no more than three comparisons per element",
/// 2006). Of equal values the lowest level is the parent.
///
/// Not `Sendable`: it owns the queue and is created inside one call.
final class RampWindow {
  let count: Int
  private let first: UnsafeMutablePointer<Int32>
  private let end: UnsafeMutablePointer<Int32>
  private let queue: UnsafeMutablePointer<Int32>
  private let queuedValue: UnsafeMutablePointer<Double>
  private let isUnlimited: Bool

  init(for problem: ScheduleProblem) {
    let levels = problem.levels
    let count = levels.count
    let tolerance = problem.levelTolerance
    first = .allocate(capacity: count)
    end = .allocate(capacity: count)
    queue = .allocate(capacity: count)
    queuedValue = .allocate(capacity: count)
    var low = 0
    var high = 0
    for (index, level) in levels.enumerated() {
      while level - levels[low] > problem.largestRise + tolerance { low += 1 }
      while high < count, levels[high] - level <= problem.largestFall + tolerance { high += 1 }
      first[index] = Int32(low)
      end[index] = Int32(high)
    }
    self.count = count
    isUnlimited = first[count - 1] == 0 && end[0] == count
  }

  deinit {
    first.deallocate()
    end.deallocate()
    queue.deallocate()
    queuedValue.deallocate()
  }

  /// Writes `next` and the level each value came from. The four pointers hold `count` elements.
  func advance(
    _ current: UnsafePointer<Double>, gains: UnsafePointer<Double>,
    into next: UnsafeMutablePointer<Double>, parents: UnsafeMutablePointer<UInt16>
  ) {
    if isUnlimited {
      advanceUnlimited(current, gains: gains, into: next, parents: parents)
      return
    }
    var head = 0
    var tail = 0
    var added = 0
    for level in 0..<count {
      let stop = Int(end[level])
      while added < stop {
        let value = current[added]
        while tail > head, queuedValue[tail &- 1] < value { tail &-= 1 }
        queue[tail] = Int32(truncatingIfNeeded: added)
        queuedValue[tail] = value
        tail &+= 1
        added &+= 1
      }
      let start = first[level]
      while queue[head] < start { head &+= 1 }
      next[level] = queuedValue[head] + gains[level]
      parents[level] = UInt16(truncatingIfNeeded: queue[head])
    }
  }

  private func advanceUnlimited(
    _ current: UnsafePointer<Double>, gains: UnsafePointer<Double>,
    into next: UnsafeMutablePointer<Double>, parents: UnsafeMutablePointer<UInt16>
  ) {
    let best = bestLevel(current, among: 0..<count)
    for level in 0..<count {
      next[level] = best.value + gains[level]
      parents[level] = UInt16(truncatingIfNeeded: best.level)
    }
  }
}

/// The lowest of the best levels in a range; −infinity and the range's start when none is reachable.
func bestLevel(_ values: UnsafePointer<Double>, among range: Range<Int>) -> (value: Double, level: Int) {
  var best = (value: -Double.infinity, level: range.lowerBound)
  for level in range where values[level] > best.value {
    best = (values[level], level)
  }
  return best
}
