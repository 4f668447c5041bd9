import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

/// What a command prints, and where.
struct ConsoleOptions: ParsableArguments {
  @Flag(help: "Print one JSON document on standard output instead of a table.")
  var json = false

  @Flag(name: [.short, .long], help: "No progress on standard error.")
  var quiet = false
}

/// How many threads may work.
struct ThreadOption: ParsableArguments {
  @Option(help: "Threads to use; results do not depend on it. Default: the processor's cores.")
  var threads: Int?

  var count: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

  func validate() throws {
    guard (1...64).contains(count) || threads == nil else {
      throw ValidationError("--threads is \(count); use 1 to 64.")
    }
  }
}

/// Options that every command on a workspace shares.
struct DeskOptions: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "The workspace folder.", discussion: "Default: $SPOTDESK_WORKSPACE, or the current folder.", valueName: "dir"))
  var workspace: String?

  @OptionGroup
  var console: ConsoleOptions

  @Flag(name: .customLong("no-color"), help: "No colours (as with NO_COLOR=1).")
  var noColour = false

  func desk(_ directory: String? = nil) throws -> TradingDesk {
    let environment = ProcessInfo.processInfo.environment
    let named = directory ?? workspace ?? environment["SPOTDESK_WORKSPACE"] ?? "."
    let quiet = console.quiet
    return try TradingDesk(
      workspace: Workspace(URL(filePath: named)),
      dataDirectory: DataDirectory.locate(
        executable: URL(filePath: CommandLine.arguments.first ?? "").resolvedExecutable,
        workingDirectory: URL(filePath: FileManager.default.currentDirectoryPath), environment: environment),
      programVersion: "spotdesk \(SpotDesk.version)", now: { Date() },
      progress: { if !quiet { StandardError.write($0 + "\n") } })
  }

  var json: Bool { console.json }
  var quiet: Bool { console.quiet }

  var colours: TerminalColours {
    .standardOutput(noColour: noColour, environment: ProcessInfo.processInfo.environment)
  }
}

/// Choices of whoever prepares days, one or many.
struct ScenarioOptions: ParsableArguments {
  @Option(help: "Seed of the price scenarios.")
  var seed: UInt64 = 1

  @Option(help: "Number of price scenarios.")
  var scenarios = 200

  @Option(help: "Weight of the worst 5 % of scenarios against the mean; 0 is risk-neutral.")
  var riskAversion = 0.1

  @Option(
    name: [.long, .customLong("jobs")],
    help: "Threads to use; results do not depend on it. Default: the processor's cores.")
  var threads: Int?

  func validate() throws {
    guard (20...2_000).contains(scenarios) else {
      throw ValidationError("--scenarios is \(scenarios); use 20 to 2000.")
    }
    guard (0...1).contains(riskAversion) else {
      throw ValidationError("--risk-aversion is \(riskAversion); use 0 to 1.")
    }
    guard (1...64).contains(threads ?? 1) else { throw ValidationError("--threads is \(threads ?? 0); use 1 to 64.") }
  }

  var settings: DaySettings {
    DaySettings(
      seed: seed, scenarios: scenarios, riskAversion: riskAversion,
      threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
  }
}

extension URL {
  /// The running program's file, also when it was found through PATH.
  var resolvedExecutable: URL {
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
  } catch let exit as ExitCode {
    throw exit
  } catch let usage as ValidationError {
    throw usage
  } catch {
    let problem = DeskProblem(error)
    StandardError.write("spotdesk: \(problem.description)\n")
    throw ExitCode(problem.exitCode)
  }
}

extension DeskProblem {
  var exitCode: Int32 {
    switch kind {
    case .internalError: 1
    case .refused: 2
    case .notFound: 3
    case .infeasible: 5
    case .badData: 65
    case .missingInput: 66
    case .cannotWrite: 73
    case .busy: 75
    case .cancelled: 130
    }
  }
}
