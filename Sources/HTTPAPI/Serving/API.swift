internal import Foundation
internal import Hummingbird
internal import TradingDesk

/// The application behind the server: finds the route, knows the caller, keeps the limits, and turns every error into a
/// problem document. It knows no socket.
final class API: Sendable {
  let desk: TradingDesk
  let settings: ServerSettings
  let keys: KeyRing
  let cache = ContentCache()
  let measurements = Measurements()
  let jobs: JobBoard
  let offers: OfferDesks
  let drafts: DraftShelf
  let customers = CustomerWork()
  let replies = IdempotentReplies()
  let log: RequestLog
  let table: RouteTable
  let openAPI: Content
  let started = Date()
  private static let sharedTable = RouteTable(apiRoutes)
  private static let sharedDescription = Content(openAPIDocument(of: apiRoutes), mediaType: MediaTypes.json)
  private let reads: RateLimiter
  private let writes: RateLimiter

  init(desk: TradingDesk, settings: ServerSettings, log: RequestLog) throws {
    let desk = desk.keepingStoreOpen()
    self.desk = desk
    self.settings = settings
    self.log = log
    keys = KeyRing(workspace: desk.workspace)
    jobs = JobBoard(desk: desk) { log.event("warning", $0) }
    offers = OfferDesks(desk: desk)
    drafts = DraftShelf(workspace: desk.workspace)
    table = API.sharedTable
    openAPI = API.sharedDescription
    reads = RateLimiter(.init(perSecond: settings.readsPerSecond, burst: max(settings.readsPerSecond, 50)))
    writes = RateLimiter(.init(perSecond: settings.writesPerSecond, burst: max(settings.writesPerSecond * 3, 10)))
  }

  /// Answers a request.
  ///
  /// - Parameters:
  ///   - readBody: reads the body up to a number of bytes; called only when the caller may send one.
  ///   - known: who asks, if that is known already; nil to find out from the request's key.
  func respond(
    to request: APIRequest, as known: Caller? = nil, readBody: (Int) async throws -> Data = { _ in Data() }
  ) async -> APIResponse {
    let begin = ContinuousClock.now
    var (route, caller, defect) = ("none", Caller?.none, String?.none)
    var answer: APIResponse
    do {
      try checkOrigin(request)
      let (found, parameters) = try find(request)
      route = found.path
      let own = try known.map { try permit($0, found) } ?? authenticate(request, for: found)
      caller = own
      try limit(request, own)
      try checkFormat(request)
      var full = request
      if ["POST", "PUT", "PATCH"].contains(request.method) {
        full.body = try await body(of: request, for: found, readBody)
      }
      answer = try await found.handle(Call(request: full, parameters: parameters, caller: own, api: self))
    } catch {
      let problem = API.problem(error)
      if problem.kind == .internalError { defect = "\(error)" }
      answer = API.answer(problem, to: request)
    }
    let taken = begin.duration(to: .now)
    let seconds = Double(taken.components.seconds) + Double(taken.components.attoseconds) * 1e-18
    measurements.count(route: route, method: request.method, status: answer.status, seconds: seconds)
    log.answered(request, route: route, status: answer.status, caller: caller, seconds: seconds, defect: defect)
    return answer
  }

  static func problem(_ error: any Error) -> APIProblem {
    switch error {
    case let problem as APIProblem: problem
    default: APIProblem(DeskProblem(error))
    }
  }

  static func answer(_ problem: APIProblem, to request: APIRequest) -> APIResponse {
    APIResponse(
      status: problem.kind.status,
      headers: problem.headers + [("content-language", request.wantsChinese ? "zh-CN" : "en")],
      body: .bytes(
        problem.encoded(path: request.path, requestID: request.id, chinese: request.wantsChinese),
        mediaType: MediaTypes.problem))
  }

  private func find(_ request: APIRequest) throws -> (Route, [String: String]) {
    switch table.match(request.method, request.path) {
    case .found(let route, let parameters): return (route, parameters)
    case .otherMethods(let methods):
      var problem = APIProblem(
        .methodNotAllowed, "\(request.path) answers \(methods.joined(separator: ", ")).",
        "\(request.path) 只支持 \(methods.joined(separator: "、"))。")
      problem.headers = [("allow", methods.joined(separator: ", "))]
      throw problem
    case .none:
      throw APIProblem(
        .notFound, "There is nothing at \(request.path); /api/v1/openapi.json lists what there is.",
        "\(request.path) 不存在；可用地址见 /api/v1/openapi.json。")
    }
  }

