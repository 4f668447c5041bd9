internal import Foundation

/// Who lives through the tasks of a batch.
public enum BatchExecutor: Hashable, Sendable {
  /// This process, on its threads.
  case local
  /// Processes of this machine, one for each shard, as many at once as there are threads.
  case processes(shards: Int)
  /// A job array of the Slurm workload manager, one element for each shard.
  case slurm(shards: Int)
}

/// A part of a batch: every `count`-th task from `index` on.
public struct BatchShard: Hashable, Sendable {
  public let index: Int
  public let count: Int

  public init(index: Int, count: Int) {
    self.index = index
    self.count = count
  }

  /// Places of its tasks among all.
  func places(of tasks: Int) -> [Int] { Array(stride(from: index, to: tasks, by: count)) }
}

extension TradingDesk {
  func execute(_ batch: BatchRun, _ request: StrategyRequest) throws {
    switch request.executor {
    case .local:
      try batch.live(
        batch.tasks, resume: request.resume, threads: request.settings.threads, say: progress
      ) { done, all in
        try checkCancelled()
        request.hooks.progress(done, all)
      }
    case .processes(let shards), .slurm(let shards):
      if !request.resume { try batch.clear() }
      let identifier = batch.directory.lastPathComponent
      let work = ShardedWork(
        workspace: workspace.directory, data: dataDirectory, run: batch.directory, identifier: identifier,
        shards: min(shards, batch.tasks.count))
      let watch = BatchWatch(batch: batch, progress: request.hooks.progress)
      if case .slurm = request.executor {
        try work.runOnSlurm(watch: watch.look)
      } else {
        try work.runProcesses(atOnce: request.settings.threads, watch: watch.look)
      }
    }
  }

  /// Lives through the tasks of one shard of a prepared run; what an earlier attempt finished stays.
  public func runShard(_ shard: BatchShard, of identifier: String, threads: Int, hooks: EvaluationHooks) throws {
    let batch = try openBatch(identifier)
    try lockedRun(batch.directory, "shard-\(shard.index)") {
      try batch.live(
        shard.places(of: batch.tasks.count).map { batch.tasks[$0] }, resume: true, threads: threads, say: progress,
        progress: hooks.progress)
    }
  }
}

extension BatchRun {
  /// Removes what an earlier run of the same batch left.
  func clear() throws {
    for task in tasks {
      let file = journalFile(task)
      guard FileManager.default.fileExists(atPath: file.path) else { continue }
      do { try FileManager.default.removeItem(at: file) } catch {
        throw DeskProblem(.cannotWrite, "\(file.path) cannot be removed: \(systemSentence(error)).")
      }
    }
  }
}

/// Counts what the shards of a batch have written.
struct BatchWatch {
  let batch: BatchRun
  let progress: (Int, Int) -> Void

  func look() {
    let done = batch.tasks.reduce(0) { sum, task in
      let data = FileManager.default.contents(atPath: batch.journalFile(task).path) ?? Data()
      return sum + data.count { $0 == 10 }
    }
    progress(done, batch.tasks.count * batch.days.count)
  }
}

/// Shards of a run as commands of this program: `spotdesk shard RUN --index I --count N --workspace W`.
struct ShardedWork {
  let workspace: URL
  let data: URL
  let run: URL
  let identifier: String
  let shards: Int

  private var program: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  }

  private func arguments(_ index: String) -> [String] {
    ["shard", identifier, "--index", index, "--count", "\(shards)", "--workspace", workspace.path, "--threads", "1"]
  }

  /// Attempts that a shard gets before the batch is given up.
  static let attempts = 3

  func runProcesses(atOnce: Int, watch: () -> Void) throws {
    var waiting = Array((0..<shards).reversed())
    var tries = [Int](repeating: 0, count: shards)
    var running: [(index: Int, process: Process)] = []
    defer { for each in running { each.process.terminate() } }
    while !waiting.isEmpty || !running.isEmpty {
      while running.count < atOnce, let index = waiting.popLast() {
        tries[index] += 1
        running.append((index, try start(index)))
      }
      Thread.sleep(forTimeInterval: 0.05)
      watch()
      for (index, process) in running where !process.isRunning && process.terminationStatus != 0 {
        guard tries[index] < ShardedWork.attempts else {
          throw DeskProblem(
            .internalError,
            "Shard \(index) of \(shards) failed \(tries[index]) times (exit code \(process.terminationStatus)); see \(log(index).path), mend, and go on with --resume."
          )
        }
        waiting.append(index)
      }
      running.removeAll { !$0.process.isRunning }
    }
  }

  private func log(_ index: Int) -> URL { run.appending(path: "shard-\(index).log") }

  private func start(_ index: Int) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments("\(index)")
    process.environment = ProcessInfo.processInfo.environment.merging(["SPOTDESK_DATA": data.path]) { $1 }
    do {
      try Data().write(to: log(index))
      process.standardError = try FileHandle(forWritingTo: log(index))
      process.standardOutput = FileHandle.nullDevice
      try process.run()
    } catch {
      throw DeskProblem(.cannotWrite, "Shard \(index) cannot be started: \(systemSentence(error)).")
    }
    return process
  }

  // MARK: Slurm

  /// The array's script. A shard that fails is put back into the queue by the engine, at the most twice.
  var slurmScript: String {
    func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
    let words = ([program] + arguments("INDEX")).map { $0 == "INDEX" ? "\"$SLURM_ARRAY_TASK_ID\"" : quoted($0) }
    return """
      #!/bin/bash
      #SBATCH --job-name=spotdesk-\(identifier)
      #SBATCH --array=0-\(shards - 1)
      #SBATCH --cpus-per-task=1
      #SBATCH --requeue
      #SBATCH --open-mode=append
      #SBATCH --output=\(run.path)/shard-%a.log
      export SPOTDESK_DATA=\(quoted(data.path))
      \(words.joined(separator: " ")) > /dev/null && exit 0
      code=$?
      if [ "${SLURM_RESTART_COUNT:-0}" -lt \(ShardedWork.attempts - 1) ]; then scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"; fi
      exit $code

      """
  }

  func runOnSlurm(watch: () -> Void) throws {
    try Workspace.write([("slurm.sh", Data(slurmScript.utf8))], in: run)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["sbatch", "--parsable", "--wait", run.appending(path: "slurm.sh").path]
    let output = Pipe()
    process.standardOutput = output
    do { try process.run() } catch {
      throw DeskProblem(.notFound, "sbatch cannot be started: \(systemSentence(error)).")
    }
    while process.isRunning {
      Thread.sleep(forTimeInterval: 0.25)
      watch()
    }
    watch()
    guard process.terminationStatus == 0 else {
      throw DeskProblem(
        process.terminationStatus == 127 ? .notFound : .internalError,
        process.terminationStatus == 127
          ? "There is no sbatch on this machine; install Slurm (docs/cluster.md) or use --executor local."
          : "The job array failed (exit code \(process.terminationStatus)); see \(run.path)/shard-*.log, mend, and go on with --resume."
      )
    }
  }
}
