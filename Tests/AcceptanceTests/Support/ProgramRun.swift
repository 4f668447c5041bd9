import Foundation
import Testing

/// One finished run of a program.
struct ProgramRun {
  let status: Int32
  /// The process was ended by a signal; `status` is its number then.
  let wasKilled: Bool
  let output: Data
  let errors: String

  var text: String { String(decoding: output, as: UTF8.self) }
  /// Lines on standard error that are not empty.
  var errorLines: [String] { errors.split(separator: "\n").map(String.init) }

  func json() throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: output) as? [String: Any])
  }

  /// The run did what was asked.
  func succeeded(sourceLocation: SourceLocation = #_sourceLocation) throws -> ProgramRun {
    try #require(status == 0 && !wasKilled, "exit \(status): \(errors)", sourceLocation: sourceLocation)
    return self
  }
}

/// A program that has been started; its output goes to files, so that no pipe can fill up.
struct StartedProgram {
  let process = Process()
  private let outputFile: URL
  private let errorFile: URL

  init(_ executable: URL, _ arguments: [String], environment changes: [String: String], directory: URL?) throws {
    let folder = try Acceptance.newFolder()
    outputFile = folder.appending(path: "output")
    errorFile = folder.appending(path: "errors")
    for file in [outputFile, errorFile] { try Data().write(to: file) }
    var environment = ProcessInfo.processInfo.environment
    for name in ["SPOTDESK_DATA", "SPOTDESK_WORKSPACE"] { environment[name] = nil }
    environment.merge(changes) { $1 }
    process.executableURL = executable
    process.arguments = arguments
    process.environment = environment
    process.currentDirectoryURL = directory
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
  }

  func finish() throws -> ProgramRun {
    process.waitUntilExit()
    return ProgramRun(
      status: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
      output: try Data(contentsOf: outputFile), errors: String(decoding: try Data(contentsOf: errorFile), as: UTF8.self)
    )
  }
}

/// The program under test, beside the tests in the build folder.
enum SpotDesk {
  static let executable: URL? = {
    let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    for start in [own, URL(filePath: CommandLine.arguments.first ?? "")] {
      let candidate = start.deletingLastPathComponent().appending(path: "spotdesk")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
    }
    return nil
  }()

  static func start(
    _ arguments: [String], environment: [String: String] = [:], directory: URL? = nil
  ) throws -> StartedProgram {
    guard let executable else {
      throw SetUpFailure(description: "spotdesk was not found beside the tests; run `swift build --build-tests`")
    }
    return try StartedProgram(executable, arguments, environment: environment, directory: directory)
  }

  /// Runs the program in a workspace, if one is given, without its progress.
  static func run(
    _ arguments: String..., workspace: URL? = nil, environment: [String: String] = [:], directory: URL? = nil
  ) throws -> ProgramRun {
    let place = workspace.map { ["--workspace", $0.path] } ?? []
    return try start(arguments + place + ["--quiet"], environment: environment, directory: directory).finish()
  }

  /// Runs the program with a list of arguments and no workspace.
  static func run(_ arguments: [String]) throws -> ProgramRun {
    try start(arguments + ["--quiet"], environment: [:], directory: nil).finish()
  }
}

/// Tools of the system that the tests use: python3 (installed by `.ci/setup`), gzip, mount.
enum SystemTool {
  static func run(_ arguments: String...) throws -> ProgramRun {
    try StartedProgram(URL(filePath: "/usr/bin/env"), arguments, environment: [:], directory: nil).finish()
  }
}

/// A refusal: the exit code, and one sentence on standard error with the words that make it of use.
func expectRefusal(
  _ run: ProgramRun, exit status: Int32, saying words: [String], sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(run.status == status && !run.wasKilled, "\(run.errors)", sourceLocation: sourceLocation)
  #expect(run.output.isEmpty, "nothing belongs on standard output", sourceLocation: sourceLocation)
  let lines = run.errorLines
  #expect(lines.count == 1, "one sentence: \(run.errors)", sourceLocation: sourceLocation)
  let sentence = lines.first ?? ""
  let isWhole = sentence.hasPrefix("spotdesk: ") && [".", "?"].contains(sentence.suffix(1))
  #expect(isWhole, "\(sentence)", sourceLocation: sourceLocation)
  for word in words {
    #expect(sentence.contains(word), "\"\(word)\" is missing in: \(sentence)", sourceLocation: sourceLocation)
  }
}
