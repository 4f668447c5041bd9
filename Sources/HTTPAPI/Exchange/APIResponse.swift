internal import Foundation
internal import Hummingbird

/// What a route answers.
struct APIResponse: Sendable {
  var status: Int
  var headers: [(name: String, value: String)] = []
  var body: Body

  enum Body: Sendable {
    case none
    /// Kept bytes with their hash and their packed form.
    case content(Content)
    /// Bytes of this answer alone.
    case bytes(Data, mediaType: String)
    /// Events, one after another, until the stream ends or the client goes away.
    case events(AsyncStream<ByteBuffer>)
  }

  static func json(_ data: Data, status: Int = 200) -> APIResponse {
    APIResponse(status: status, body: .bytes(data, mediaType: MediaTypes.json))
  }

  static func content(_ content: Content) -> APIResponse { APIResponse(status: 200, body: .content(content)) }

  func header(_ name: String, _ value: String) -> APIResponse {
    var changed = self
    changed.headers.append((name, value))
    return changed
  }
}

enum MediaTypes {
  static let json = "application/json"
  static let problem = "application/problem+json"
  static let table = "text/csv; charset=utf-8"
  static let events = "text/event-stream"
  static let workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

  /// By the ending of a file's name.
  static func of(_ fileName: String) -> String {
    switch fileName.split(separator: ".").last.map(String.init) ?? "" {
    case "html": "text/html; charset=utf-8"
    case "js": "text/javascript; charset=utf-8"
    case "css": "text/css; charset=utf-8"
    case "json": json
    case "svg": "image/svg+xml"
    default: "application/octet-stream"
    }
  }
}
