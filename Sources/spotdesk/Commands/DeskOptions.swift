import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

/// Options that every command on a workspace shares.
struct DeskOptions: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "The workspace folder.", discussion: "Default: $SPOTDESK_WORKSPACE, or the current folder.", valueName: "dir"))
  var workspace: String?

  @Flag(help: "Print one JSON document on standard output instead of a table.")
  var json = false

  @Flag(name: [.short, .long], help: "No progress on standard error.")
  var quiet = false

  @Flag(name: .customLong("no-color"), help: "No colours (as with NO_COLOR=1).")
  var noColour = false

  func desk(_ directory: String? = nil) throws -> TradingDesk {
    let environment = ProcessInfo.processInfo.environment
    let named = directory ?? workspace ?? environment["SPOTDESK_WORKSPACE"] ?? "."
    let quiet = quiet
    return try TradingDesk(
      workspace: Workspace(URL(filePath: named)),
      dataDirectory: DataDirectory.locate(
        executable: URL(filePath: CommandLine.arguments.first ?? "").resolvedExecutable,
        workingDirectory: URL(filePath: FileManager.default.currentDirectoryPath), environment: environment),
      programVersion: "spotdesk \(SpotDesk.version)", now: { Date() },
      progress: { if !quiet { StandardError.write($0 + "\n") } })
  }

  var colours: TerminalColours {
    .standardOutput(noColour: noColour, environment: ProcessInfo.processInfo.environment)
  }
}

extension URL {
  /// The running program's file, also when it was found through PATH.
  fileprivate var resolvedExecutable: URL {
    let link = "/proc/self/exe"
    let target = try? FileManager.default.destinationOfSymbolicLink(atPath: link)
    return target.map { URL(filePath: $0) } ?? self
  }
}

enum StandardError {
  static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}

enum StandardOutput {
  static func write(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }
  static func write(_ data: Data) { FileHandle.standardOutput.write(data) }
}

extension MarketDay: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

/// Runs a command's work and turns the desk's problems into one sentence on standard error and an exit code.
func reporting(_ work: () throws -> Void) throws {
  do {
    try work()
  } catch let problem as DeskProblem {
    StandardError.write("spotdesk: \(problem.description)\n")
    throw ExitCode(problem.exitCode)
  }
}

extension DeskProblem {
  var exitCode: Int32 {
    switch kind {
    case .internalError: 1
    case .notFound: 3
    case .infeasible: 5
    case .badData: 65
    case .missingInput: 66
    case .cannotWrite: 73
    case .busy: 75
    }
  }
}
