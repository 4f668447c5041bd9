internal import CMalloc
internal import Foundation
internal import MarketModel
internal import Synchronization
internal import TradingDesk

/// All jobs of a workspace: one runs at a time, on a thread of lower priority; each is a file, so that a stopped server can
/// say what it interrupted.
final class JobBoard: Sendable {
  private struct State {
    var jobs: [String: JobRecord] = [:]
    /// In the order in which they were asked for.
    var order: [String] = []
    var waiting: [String] = []
    var cancelled: Set<String> = []
    var listeners: [String: [Int: AsyncStream<JobRecord>.Continuation]] = [:]
    var nextListener = 0
    var isWorking = false
    var isStopping = false
  }

  private let desk: TradingDesk
  private let folder: JobFolder
  private let state = Mutex(State())
  /// Finished jobs that are kept.
  private static let kept = 500
  private static let longestQueue = 50

  /// - Parameter warn: what could not be read or written, where nobody waits for an answer.
  init(desk: TradingDesk, warn: @escaping @Sendable (String) -> Void) {
    self.desk = desk
    folder = JobFolder(desk.workspace.directory.appending(path: "jobs"), warn: warn)
    let records = folder.load()
    state.withLock { state in
      for job in records {
        state.jobs[job.id] = job
        state.order.append(job.id)
      }
    }
  }

  /// Newest first.
  func list() -> [JobRecord] { state.withLock { state in state.order.reversed().compactMap { state.jobs[$0] } } }

  func job(_ id: String) throws -> JobRecord {
    guard let job = state.withLock({ $0.jobs[id] }) else {
      throw APIProblem(.notFound, "There is no job \(id).", "没有编号为 \(id) 的任务。")
    }
    return job
  }

  func resultFile(_ id: String) -> URL { folder.resultFile(id) }
  func tableFile(_ id: String) -> URL { folder.tableFile(id) }

  func add(_ request: (kind: JobRecord.Kind, request: JobRequest), by caller: Caller) throws -> JobRecord {
    let number = UInt64.random(in: 0 ... .max)
    let job = JobRecord(
      id: "j" + String(number, radix: 36), kind: request.kind, request: request.request, requestedBy: caller.name,
      createdAt: isoText(Date()))
    let starts = try state.withLock { state in
      guard !state.isStopping, state.waiting.count < JobBoard.longestQueue else {
        throw APIProblem(
          .unavailable, "\(state.waiting.count) jobs are waiting; try again when some are done.", "排队任务过多，请稍后再试。")
      }
      try folder.save(job)
      state.jobs[job.id] = job
      state.order.append(job.id)
      state.waiting.append(job.id)
      defer { state.isWorking = true }
      return !state.isWorking
    }
    forgetOldest()
    if starts { startWorker() }
    return job
  }

  /// Asks a job to end; a waiting one ends at once, a running one after the day that it is at.
  func cancel(_ id: String) throws -> JobRecord {
    let job = try job(id)
    guard !job.state.isOver else {
      throw APIProblem(.conflict, "Job \(id) is over: \(job.state.rawValue).", "任务 \(id) 已结束：\(job.state.rawValue)。")
    }
    let wasWaiting = state.withLock { state in
      state.cancelled.insert(id)
      guard let place = state.waiting.firstIndex(of: id) else { return false }
      state.waiting.remove(at: place)
      return true
    }
    if wasWaiting { end(id, .cancelled, problem: "Cancelled before it began.") }
    return try self.job(id)
  }

  /// Every change of a job from now on, the present state first; ends with the job.
  func changes(of id: String) throws -> AsyncStream<JobRecord> {
    let now = try job(id)
    let (stream, continuation) = AsyncStream.makeStream(of: JobRecord.self, bufferingPolicy: .bufferingNewest(8))
    continuation.yield(now)
    guard !now.state.isOver else {
      continuation.finish()
      return stream
    }
    let number = state.withLock { state in
      state.nextListener += 1
      state.listeners[id, default: [:]][state.nextListener] = continuation
      return state.nextListener
    }
    continuation.onTermination = { [weak self] _ in
      self?.state.withLock { _ = $0.listeners[id]?.removeValue(forKey: number) }
    }
    // The job may have ended between the two looks.
    if let after = try? job(id), after.state.isOver {
      continuation.yield(after)
      continuation.finish()
    }
    return stream
  }

