internal import Foundation

/// One JSON line for each event on standard error.
struct RequestLog: Sendable {
  let everyRequest: Bool
  let write: @Sendable (String) -> Void

  init(everyRequest: Bool, write: @escaping @Sendable (String) -> Void = RequestLog.toStandardError) {
    self.everyRequest = everyRequest
    self.write = write
  }

  static let toStandardError: @Sendable (String) -> Void = { line in
    FileHandle.standardError.write(Data(line.utf8))
  }

  func event(_ level: String, _ message: String, _ facts: [String: Any] = [:]) {
    var object = facts
    object["time"] = Date().formatted(.iso8601)
    object["level"] = level
    object["message"] = message
    guard
      let data = try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
    else { return }
    write(String(decoding: data, as: UTF8.self) + "\n")
  }

  func answered(
    _ request: APIRequest, route: String, status: Int, caller: Caller?, seconds: Double, defect: String?
  ) {
    guard everyRequest || status >= 500 || !["GET", "HEAD"].contains(request.method) else { return }
    var facts: [String: Any] = [
      "request_id": request.id, "method": request.method, "path": String(request.path.prefix(300)), "route": route,
      "status": status, "ms": (seconds * 100_000).rounded() / 100, "peer": request.peer, "caller": caller?.name ?? "",
    ]
    if let defect { facts["defect"] = defect }
    event(status >= 500 ? "error" : "info", "request", facts)
  }
}
