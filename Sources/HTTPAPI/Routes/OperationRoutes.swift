internal import Foundation
internal import TradingDesk

let operationRoutes: [Route] = [
  Route(
    method: "GET", path: "/health", group: "Operations", summary: "Whether the process lives.", role: nil,
    answer: RouteAnswer(schema: "Health")
  ) { call in .json(Data("{\"status\":\"ok\"}\n".utf8)).header("cache-control", "no-store") },
  Route(
    method: "GET", path: "/ready", group: "Operations", summary: "Whether the workspace and the rules can be read.",
    role: nil, answer: RouteAnswer(schema: "Health", problems: [.unavailable])
  ) { call in
    let desk = call.api.desk
    do {
      _ = try await blocking { try desk.listDays(before: nil, limit: 1) }
    } catch {
      throw APIProblem(.unavailable, "The workspace cannot be read.", "工作区无法读取。")
    }
    return APIResponse.json(Data("{\"status\":\"ready\"}\n".utf8)).header("cache-control", "no-store")
  },
  Route(
    method: "GET", path: "/metrics", group: "Operations", summary: "Counters for Prometheus.", role: .viewer,
    answer: RouteAnswer(mediaType: "text/plain; version=0.0.4")
  ) { call in
    APIResponse(
      status: 200, headers: [("cache-control", "no-store")],
      body: .bytes(Data(call.api.measurements.text().utf8), mediaType: "text/plain; version=0.0.4"))
  },
  Route(
    method: "GET", path: "/api/v1/openapi.json", group: "Operations", summary: "This description, OpenAPI 3.1.",
    role: nil, answer: RouteAnswer(schema: "OpenAPI")
  ) { call in .content(call.api.openAPI) },
  Route(
    method: "GET", path: "/api/v1/me", group: "Operations", summary: "Whose key this is, and what it may do.",
    role: .viewer, answer: RouteAnswer(schema: "Me")
  ) { call in
    let open = try call.api.keys.keys().isEmpty
    return APIResponse.json(
      try encodedDocument(
        Identity(
          name: call.caller.name, role: call.caller.role.rawValue, keysNeeded: !open,
          hasCustomers: call.api.desk.customerFolder.exists))
    ).header("cache-control", "no-store")
  },
]

private struct Identity: Encodable {
  var schema = "spotdesk.me/1"
  var name: String
  var role: String
  /// False on a server without keys, where everybody on this machine may do everything.
  var keysNeeded: Bool
  /// Whether the workspace has retail customers.
  var hasCustomers: Bool
}
