import Foundation
import Optimization
import Synchronization

/// Cost, bound and gap of a running solve on standard error: one line that is rewritten on a terminal, a line every ten
/// seconds elsewhere. Control-C ends the solve with the best commitment so far.
final class SolveLine: Sendable {
  private let isQuiet: Bool
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let shown = Mutex((seconds: -10.0, isOpen: false))
  private static let interrupts = Atomic<Int>(0)

  init(isQuiet: Bool) {
    self.isQuiet = isQuiet
    signal(SIGINT) { _ in
      SolveLine.interrupts.add(1, ordering: .relaxed)
      if SolveLine.interrupts.load(ordering: .relaxed) > 1 { _exit(130) }
    }
  }

  func report(_ name: String, _ progress: SolveProgress) -> SolveDecision {
    show(name, progress)
    return Self.interrupts.load(ordering: .relaxed) > 0 ? .cancel : .goOn
  }

  func end() {
    shown.withLock { state in
      if state.isOpen { StandardError.write("\n") }
      state.isOpen = false
    }
  }

  private func show(_ name: String, _ progress: SolveProgress) {
    guard !isQuiet else { return }
    shown.withLock { state in
      let wait = isTerminal ? 0.2 : 10
      guard progress.seconds - state.seconds >= wait || progress.seconds < state.seconds else { return }
      state.seconds = progress.seconds
      let best = progress.best.isFinite ? String(format: "%.2f", progress.best) : "–"
      let bound = progress.bound.isFinite ? String(format: "%.2f", progress.bound) : "–"
      let gap = progress.gap.isFinite ? String(format: ", gap %.3f %%", 100 * progress.gap) : ""
      let text = "\(name): \(String(format: "%.0f", progress.seconds)) s, cost \(best), bound \(bound)\(gap)"
      StandardError.write(isTerminal ? "\r\u{1B}[2K" + text : text + "\n")
      state.isOpen = isTerminal
    }
  }
}
