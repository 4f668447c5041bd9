internal import MarketModel
internal import Synchronization
internal import TradingDesk

/// The opened days, the last few of them: opening one takes seconds, a question to an opened one milliseconds.
final class OfferDesks: Sendable {
  private struct State {
    var opened: [MarketDay: (stamp: FileStamp?, desk: OfferDesk)] = [:]
    var order: [MarketDay] = []
    var opening: [MarketDay: Task<OfferDesk, any Error>] = [:]
  }

  private let desk: TradingDesk
  private let state = Mutex(State())
  /// Each holds the scenarios of a day.
  private static let kept = 4

  init(desk: TradingDesk) { self.desk = desk }

  /// The opened day; those who ask while it is being opened wait for the same work.
  func desk(of day: MarketDay) async throws -> OfferDesk {
    let stamp = FileStamp(desk.file(.bids, of: day))
    if let known = state.withLock({ $0.opened[day] }), known.stamp == stamp { return known.desk }
    let own = desk
    let task = state.withLock { state in
      if let running = state.opening[day] { return running }
      let task = Task { try await blocking { try own.openOffers(day) } }
      state.opening[day] = task
      return task
    }
    let result = await task.result
    return try state.withLock { state in
      state.opening[day] = nil
      let opened = try result.get()
      state.order.removeAll { $0 == day }
      state.order.append(day)
      state.opened[day] = (stamp, opened)
      if state.order.count > OfferDesks.kept { state.opened[state.order.removeFirst()] = nil }
      return opened
    }
  }
}
