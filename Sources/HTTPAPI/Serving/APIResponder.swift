internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Puts the application behind Hummingbird: reads the request, writes the answer.
struct APIResponder: HTTPResponder {
  typealias Context = ConnectionContext
  let api: API

  func respond(to request: Request, context: Context) async throws -> Response {
    let id = APIResponder.requestID()
    guard let own = APIResponder.read(request, id: id, peer: context.peer) else {
      let problem = APIProblem(.badRequest, "The query cannot be read: an escape is broken.", "查询参数无法解析。")
      let blank = APIRequest(method: request.method.rawValue, path: request.uri.path, id: id)
      return render(API.answer(problem, to: blank), to: blank)
    }
    let seconds = api.settings.receiveSeconds
    let answer = await api.respond(to: own) { limit in
      try await within(seconds: seconds) {
        var data = Data()
        for try await part in request.body {
          guard data.count + part.readableBytes <= limit else { throw API.tooLarge(limit) }
          data.append(contentsOf: part.readableBytesView)
        }
        return data
      }
    }
    guard case .events(let stream) = answer.body, own.method != "HEAD" else { return render(answer, to: own) }
    var response = render(answer, to: own)
    response.body = APIResponder.events(stream, of: request)
    return response
  }

  /// Events until they end or the client closes its side: who goes away holds no place until the next sign of life.
  private static func events(_ stream: AsyncStream<ByteBuffer>, of request: Request) -> ResponseBody {
    ResponseBody { writer in
      try await request.body.consumeWithCancellationOnInboundClose { _ in
        for await part in stream { try await writer.write(part) }
        try Task.checkCancellation()
      }
      try await writer.finish(nil)
    }
  }

  private static func read(_ request: Request, id: String, peer: String) -> APIRequest? {
    guard let query = APIRequest.query(request.uri.query) else { return nil }
    var headers: [String: String] = [:]
    for field in request.headers {
      let name = field.name.canonicalName
      headers[name] = headers[name].map { $0 + ", " + field.value } ?? field.value
    }
    if let host = request.head.authority { headers["host"] = host }
    return APIRequest(
      method: request.method.rawValue, path: request.uri.path, query: query, headers: headers, peer: peer, id: id)
  }

  private static func requestID() -> String {
    let text = String(UInt64.random(in: 0 ... .max), radix: 36)
    return String(repeating: "0", count: max(0, 13 - text.count)) + text
  }

  private func render(_ answer: APIResponse, to request: APIRequest) -> Response {
    var fields = HTTPFields()
    for (name, value) in answer.headers { if let field = HTTPField.Name(name) { fields[field] = value } }
    fields[Names.requestID] = request.id
    fields[Names.contentTypeOptions] = "nosniff"
    fields[Names.referrer] = "no-referrer"
    var (status, body) = (answer.status, ResponseBody())
    switch answer.body {
    case .none: break
    case .bytes(let data, let mediaType):
      fields[.contentType] = mediaType
      if fields[.cacheControl] == nil { fields[.cacheControl] = "no-store" }
      body = ResponseBody(byteBuffer: ByteBuffer(bytes: data))
    case .content(let content):
      fields[.contentType] = content.mediaType
      fields[.vary] = "Accept, Accept-Encoding"
      if fields[.cacheControl] == nil { fields[.cacheControl] = "private, no-cache" }
      let packed = request.acceptsGzip ? content.packed : nil
      fields[.eTag] = packed == nil ? content.tag : content.packedTag
      if let condition = request[header: "if-none-match"], content.matches(condition) {
        fields[.contentType] = nil
        status = 304
      } else {
        if packed != nil { fields[.contentEncoding] = "gzip" }
        body = ResponseBody(byteBuffer: packed ?? content.plain)
      }
    case .events(let stream):
      fields[.contentType] = MediaTypes.events
      body = ResponseBody(asyncSequence: stream)
    }
    if [401, 403, 408, 413].contains(status) { fields[.connection] = "close" }
    let response = Response(status: .init(code: status), headers: fields, body: body)
    return request.method == "HEAD" ? response.createHeadResponse() : response
  }

  private enum Names {
    static let requestID = HTTPField.Name("x-request-id") ?? .contentType
    static let contentTypeOptions = HTTPField.Name("x-content-type-options") ?? .contentType
    static let referrer = HTTPField.Name("referrer-policy") ?? .contentType
  }
}

/// Runs work that must be done in time.
///
/// - Throws: the problem "too slow" if it is not.
func within<Value: Sendable>(
  seconds: Double, _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
  try await withThrowingTaskGroup(of: Value.self) { group in
    group.addTask(operation: work)
    group.addTask {
      try await Task.sleep(for: .seconds(seconds))
      throw APIProblem(.tooSlow, "The body did not come within \(Int(seconds)) s.", "请求体未在 \(Int(seconds)) 秒内到达。")
    }
    defer { group.cancelAll() }
    guard let first = try await group.next() else { throw CancellationError() }
    return first
  }
}

/// What is known of a connection beside the request.
struct ConnectionContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let peer: String

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    peer = source.channel.remoteAddress?.ipAddress ?? "local"
  }
}
