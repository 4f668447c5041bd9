internal import Foundation
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import ServiceLifecycle
public import TradingDesk

/// The server: one process for the API and the dashboard.
public struct APIServer: Sendable {
  private let api: API
  private let settings: ServerSettings

  /// - Throws: `DeskProblem` if the workspace is none, or the server would be open to the network without keys.
  public init(desk: TradingDesk, settings: ServerSettings) throws {
    guard desk.workspace.exists else {
      throw DeskProblem(
        .missingInput,
        "\(desk.workspace.directory.path) is no workspace: it holds no spotdesk.sqlite. Create one with `spotdesk init`."
      )
    }
    self.settings = settings
    api = try API(desk: desk, settings: settings, log: RequestLog(everyRequest: settings.logsEveryRequest))
    guard try settings.isLoopback || !api.keys.keys().isEmpty else {
      throw DeskProblem(
        .badData,
        "\(settings.host) is open to the network; make a key first with `spotdesk keys add NAME --role administrator`.")
    }
  }

  /// Answers until the process is asked to stop (SIGINT, SIGTERM), then lets running answers end.
  ///
  /// - Returns: false if a job still computes on its thread after the time that it had to end: the process must then leave without
  ///   taking its libraries down under it.
  public func run() async throws -> Bool {
    let (api, settings) = (api, settings)
    var logger = Logger(label: "spotdesk") { _ in QuietLog() }
    logger.logLevel = .critical
    let application = Application(
      responder: APIResponder(api: api),
      server: .http1(
        configuration: .init(
          additionalChannelHandlers: [
            HeadDeadline(
              seconds: settings.receiveSeconds, idleSeconds: settings.idleSeconds,
              bodyLimit: max(settings.bodyLimit, settings.uploadLimit / 4))
          ], idleTimeout: .seconds(Int64(settings.idleSeconds)),
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))),
      configuration: ApplicationConfiguration(
        address: .hostname(settings.host, port: settings.port), serverName: "spotdesk",
        availableConnectionsDelegate: MaximumAvailableConnections(settings.connections)),
      services: [StreamEnd(api: api)],
      onServerRunning: { channel in
        let port = channel.localAddress?.port ?? settings.port
        api.log.event(
          "info", "listening",
          ["address": "http://\(settings.host):\(port)/", "keys": (try? api.keys.keys().isEmpty) == false])
      }, logger: logger)
    do {
      try await application.runService()
    } catch let error as IOError {
      throw DeskProblem(
        .cannotWrite,
        "\(settings.host):\(settings.port) cannot be listened on: \(String(cString: strerror(error.errnoCode))).")
    }
    let end = Date().addingTimeInterval(Double(settings.stopSeconds))
    while !api.jobs.isIdle, Date() < end { try await Task.sleep(for: .milliseconds(100)) }
    api.log.event("info", "stopped")
    return api.jobs.isIdle
  }
}

/// Ends event streams and waiting jobs when the server is asked to stop, so that nothing holds it back.
private struct StreamEnd: Service {
  let api: API

  func run() async throws {
    try? await gracefulShutdown()
    api.jobs.stop()
  }
}

/// Hummingbird's own lines are not printed: every request is told by ``RequestLog``.
private struct QuietLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.critical
  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }
  func log(event: LogEvent) {}
}
