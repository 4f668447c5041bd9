public import Foundation
public import TradingDesk

/// The tools for one program that started this one: a message a line in, a message a line out.
public struct ToolSession: Sendable {
  private let server: ToolServer

  /// - Parameter secret: an API key; without one, and without keys in the workspace, the tools only read.
  /// - Throws: `DeskProblem` if the workspace is none, or the key is not in force.
  public init(desk: TradingDesk, settings: ServerSettings, secret: String?) throws {
    guard desk.workspace.exists else {
      throw DeskProblem(
        .missingInput,
        "\(desk.workspace.directory.path) is no workspace: it holds no spotdesk.sqlite. Create one with `spotdesk init`."
      )
    }
    let api = try API(desk: desk, settings: settings, log: RequestLog(everyRequest: false))
    var caller = Caller(name: "local", role: .viewer, key: "")
    if let secret {
      guard let known = try api.keys.caller(secret: secret) else {
        throw DeskProblem(.badData, "The key in SPOTDESK_KEY is unknown or was revoked.")
      }
      caller = known
    }
    server = ToolServer(api: api, caller: caller)
  }

  /// The answer to one line; nil if it wants none.
  public func answer(_ line: Data) async -> Data? { await server.answer(line) }
}
