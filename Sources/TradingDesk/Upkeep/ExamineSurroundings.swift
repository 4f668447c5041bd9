internal import Foundation
internal import MarketStore

/// What the operating system says about the workspace.
extension TradingDesk {
  func folderCheck() -> HealthReport.Check {
    let path = workspace.directory.path
    var facts = stat()
    guard access(path, R_OK | W_OK | X_OK) == 0, access(workspace.storeFile.path, R_OK | W_OK) == 0,
      stat(path, &facts) == 0
    else {
      return .init(
        .workspace, .bad, "\(path) or its store cannot be read and written by this user",
        remedy: "Run as the owner of the workspace, or give the files back to him (chown).")
    }
    if facts.st_mode & S_IWOTH != 0 {
      return .init(.workspace, .bad, "everybody on this machine may write to \(path)", remedy: "chmod o-w \(path)")
    }
    if let file = fileOfAnother(than: facts.st_uid) {
      return .init(
        .workspace, .warning, "\(file) belongs to another user than the workspace: a command ran as somebody else",
        remedy: "chown -R --reference=\(workspace.storeFile.path) \(path); run commands as the workspace's owner.")
    }
    let leftovers = leftovers()
    guard leftovers.isEmpty else {
      return .init(
        .workspace, .warning, "left by a command that was stopped: \(leftovers.joined(separator: ", "))",
        remedy: "They may be deleted while no command runs.")
    }
    return .init(.workspace, .good, "\(path) can be read and written")
  }

  /// The first file whose owner is not that of the workspace; its owner's commands may fail on it.
  private func fileOfAnother(than owner: uid_t) -> String? {
    let files = (try? workspace.keptFiles().files) ?? []
    return (files + [workspace.storeFile.lastPathComponent]).first { file in
      var facts = stat()
      return lstat(workspace.directory.appending(path: file).path, &facts) == 0 && facts.st_uid != owner
    }
  }

  /// Files that were being written more than an hour ago.
  private func leftovers() -> [String] {
    let folders = [workspace.directory, workspace.directory.appending(path: "days")]
    let days = (try? FileManager.default.contentsOfDirectory(atPath: folders[1].path)) ?? []
    return (folders + days.sorted().map { folders[1].appending(path: $0) }).flatMap { folder in
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      return names.sorted().filter { name in
        guard name.hasPrefix("."), name.contains(".partial") else { return false }
        var facts = stat()
        guard lstat(folder.appending(path: name).path, &facts) == 0 else { return false }
        return Double(facts.st_mtim.tv_sec) < now().timeIntervalSince1970 - 3_600
      }
    }
  }

  /// Reads the system's list of locks, because trying the lock could turn a trader's command away.
  func lockCheck() -> HealthReport.Check {
    let file = workspace.directory.appending(path: WorkspaceLock.fileName)
    var facts = stat()
    guard stat(file.path, &facts) == 0 else { return .init(.lock, .good, "no command is writing") }
    guard let locks = try? String(contentsOfFile: "/proc/locks", encoding: .utf8) else {
      return .init(.lock, .unchecked, "the system does not say who holds locks")
    }
    let isHeld = locks.split(separator: "\n").contains { line in
      line.contains(" FLOCK ") && line.contains(":\(facts.st_ino) ")
    }
    guard isHeld else { return .init(.lock, .good, "no command is writing") }
    let holder = (try? String(contentsOf: file, encoding: .utf8)).map { $0.prefix { $0.isNumber } } ?? ""
    return .init(
      .lock, .warning, "process \(holder.isEmpty ? "unknown" : String(holder)) is writing",
      remedy: "Wait for it; if it hangs, stop it: the lock ends with it.")
  }

  func diskCheck(storeBytes: Int) -> HealthReport.Check {
    var facts = statvfs()
    guard statvfs(workspace.directory.path, &facts) == 0 else {
      return .init(.disk, .unchecked, "the system does not say how much room there is")
    }
    let free = Int(facts.f_bavail) * Int(facts.f_frsize)
    let hasNames = facts.f_files == 0 || facts.f_favail > 1_000
    let finding = "\(byteText(free)) free" + (hasNames ? "" : ", room for \(facts.f_favail) more files")
    // A day writes some megabytes; a backup beside it needs twice the store.
    if free < 50_000_000 || !hasNames {
      return .init(.disk, .bad, finding, remedy: "Make room now: a day may not be written. See docs/operations.md.")
    }
    if free < max(1_000_000_000, 2 * storeBytes) {
      return .init(.disk, .warning, finding, remedy: "Make room: old runs, old backups, logs.")
    }
    return .init(.disk, .good, finding)
  }

  func clockCheck(lastWrittenAt: Date?) -> HealthReport.Check {
    var latest = lastWrittenAt ?? .distantPast
    var facts = stat()
    if stat(workspace.storeFile.path, &facts) == 0 {
      latest = max(latest, Date(timeIntervalSince1970: Double(facts.st_mtim.tv_sec)))
    }
    let present = now()
    guard present.timeIntervalSince(latest) >= -60 else {
      return .init(
        .clock, .bad,
        "it is \(present.formatted(.iso8601)) by this clock, but the store was written at \(latest.formatted(.iso8601))",
        remedy: "Set the clock (timedatectl) before you do anything else: gates and times of publication hang on it.")
    }
    return .init(.clock, .good, "\(present.formatted(.iso8601)), later than all that was written")
  }

  func keysCheck() -> HealthReport.Check {
    let file = workspace.directory.appending(path: "api-keys.json")
    var facts = stat()
    guard stat(file.path, &facts) == 0 else {
      return .init(.keys, .good, "no API keys: the server answers this machine alone")
    }
    guard facts.st_mode & 0o077 == 0 else {
      return .init(
        .keys, .bad, "others than its owner may read or write \(file.path)",
        remedy: "chmod 600 \(file.path), and make new keys if others had access.")
    }
    guard let data = try? Data(contentsOf: file), let keys = try? JSONSerialization.jsonObject(with: data) as? [Any]
    else {
      return .init(
        .keys, .bad, "\(file.path) cannot be read: the server lets nobody in",
        remedy: "Restore it from a backup, or delete it and make new keys.")
    }
    return .init(.keys, .good, "\(keys.count) keys, readable by their owner alone")
  }
}
