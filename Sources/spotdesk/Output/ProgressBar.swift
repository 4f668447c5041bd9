import Foundation
import Synchronization
import TradingDesk

/// Days done and time left on standard error: a bar on a terminal, a line for every tenth elsewhere.
final class ProgressBar: Sendable {
  private struct State {
    /// Days done at some instants of the last half minute: what was done before this run, or all at once, says nothing of the pace.
    var seen: [(time: Double, done: Int)] = []
    var shown = 0.0
    var lastTenth = 0
    var isOpen = false

    mutating func secondsLeft(at now: Double, done: Int, of total: Int) -> Double {
      // Another piece of work has begun.
      if let first = seen.first, first.done > done { (seen, lastTenth) = ([], 0) }
      if seen.last.map({ now - $0.time >= 0.5 }) ?? true { seen.append((now, done)) }
      while seen.count > 2, now - seen[1].time > 30 { seen.removeFirst() }
      guard let first = seen.first, done > first.done else { return .nan }
      return (now - first.time) / Double(done - first.done) * Double(total - done)
    }
  }

  private let isQuiet: Bool
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let state = Mutex(State())

  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  var hooks: EvaluationHooks {
    EvaluationHooks(
      progress: { self.show($0, of: $1) }, say: { self.say($0) }, stopwatch: { ProgressBar.seconds() })
  }

  /// Ends the bar's line.
  func end() {
    state.withLock { state in
      if state.isOpen { StandardError.write("\n") }
      state.isOpen = false
    }
  }

  private func say(_ sentence: String) {
    guard !isQuiet else { return }
    StandardError.write(sentence + "\n")
  }

  private func show(_ done: Int, of total: Int) {
    guard !isQuiet, total > 0 else { return }
    let now = ProgressBar.seconds()
    state.withLock { state in
      let left = state.secondsLeft(at: now, done: done, of: total)
      if isTerminal {
        guard now - state.shown >= 0.1 || done == total else { return }
        (state.shown, state.isOpen) = (now, true)
        let filled = done * 40 / total
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 40 - filled)
        StandardError.write("\r\u{1B}[2K\(bar) \(done) of \(total) days" + ProgressBar.remaining(left, done < total))
      } else if done * 10 / total > state.lastTenth {
        state.lastTenth = done * 10 / total
        StandardError.write("\(done) of \(total) days" + ProgressBar.remaining(left, done < total) + "\n")
      }
    }
  }

  private static func remaining(_ seconds: Double, _ isUnfinished: Bool) -> String {
    guard isUnfinished, seconds.isFinite else { return "" }
    let whole = Int(seconds.rounded(.up))
    if whole < 60 { return ", \(whole) s left" }
    return whole < 3_600
      ? ", \(whole / 60) min \(whole % 60) s left" : ", \(whole / 3_600) h \(whole / 60 % 60) min left"
  }

  private static let origin = ContinuousClock.now

  private static func seconds() -> Double {
    let (seconds, attoseconds) = origin.duration(to: .now).components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}
