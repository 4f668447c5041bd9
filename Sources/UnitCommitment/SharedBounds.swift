internal import Optimization
internal import Synchronization

/// What two searches for one commitment tell each other: the neighbourhoods their best cost, the whole programme its bound,
/// and either that it is done.
final class SharedBounds: Sendable {
  private struct State {
    var objective = Double.infinity
    var bound = -Double.infinity
    var isOver = false
  }

  private let state = Mutex(State())
  private let gap: Double

  init(gap: Double) { self.gap = gap }

  var bound: Double { state.withLock { $0.bound } }

  /// Whether one of the searches has ended, or cost and bound lie within the gap.
  var isOver: Bool {
    state.withLock { state in
      state.isOver
        || state.objective.isFinite && state.objective - state.bound <= gap * max(abs(state.objective), 1e-9)
    }
  }

  func found(objective: Double) { state.withLock { $0.objective = min($0.objective, objective) } }

  func proved(bound: Double) { state.withLock { $0.bound = max($0.bound, bound) } }

  func end() { state.withLock { $0.isOver = true } }
}
