internal import Foundation

/// The tools over HTTP: one message in, one message out.
let toolRoutes: [Route] = [
  Route(
    method: "POST", path: "/mcp", group: "Tools",
    summary:
      "The use cases as tools of the Model Context Protocol (JSON-RPC); only reading ones without a key that allows more.",
    role: .viewer, bodySchema: "RemoteCall",
    answer: RouteAnswer(schema: "RemoteAnswer", mayBeSilent: true, problems: [.badRequest])
  ) { call in
    // Where nobody needs a key, nobody has shown that he may do more than read.
    let role = call.caller.key.isEmpty ? .viewer : call.caller.role
    let server = ToolServer(api: call.api, caller: Caller(name: call.caller.name, role: role, key: call.caller.key))
    guard let answer = await server.answer(call.request.body) else { return APIResponse(status: 202, body: .none) }
    return .json(answer)
  }
]
