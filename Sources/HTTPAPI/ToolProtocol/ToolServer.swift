internal import Foundation

/// Speaks the Model Context Protocol (JSON-RPC 2.0): lists the tools that a caller may use and calls them.
struct ToolServer: Sendable {
  let api: API
  let caller: Caller

  /// Versions of the protocol, the newest first.
  private static let versions = ["2025-06-18", "2025-03-26", "2024-11-05"]

  private var tools: [Tool] { allTools.filter { $0.role <= caller.role } }

  /// Answers one message; nil for a notification, which wants no answer.
  func answer(_ message: Data) async -> Data? {
    guard Nesting.isShallow(message), let object = try? JSONSerialization.jsonObject(with: message) as? [String: Any]
    else { return ToolServer.encoded(ToolServer.failure(NSNull(), -32_700, "The message is no JSON object.")) }
    let id = object["id"]
    guard let method = object["method"] as? String, object["jsonrpc"] as? String == "2.0" else {
      return ToolServer.encoded(
        ToolServer.failure(id ?? NSNull(), -32_600, "The message is no request of JSON-RPC 2.0."))
    }
    guard let id else { return nil }
    let given = object["params"] as? [String: Any] ?? [:]
    switch method {
    case "initialize": return ToolServer.encoded(ToolServer.success(id, greeting(given)))
    case "ping": return ToolServer.encoded(ToolServer.success(id, [String: Any]()))
    case "tools/list": return ToolServer.encoded(ToolServer.success(id, ["tools": tools.map(\.description)]))
    case "tools/call":
      let arguments = ToolArguments(values: given["arguments"] as? [String: Any] ?? [:])
      guard let tool = tools.first(where: { $0.name == given["name"] as? String }) else {
        return ToolServer.encoded(
          ToolServer.failure(id, -32_602, "There is no such tool for the role \(caller.role.rawValue)."))
      }
      let (text, isError) = await call(tool, arguments)
      return ToolServer.encoded(
        ToolServer.success(id, ["content": [["type": "text", "text": text]], "isError": isError]))
    default: return ToolServer.encoded(ToolServer.failure(id, -32_601, "The method \(method.prefix(60)) is not known."))
    }
  }

  private func greeting(_ given: [String: Any]) -> [String: Any] {
    let asked = given["protocolVersion"] as? String ?? ""
    return [
      "protocolVersion": ToolServer.versions.contains(asked) ? asked : ToolServer.versions[0],
      "capabilities": ["tools": [String: Any]()],
      "serverInfo": ["name": "spotdesk", "version": "1"],
      "instructions":
        "Forecasts, bids, rules and reviews of an electricity spot-market desk. Power is gross MW, energy net MWh, prices per net MWh.",
    ]
  }

  private func call(_ tool: Tool, _ arguments: ToolArguments) async -> (text: String, isError: Bool) {
    do {
      let names = Set(tool.arguments.map(\.name))
      if let surplus = arguments.values.keys.filter({ !names.contains($0) }).sorted().first {
        throw APIProblem.body("/\(surplus)", "The tool takes no \(surplus).", "工具没有参数 \(surplus)。")
      }
      var request = try tool.request(arguments)
      request.id = "tool-" + tool.name
      request.headers["content-type"] = "application/json"
      let body = request.body
      let answer = await api.respond(to: request, as: caller) { _ in body }
      return (ToolServer.text(of: answer, tool, arguments), answer.status >= 400)
    } catch {
      return (API.problem(error).english, true)
    }
  }

  private static func text(of answer: APIResponse, _ tool: Tool, _ arguments: ToolArguments) -> String {
    let data: Data =
      switch answer.body {
      case .content(let content): content.data
      case .bytes(let bytes, _): bytes
      default: Data()
      }
    guard answer.status < 400, let excerpt = tool.excerpt,
      let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let short = try? JSONSerialization.data(
        withJSONObject: excerpt(object, arguments), options: [.sortedKeys, .withoutEscapingSlashes])
    else { return String(decoding: data, as: UTF8.self) }
    return String(decoding: short, as: UTF8.self)
  }

  private static func success(_ id: Any, _ result: Any) -> [String: Any] {
    ["jsonrpc": "2.0", "id": id, "result": result]
  }

  private static func failure(_ id: Any, _ code: Int, _ message: String) -> [String: Any] {
    ["jsonrpc": "2.0", "id": id, "error": ["code": code, "message": message] as [String: Any]]
  }

  private static func encoded(_ object: [String: Any]) -> Data {
    (try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])) ?? Data()
  }
}
