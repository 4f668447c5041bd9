import ArgumentParser
import Foundation
import HTTPAPI
import TradingDesk

struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serves the dashboard and the HTTP API of a workspace.",
    discussion: """
      spotdesk serve --workspace desk
      spotdesk serve --workspace desk --port 9000
      spotdesk serve --workspace desk --host 0.0.0.0        keys are needed then: spotdesk keys add

      The dashboard is at http://127.0.0.1:8080/, the description of the API at /api/v1/openapi.json and, to be read, at \
      /docs. Documents have the bytes that the commands print with --json. Only this machine is answered unless --host \
      says otherwise. Ends cleanly on SIGINT and SIGTERM. One JSON line for each event goes to standard error.
      """)

  @Option(help: "The address to listen on.")
  var host = "127.0.0.1"

  @Option(help: "The port to listen on.")
  var port = 8_080

  @Option(help: "Reading requests a second for one caller; 0 for no limit.")
  var readLimit = 20_000.0

  @Option(help: "Writing requests a second for one caller; 0 for no limit.")
  var writeLimit = 20.0

  @Option(help: "Bytes of a request's body at most.")
  var bodyLimit = 1 << 20

  @Flag(help: "Log every request, not only those that write or fail.")
  var logRequests = false

  @OptionGroup var options: DeskOptions

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port is \(port); use 0 to 65535.") }
    guard (1_024...(64 << 20)).contains(bodyLimit) else {
      throw ValidationError("--body-limit is \(bodyLimit); use 1024 to \(64 << 20).")
    }
    guard readLimit >= 0, writeLimit >= 0 else { throw ValidationError("Limits are not below 0.") }
  }

  func run() throws {
    // A client that goes away must not end the server.
    signal(SIGPIPE, SIG_IGN)
    raiseDescriptorLimit()
    try reporting {
      let desk = try options.desk()
      var settings = ServerSettings(pages: desk.dashboardFolder)
      settings.host = host
      settings.port = port
      settings.readsPerSecond = readLimit
      settings.writesPerSecond = writeLimit
      settings.bodyLimit = bodyLimit
      settings.logsEveryRequest = logRequests
      settings.chartLibrary = ServerSettings.installedChartLibrary()
      let server = try APIServer(desk: desk, settings: settings)
      try waiting {
        let isIdle = try await server.run()
        // Destructors of the numerical libraries must not run under a job that still computes.
        if !isIdle { _exit(0) }
      }
    }
  }
}

/// Every connection is a descriptor, and the usual limit of 1,024 is below the connections that the server takes.
private func raiseDescriptorLimit() {
  var limit = rlimit()
  guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
  limit.rlim_cur = min(limit.rlim_max, 16_384)
  _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}

/// Waits on the calling thread for asynchronous work.
func waiting(_ work: @escaping @Sendable () async throws -> Void) throws {
  let end = DispatchSemaphore(value: 0)
  let outcome = Outcome()
  Task {
    do { try await work() } catch { outcome.error = error }
    end.signal()
  }
  end.wait()
  if let error = outcome.error { throw error }
}

/// Written before the semaphore is signalled and read after it was.
private final class Outcome: @unchecked Sendable {
  var error: (any Error)?
}
