internal import Foundation

/// One method of one address: what it does, what it takes, who may use it. The OpenAPI document is made from the same
/// values that the server answers with.
struct Route: Sendable {
  let method: String
  /// As "/api/v1/days/{day}/bids".
  let path: String
  /// "Days", "Bids"; groups of the document.
  let group: String
  let summary: String
  /// nil for everyone, without a key.
  let role: Role?
  var parameters: [RouteParameter] = []
  /// Name of a schema of the document.
  var bodySchema: String?
  /// Media types of a file as the body; nil for JSON.
  var upload: [String]?
  var answer: RouteAnswer
  let handle: @Sendable (Call) async throws -> APIResponse

  var segments: [Substring] { path.split(separator: "/") }
}

/// A part of the address or of the query.
struct RouteParameter: Sendable {
  enum Place: String, Sendable { case path, query, header }

  let name: String
  let place: Place
  let description: String
  /// JSON schema, as text.
  let schema: String
  var isRequired = false
}

/// What a route answers if all goes well.
struct RouteAnswer: Sendable {
  var status = 200
  /// Name of a schema of the document; nil for no JSON.
  var schema: String?
  var mediaType = MediaTypes.json
  var hasTable = false
  /// 202 without a body is an answer too: what was sent wants none.
  var mayBeSilent = false
  /// Kinds of problems that the route itself has beside those of every route.
  var problems: [ProblemKind] = []
}

/// A request that found its route, from a caller who may use it.
struct Call: Sendable {
  let request: APIRequest
  /// Parts of the address, without percent signs.
  let parameters: [String: String]
  let caller: Caller
  let api: API

  func parameter(_ name: String) throws -> String {
    guard let value = parameters[name] else { throw APIProblem(.notFound, "No \(name) is named.", "未指定 \(name)。") }
    return value
  }
}

/// Finds the route of an address in a tree of its parts.
struct RouteTable: Sendable {
  private struct Node: Sendable {
    var named: [Substring: Int] = [:]
    var parameter: (name: String, node: Int)?
    var routes: [String: Int] = [:]
  }

  enum Match {
    case found(Route, parameters: [String: String])
    /// The address exists; these methods may be used.
    case otherMethods([String])
    case none
  }

  let routes: [Route]
  private var nodes = [Node()]

  init(_ routes: [Route]) {
    self.routes = routes
    for (number, route) in routes.enumerated() {
      var place = 0
      for segment in route.segments {
        if segment.hasPrefix("{") {
          let name = String(segment.dropFirst().dropLast())
          if let known = nodes[place].parameter {
            precondition(
              known.name == name, "\(route.path) calls the part \(name) that another route calls \(known.name)")
            place = known.node
          } else {
            nodes.append(Node())
            nodes[place].parameter = (name, nodes.count - 1)
            place = nodes.count - 1
          }
        } else if let known = nodes[place].named[segment] {
          place = known
        } else {
          nodes.append(Node())
          nodes[place].named[segment] = nodes.count - 1
          place = nodes.count - 1
        }
      }
      precondition(nodes[place].routes[route.method] == nil, "\(route.method) \(route.path) stands twice")
      nodes[place].routes[route.method] = number
    }
  }

  func match(_ method: String, _ path: String) -> Match {
    var place = 0
    var parameters: [String: String] = [:]
    for segment in path.split(separator: "/", omittingEmptySubsequences: true) {
      if let next = nodes[place].named[segment] {
        place = next
      } else if let next = nodes[place].parameter {
        guard let value = segment.contains("%") ? segment.removingPercentEncoding : String(segment), isPlain(value)
        else {
          return .none
        }
        parameters[next.name] = value
        place = next.node
      } else {
        return .none
      }
    }
    let known = nodes[place].routes
    if let number = known[method] ?? (method == "HEAD" ? known["GET"] : nil) {
      return .found(routes[number], parameters: parameters)
    }
    guard !known.isEmpty else { return .none }
    return .otherMethods((known.keys + (known["GET"] != nil ? ["HEAD"] : [])).sorted())
  }

  /// Names of days, units and files; nothing that could lead out of a folder.
  private func isPlain(_ text: String) -> Bool {
    !text.isEmpty && text.count <= 120 && text != "." && text != ".."
      && !text.unicodeScalars.contains { $0 == "/" || $0 == "\\" || $0.value < 32 || $0.value == 127 }
  }
}
