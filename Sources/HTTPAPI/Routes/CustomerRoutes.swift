internal import Foundation
internal import TradingDesk

private let customerParameter = RouteParameter(
  name: "customer", place: .path, description: "A customer of the list.",
  schema: #"{"type":"string","minLength":1,"maxLength":120}"#, isRequired: true)

private struct CaseBody: Decodable {
  var `case`: String
  var resolution: String?

  enum CodingKeys: String, CodingKey { case `case`, resolution = "as" }
}

let customerRoutes: [Route] = [
  Route(
    method: "GET", path: "/api/v1/customers", group: "Customers",
    summary: "Retail customers with tier, total and dimensions, the highest total first; viewers see masked names.",
    role: .viewer,
    parameters: [
      Parameters.limit, Parameters.cursor,
      RouteParameter(
        name: "tier", place: .query, description: "Customers of one tier alone.",
        schema: #"{"type":"string","enum":["S","A","B","C","D"]}"#), Parameters.format,
    ], answer: RouteAnswer(schema: "Customers", hasTable: true, problems: [.badRequest, .notFound, .unavailable])
  ) { call in
    let limit = try call.number(query: "limit", in: 1...1_000, standard: 100)
    let (tier, cursor) = (try call.tier(), call.request.query["cursor"])
    let (desk, role, files) = (try await call.customers(), call.caller.role.customerRole, call.customerFiles)
    guard call.request.wantsTable else {
      return try await call.computed("customers \(role.rawValue)", of: files) {
        try desk.list(role: role, tier: tier, after: cursor, limit: limit)
      }
    }
    return .content(
      call.api.cache.content("customers csv \(role.rawValue)", of: files) {
        Content(desk.table(role: role), mediaType: MediaTypes.table)
      })
  },
  Route(
    method: "GET", path: "/api/v1/customers/{customer}", group: "Customers",
    summary:
      "One customer's score with every contribution; for checkers and administrators the bytes of `spotdesk customers show --json`, for others without margins.",
    role: .viewer, parameters: [customerParameter],
    answer: RouteAnswer(schema: "CustomerScore", problems: [.notFound, .unavailable])
  ) { call in
    let (name, role) = (try call.parameter("customer"), call.caller.role.customerRole)
    let desk = try await call.customers()
    return try await call.computed("customer \(role.rawValue)", of: call.customerFiles) {
      try desk.score(of: name, role: role)
    }
  },
  Route(
    method: "GET", path: "/api/v1/customers/{customer}/packages", group: "Customers",
    summary:
      "Offers of packages to one customer; for checkers and administrators the bytes of `spotdesk customers packages --json`, for others without margins.",
    role: .viewer, parameters: [customerParameter],
    answer: RouteAnswer(schema: "CustomerOffers", problems: [.notFound, .unprocessable, .unavailable])
  ) { call in
    let (name, role, own) = (try call.parameter("customer"), call.caller.role.customerRole, call.api.desk)
    let desk = try await call.api.customers.offers.value(of: call.customerFiles) { try own.openCustomerOffers() }
    return try await call.computed("packages \(role.rawValue)", of: call.customerFiles) {
      try desk.offers(to: name, role: role)
    }
  },
  Route(
    method: "GET", path: "/api/v1/customer-alerts", group: "Customers",
    summary:
      "Open cases of expansions, stops and relocations, the most valuable first; the document of `spotdesk customers alerts --json`.",
    role: .viewer, parameters: [Parameters.format],
    answer: RouteAnswer(schema: "CustomerCases", hasTable: true, problems: [.notFound, .unavailable])
  ) { call in
    let (own, role) = (call.api.desk, call.caller.role.customerRole)
    let cases = try await call.api.customers.cases.value(of: call.customerFiles) { try own.customerCases() }
    return try await call.computed("cases \(role.rawValue)", of: call.customerFiles, rows: "cases") {
      cases.seen(by: role)
    }
  },
  caseRoute("acknowledge", "Takes a case into work, in the caller's name.", fields: ["case"], body: "CustomerCase") {
    _ in .acknowledge
  },
  caseRoute(
    "resolve", "Ends a case as confirmed, false or explained.", fields: ["case", "as"], body: "CustomerResolution"
  ) { body in
    guard let resolution = body.resolution else {
      throw APIProblem.body("/as", "Say as: confirmed, false or explained.", "请用 as 说明：confirmed、false 或 explained。")
    }
    return .resolve(resolution)
  },
]

private func caseRoute(
  _ name: String, _ summary: String, fields: Set<String>, body schema: String,
  _ act: @escaping @Sendable (CaseBody) throws -> CustomerCaseAct
) -> Route {
  Route(
    method: "POST", path: "/api/v1/customer-alerts/\(name)", group: "Customers", summary: summary, role: .trader,
    parameters: [Parameters.idempotencyKey], bodySchema: schema,
    answer: RouteAnswer(schema: "CustomerCases", problems: [.badRequest, .notFound, .conflict, .unprocessable])
  ) { call in
    try await call.api.replies.once(call) {
      let body = try call.body(CaseBody.self, fields: fields)
      let (wish, own, who) = (try act(body), call.api.desk, call.caller)
      let report = try await blocking { try own.work(on: body.case, wish, by: who.name) }
      call.api.customers.cases.keep(report, of: call.customerFiles)
      return .json(try encodedDocument(report.seen(by: who.role.customerRole)))
    }
  }
}

extension Call {
  fileprivate var customerFiles: [URL] { api.desk.customerFolder.files }

  fileprivate func customers() async throws -> CustomerDesk {
    let own = api.desk
    return try await api.customers.scores.value(of: customerFiles) { try own.openCustomers() }
  }

  fileprivate func tier() throws -> String? {
    guard let text = request.query["tier"] else { return nil }
    guard CustomerListReport.tiers.contains(text) else {
      throw APIProblem.query(
        "tier", "There is no tier \"\(text)\"; use S, A, B, C or D.", "没有等级“\(text)”，应为 S、A、B、C、D。")
    }
    return text
  }
}