  /// A page of another site in the trader's browser must not speak for the trader.
  private func checkOrigin(_ request: APIRequest) throws {
    let host = request[header: "host"] ?? ""
    let name = host.hasPrefix("[") ? String(host.prefix { $0 != "]" }.dropFirst()) : String(host.prefix { $0 != ":" })
    let isOwn = ["127.0.0.1", "localhost", "::1", settings.host].contains(name)
    if settings.isLoopback, !host.isEmpty, !isOwn, try keys.keys().isEmpty {
      throw APIProblem(
        .forbidden, "Without keys this server answers to localhost alone, not to \(host).", "未设密钥时只接受本机访问，不接受 \(host)。")
    }
    guard !["GET", "HEAD"].contains(request.method) else { return }
    let isForeign = request[header: "origin"].map { origin in origin.split(separator: "/").last.map(String.init) != host
    }
    if isForeign ?? false || request[header: "sec-fetch-site"] == "cross-site" {
      throw APIProblem(.forbidden, "Requests from pages of other sites are refused.", "拒绝来自其他网站页面的请求。")
    }
  }

  private func authenticate(_ request: APIRequest, for route: Route) throws -> Caller {
    let none = try keys.keys().isEmpty
    let secret = API.secret(request)
    if none { return Caller(name: "local", role: .administrator, key: "") }
    let known = try secret.flatMap { try keys.caller(secret: $0) }
    guard route.role != nil else { return known ?? Caller(name: "anyone", role: .viewer, key: "") }
    guard let known else {
      var problem = APIProblem(
        .unauthenticated,
        secret == nil
          ? "Send a key as \"Authorization: Bearer …\" or X-API-Key; `spotdesk keys add` makes one."
          : "The key is unknown or was revoked.",
        secret == nil ? "请用 Authorization: Bearer … 或 X-API-Key 提供密钥；spotdesk keys add 可生成。" : "密钥不存在或已被吊销。")
      problem.headers = [("www-authenticate", "Bearer realm=\"spotdesk\"")]
      throw problem
    }
    return try permit(known, route)
  }

  private func permit(_ caller: Caller, _ route: Route) throws -> Caller {
    guard let needed = route.role, caller.role < needed else { return caller }
    throw APIProblem(
      .forbidden, "This needs the role \(needed.rawValue); the key of \(caller.name) has \(caller.role.rawValue).",
      "此操作需要 \(needed.rawValue) 角色；\(caller.name) 的密钥为 \(caller.role.rawValue)。")
  }

  static func secret(_ request: APIRequest) -> String? {
    if let key = request[header: "x-api-key"], !key.isEmpty { return key }
    guard let header = request[header: "authorization"], header.lowercased().hasPrefix("bearer ") else { return nil }
    return String(header.dropFirst(7)).trimmingCharacters(in: .whitespaces)
  }

  private func checkFormat(_ request: APIRequest) throws {
    guard let format = request.query["format"], !["json", "csv"].contains(format) else { return }
    throw APIProblem.query(
      "format", "There is no format \"\(format.prefix(40))\"; use json or csv.",
      "没有格式“\(format.prefix(40))”，应为 json 或 csv。")
  }

  private func limit(_ request: APIRequest, _ caller: Caller) throws {
    let isRead = ["GET", "HEAD"].contains(request.method)
    let seconds = ProcessInfo.processInfo.systemUptime
    let who = caller.key.isEmpty ? request.peer : caller.key
    guard let wait = (isRead ? reads : writes).take(who, at: seconds) else { return }
    let whole = max(1, Int(wait.rounded(.up)))
    var problem = APIProblem(
      .tooMany, "Too many requests from \(caller.name); try again in \(whole) s.",
      "\(caller.name) 的请求过于频繁，请 \(whole) 秒后再试。")
    problem.headers = [("retry-after", "\(whole)")]
    throw problem
  }

  private func body(
    of request: APIRequest, for route: Route, _ readBody: (Int) async throws -> Data
  ) async throws -> Data {
    let limit = route.upload == nil ? settings.bodyLimit : settings.uploadLimit
    if let length = request[header: "content-length"].flatMap({ Int($0) }), length > limit {
      throw API.tooLarge(limit)
    }
    let data = try await readBody(limit)
    let known = route.upload ?? [MediaTypes.json]
    guard data.isEmpty || known.contains(request.mediaType) else {
      let names = known.joined(separator: ", ")
      throw APIProblem(.mediaType, "Send the body as \(names).", "请以 \(names) 发送请求体。")
    }
    return data
  }

  static func tooLarge(_ limit: Int) -> APIProblem {
    APIProblem(.tooLarge, "A body may have \(limit) bytes.", "请求体最多 \(limit) 字节。")
  }
}
