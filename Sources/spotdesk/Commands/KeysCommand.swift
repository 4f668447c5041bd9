import ArgumentParser
import Foundation
import HTTPAPI
import TradingDesk

struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Makes, lists and revokes the API keys of a workspace.",
    discussion: """
      spotdesk keys add "Li Wei" --role trader --workspace desk
      spotdesk keys list --workspace desk
      spotdesk keys revoke "Li Wei" --workspace desk

      The workspace keeps only a hash; the key itself is shown once. Roles: viewer reads; trader drafts, runs and submits; \
      checker approves as well; administrator may do everything. Once there is a key, every request needs one. A revoked \
      key ends at once, in a running server too.
      """, subcommands: [Add.self, List.self, Revoke.self])

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Makes a key and shows it once.")

    @Argument(help: ArgumentHelp("The person or program that gets it.", valueName: "name"))
    var name: String

    @Option(help: "viewer, trader, checker or administrator.")
    var role = Role.viewer

    @OptionGroup var options: DeskOptions

    func run() throws {
      try reporting {
        let (key, secret) = try ring(options).add(name: name, role: role, now: Date())
        StandardError.write(
          "key \(key.id) of \(key.name), role \(key.role.rawValue); keep it, it is not shown again:\n")
        StandardOutput.write(secret + "\n")
      }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Lists the keys without their secrets.")

    @OptionGroup var options: DeskOptions

    func run() throws {
      try reporting {
        let keys = try ring(options).keys()
        if options.json {
          StandardOutput.write(try encodedDocument(KeyList(keys: keys.map(KeyList.Row.init))))
        } else {
          var table = TextTable(
            ["key", "name", "role", "made", "revoked"], alignments: [.left, .left, .left, .left, .left])
          for key in keys { table.append([key.id, key.name, key.role.rawValue, key.createdAt, key.revokedAt ?? ""]) }
          StandardOutput.write(table.rendered())
        }
      }
    }
  }

  struct Revoke: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "revoke", abstract: "Ends a key, by number or name.")

    @Argument(help: "The key's number, or its owner's name.")
    var key: String

    @OptionGroup var options: DeskOptions

    func run() throws {
      try reporting {
        let revoked = try ring(options).revoke(key, now: Date())
        StandardOutput.write("revoked key \(revoked.id) of \(revoked.name)\n")
      }
    }
  }
}

private func ring(_ options: DeskOptions) throws -> KeyRing {
  let workspace = try options.desk().workspace
  guard workspace.exists else {
    throw DeskProblem(
      .missingInput,
      "\(workspace.directory.path) is no workspace: it holds no spotdesk.sqlite. Create one with `spotdesk init`.")
  }
  return KeyRing(workspace: workspace)
}

private struct KeyList: Encodable {
  var schema = "spotdesk.keys/1"
  var keys: [Row]

  struct Row: Encodable {
    var id: String
    var name: String
    var role: String
    var createdAt: String
    var revokedAt: String?

    init(_ key: StoredKey) {
      (id, name, role) = (key.id, key.name, key.role.rawValue)
      (createdAt, revokedAt) = (key.createdAt, key.revokedAt)
    }
  }
}

extension Role: ExpressibleByArgument {}
