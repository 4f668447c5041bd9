import ArgumentParser
import Foundation
import TradingDesk

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Writes the workspace into one archive, while others may go on working.",
    discussion: """
      spotdesk backup /backups --workspace desk              /backups/desk-20261121T023000Z.tar
      spotdesk backup /backups --keep 30 --workspace desk    and the oldest beyond thirty go
      spotdesk backup before.tar --workspace desk

      The archive holds the store as of one moment, every file beside it, and a manifest with the SHA-256 of each. It is a tar \
      file that only its owner may read. A damaged store is refused, so that no sound backup is pushed out by it.
      """)

  @Argument(help: ArgumentHelp("A new file, or a folder that is there.", valueName: "archive"))
  var archive: String

  @Option(help: ArgumentHelp("Archives of this workspace that stay in the folder.", valueName: "count"))
  var keep: Int?

  @Flag(help: "Leave the hashes of the API keys out.")
  var withoutKeys = false

  @OptionGroup var options: DeskOptions

  func validate() throws {
    guard let keep else { return }
    guard (1...10_000).contains(keep) else { throw ValidationError("--keep is \(keep); use 1 to 10000.") }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: archive, isDirectory: &isFolder), isFolder.boolValue else {
      throw ValidationError("--keep needs a folder of archives; \(archive) is none.")
    }
  }

  func run() throws {
    try reporting {
      let report = try options.desk().backUp(to: URL(filePath: archive), keep: keep, withKeys: !withoutKeys)
      if options.json { return StandardOutput.write(try encodedDocument(report)) }
      StandardOutput.write(OutcomeText(colours: options.colours).rendered(report))
    }
  }
}

struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Makes a workspace from an archive: all of it, proved file by file, or nothing.",
    discussion: """
      spotdesk restore /backups/desk-20261121T023000Z.tar --workspace desk
      spotdesk restore /backups/desk-20261121T023000Z.tar --check          reads and proves, writes nothing

      The workspace must not be there yet: move a damaged one away first, and keep it.
      """)

  @Argument(help: ArgumentHelp("What `spotdesk backup` wrote.", valueName: "archive"))
  var archive: String

  @Flag(help: "Only prove the archive.")
  var check = false

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      let desk = try options.desk()
      let file = URL(filePath: archive)
      let report = try check ? desk.checkArchive(file) : desk.restore(from: file)
      if options.json { return StandardOutput.write(try encodedDocument(report)) }
      StandardOutput.write(OutcomeText(colours: options.colours).rendered(report))
    }
  }
}
