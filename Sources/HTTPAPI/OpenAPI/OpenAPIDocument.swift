internal import Foundation

/// The description of the routes as OpenAPI 3.1, made from the values that the server answers with.
func openAPIDocument(of routes: [Route]) -> Data {
  var paths: [String: [String: Any]] = [:]
  for route in routes { paths[route.path, default: [:]][route.method.lowercased()] = operation(route) }
  let document: [String: Any] = [
    "openapi": "3.1.0",
    "info": [
      "title": "SpotDesk", "version": "1",
      "description":
        "Electricity spot-market desk. Documents have the bytes that the commands print with --json. Errors are "
        + "problem documents (RFC 9457) in English and Chinese. Power is gross MW, energy net MWh, prices per net MWh.",
    ],
    "servers": [["url": "/"]], "paths": paths,
    "tags": Array(Set(routes.map(\.group))).sorted().map { ["name": $0] },
    "security": [["key": [String]()], ["bearer": [String]()]],
    "components": [
      "schemas": documentSchemas,
      "securitySchemes": [
        "key": ["type": "apiKey", "in": "header", "name": "X-API-Key"],
        "bearer": ["type": "http", "scheme": "bearer"],
      ],
    ],
  ]
  let data = try? JSONSerialization.data(
    withJSONObject: document, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
  return (data ?? Data("{}".utf8)) + Data("\n".utf8)
}

private func operation(_ route: Route) -> [String: Any] {
  var operation: [String: Any] = [
    "operationId": operationID(route), "summary": route.summary, "tags": [route.group], "responses": answers(route),
  ]
  if let role = route.role {
    operation["description"] = "Needs the role \(role.rawValue) where keys are in use."
  } else {
    operation["security"] = [[String: Any]()]
  }
  if !route.parameters.isEmpty { operation["parameters"] = route.parameters.map(parameter) }
  if let types = route.upload {
    operation["requestBody"] = [
      "required": true,
      "content": Dictionary(uniqueKeysWithValues: types.map { ($0, ["schema": ["type": "string"]]) }),
    ]
  } else if let body = route.bodySchema {
    operation["requestBody"] = [
      "required": true, "content": [MediaTypes.json: ["schema": ["$ref": "#/components/schemas/\(body)"]]],
    ]
  }
  return operation
}

/// "getDaysDayBids".
private func operationID(_ route: Route) -> String {
  let words = route.path.split { !$0.isLetter && !$0.isNumber }.filter { $0 != "api" && $0 != "v1" }
  return route.method.lowercased() + words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
}

private func parameter(_ parameter: RouteParameter) -> [String: Any] {
  [
    "name": parameter.name, "in": parameter.place.rawValue, "description": parameter.description,
    "required": parameter.isRequired || parameter.place == .path, "schema": object(parameter.schema),
  ]
}

private func answers(_ route: Route) -> [String: Any] {
  var answers: [String: Any] = [:]
  var good: [String: Any] = ["description": "Done."]
  if route.answer.status != 204 {
    let schema: Any = route.answer.schema.map { ["$ref": "#/components/schemas/\($0)"] } ?? ["type": "string"]
    var content: [String: Any] = [route.answer.mediaType: ["schema": schema]]
    if route.answer.hasTable { content["text/csv"] = ["schema": ["type": "string"]] }
    good["content"] = content
  }
  answers["\(route.answer.status)"] = good
  if route.answer.mayBeSilent { answers["202"] = ["description": "Taken; there is nothing to answer."] }
  if route.method == "GET", route.answer.mediaType != MediaTypes.events {
    answers["304"] = ["description": "Unchanged since the ETag of If-None-Match."]
  }
  var problems = route.answer.problems + [.forbidden, .tooMany, .internalError]
  if route.role != nil { problems.append(.unauthenticated) }
  if route.answer.schema != nil, route.method == "GET" { problems.append(.notAcceptable) }
  if route.bodySchema != nil || route.upload != nil {
    problems += [.badRequest, .tooLarge, .mediaType, .unprocessable, .tooSlow]
  }
  if route.role != nil { problems += [.notFound, .unprocessable, .unavailable, .conflict, .badRequest] }
  for problem in Set(problems.map(\.status)).sorted() {
    let kinds = ProblemKind.allCases.filter { $0.status == problem }
    answers["\(problem)"] = [
      "description": kinds.map(\.title).joined(separator: "; ") + ".",
      "content": [MediaTypes.problem: ["schema": ["$ref": "#/components/schemas/Problem"]]],
    ]
  }
  return answers
}

private func object(_ text: String) -> Any { (try? JSONSerialization.jsonObject(with: Data(text.utf8))) ?? [:] }