  /// Takes no more work and asks what runs to end.
  func stop() {
    let listeners = state.withLock { state in
      state.isStopping = true
      state.cancelled.formUnion(state.waiting)
      state.waiting = []
      for (id, job) in state.jobs where job.state == .running { state.cancelled.insert(id) }
      defer { state.listeners = [:] }
      return state.listeners.values.flatMap(\.values)
    }
    for listener in listeners { listener.finish() }
  }

  var isIdle: Bool { state.withLock { !$0.isWorking } }

  // MARK: - Working

  private func startWorker() {
    let thread = Thread { [weak self] in
      // On Linux this is the calling thread's own priority.
      setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 15)
      while let self, let id = self.takeNext() {
        self.run(id)
        // What a backtest took goes back to the system: kept in the allocator's arenas, it would stand beside the next one's.
        _ = malloc_trim(0)
      }
    }
    thread.stackSize = 8 << 20
    thread.name = "jobs"
    thread.start()
  }

  private func takeNext() -> String? {
    state.withLock { state in
      guard !state.waiting.isEmpty else {
        state.isWorking = false
        return nil
      }
      return state.waiting.removeFirst()
    }
  }

  private func run(_ id: String) {
    guard
      let job = change(
        id,
        {
          $0.state = .running
          $0.startedAt = isoText(Date())
        })
    else { return }
    let own = desk.following(
      progress: { [weak self] sentence in self?.advance(id, sentence) },
      isCancelled: { [weak self] in self?.state.withLock { $0.cancelled.contains(id) } ?? true })
    do {
      let outcome = try own.perform(job) { [weak self] done in self?.advance(id, to: done) }
      if let result = outcome.result { try result.write(to: resultFile(id), options: .atomic) }
      if let table = outcome.table { try table.write(to: tableFile(id), options: .atomic) }
      end(id, .done, resultUrl: outcome.url ?? "/api/v1/jobs/\(id)/result")
    } catch let problem as DeskProblem where problem.kind == .cancelled {
      let isStopping = state.withLock { $0.isStopping }
      end(
        id, isStopping ? .interrupted : .cancelled,
        problem: isStopping ? JobFolder.interruption(of: job) : problem.description)
    } catch {
      end(id, .failed, problem: API.problem(error).english)
    }
  }

  private func advance(_ id: String, _ sentence: String) {
    change(id) { job in
      job.stage = sentence
      guard !job.kind.tellsProgress else { return }
      if let from = job.request.from, let to = job.request.to,
        let day = sentence.split(separator: ":").first.flatMap({ MarketDay($0) })
      {
        job.progress = Double(from.distance(to: day) + 1) / Double(from.distance(to: to) + 1)
      } else {
        job.progress = min(0.9, job.progress + 0.3)
      }
    }
  }

  private func advance(_ id: String, to progress: Double) { change(id) { $0.progress = min(max(progress, 0), 1) } }

  private func end(_ id: String, _ end: JobRecord.State, resultUrl: String? = nil, problem: String? = nil) {
    let job = change(id) { job in
      job.state = end
      job.endedAt = isoText(Date())
      job.resultUrl = resultUrl
      job.problem = problem
      if end == .done { job.progress = 1 }
    }
    if let job { folder.keep(job) }
    let listeners = state.withLock { state in
      state.cancelled.remove(id)
      return state.listeners.removeValue(forKey: id) ?? [:]
    }
    // A listener that ends takes the lock itself.
    for listener in listeners.values { listener.finish() }
  }

  @discardableResult
  private func change(_ id: String, _ edit: (inout JobRecord) -> Void) -> JobRecord? {
    let changed = state.withLock { state -> JobRecord? in
      guard var job = state.jobs[id] else { return nil }
      edit(&job)
      job.version += 1
      state.jobs[id] = job
      for listener in (state.listeners[id] ?? [:]).values { listener.yield(job) }
      return job
    }
    if let changed, changed.state == .running, changed.progress == 0 { folder.keep(changed) }
    return changed
  }

  private func forgetOldest() {
    let old = state.withLock { state -> [String] in
      let surplus = state.order.count - JobBoard.kept
      guard surplus > 0 else { return [] }
      let gone = state.order.prefix(surplus).filter { state.jobs[$0]?.state.isOver ?? true }
      state.order.removeAll { gone.contains($0) }
      for id in gone { state.jobs[id] = nil }
      return Array(gone)
    }
    for id in old { folder.remove(id) }
  }
}
