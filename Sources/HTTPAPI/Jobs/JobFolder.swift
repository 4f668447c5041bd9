internal import Foundation
internal import TradingDesk

/// The files of jobs in a workspace: one for each job, and one for a result of its own.
struct JobFolder: Sendable {
  let directory: URL
  /// Says what could not be read or written, where nobody waits for an answer.
  let warn: @Sendable (String) -> Void

  init(_ directory: URL, warn: @escaping @Sendable (String) -> Void) {
    self.directory = directory
    self.warn = warn
  }

  /// In the order in which they were asked for. What a stopped server left is interrupted, and that is written down; what cannot be
  /// read stays where it is and is said.
  func load() -> [JobRecord] {
    guard FileManager.default.fileExists(atPath: directory.path) else { return [] }
    var found: [JobRecord] = []
    do {
      for name in try FileManager.default.contentsOfDirectory(atPath: directory.path) where name.hasSuffix(".job.json")
      {
        do {
          found.append(
            try JSONDecoder().decode(JobRecord.self, from: try Data(contentsOf: directory.appending(path: name))))
        } catch {
          warn("the job \(name) cannot be read and is not listed: \(error.localizedDescription)")
        }
      }
    } catch {
      warn("the jobs in \(directory.path) cannot be read: \(error.localizedDescription)")
    }
    found.sort { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    for index in found.indices where !found[index].state.isOver {
      found[index].state = .interrupted
      found[index].endedAt = isoText(Date())
      found[index].problem = JobFolder.interruption(of: found[index])
      found[index].version += 1
      keep(found[index])
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

  /// - Throws: `DeskProblem` if the job cannot be written: a job that would be forgotten is not taken.
  func save(_ job: JobRecord) throws {
    do {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
      try job.encoded().write(to: directory.appending(path: "\(job.id).job.json"), options: .atomic)
    } catch {
      throw DeskProblem(
        .cannotWrite, "\(directory.path) cannot take a job: \(error.localizedDescription) Make room, then ask again.")
    }
  }

  /// Keeps a later state of a job that was taken.
  func keep(_ job: JobRecord) {
    do { try save(job) } catch { warn("the state \(job.state.rawValue) of job \(job.id) is not kept: \(error)") }
  }

  func resultFile(_ id: String) -> URL { directory.appending(path: "\(id).result.json") }

  /// The same as a table, where the work has one of its own.
  func tableFile(_ id: String) -> URL { directory.appending(path: "\(id).result.csv") }

  func remove(_ id: String) {
    for file in [directory.appending(path: "\(id).job.json"), resultFile(id), tableFile(id)] {
      guard FileManager.default.fileExists(atPath: file.path) else { continue }
      do { try FileManager.default.removeItem(at: file) } catch {
        warn("\(file.path) cannot be removed: \(error.localizedDescription)")
      }
    }
  }
}
