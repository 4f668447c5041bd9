internal import Foundation

/// The files of jobs in a workspace: one for each job, and one for a result of its own.
struct JobFolder: Sendable {
  let directory: URL

  init(_ directory: URL) {
    self.directory = directory
    try? FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  /// In the order in which they were asked for. What a stopped server left is interrupted, and that is written down.
  func load() -> [JobRecord] {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []).filter {
      $0.hasSuffix(".job.json")
    }
    var found: [JobRecord] = names.compactMap { name in
      (try? Data(contentsOf: directory.appending(path: name))).flatMap {
        try? JSONDecoder().decode(JobRecord.self, from: $0)
      }
    }
    found.sort { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    for index in found.indices where !found[index].state.isOver {
      found[index].state = .interrupted
      found[index].endedAt = isoText(Date())
      found[index].problem = JobFolder.interruption(of: found[index])
      found[index].version += 1
      save(found[index])
    }
    return found
  }

  /// What a stopped server left of a job, in one sentence.
  static func interruption(of job: JobRecord) -> String {
    let stage = job.startedAt == nil ? "waiting" : "running"
    return job.kind.goesOn
      ? "The server stopped while the job was \(stage); the days that were done are kept. Ask for it again, and it goes on from there."
      : "The server stopped while the job was \(stage); nothing of it was kept. Ask for it again."
  }

  func save(_ job: JobRecord) {
    try? job.encoded().write(to: directory.appending(path: "\(job.id).job.json"), options: .atomic)
  }

  func resultFile(_ id: String) -> URL { directory.appending(path: "\(id).result.json") }

  /// The same as a table, where the work has one of its own.
  func tableFile(_ id: String) -> URL { directory.appending(path: "\(id).result.csv") }

  func remove(_ id: String) {
    for file in [directory.appending(path: "\(id).job.json"), resultFile(id), tableFile(id)] {
      try? FileManager.default.removeItem(at: file)
    }
  }
}
