internal import Foundation
internal import MarketModel
internal import TradingDesk

private struct OverrideBody: Decodable, Sendable {
  var check: String
  var unit: String
  var reason: String
}

private struct ReceiptBody: Decodable, Sendable {
  var receipt: String
}

/// The acts on a day's bids, each written into the audit trail under the name of the key: draft → checked → approved →
/// sealed → submitted. Who drafted does not approve.
let processRoutes: [Route] = [
  Route(
    method: "GET", path: "/api/v1/days/{day}/process", group: "Process",
    summary: "How far the bids have come; the bytes of `spotdesk bids status --json`.", role: .viewer,
    parameters: [Parameters.day], answer: RouteAnswer(schema: "BidStatus", problems: [.badRequest, .notFound])
  ) { call in
    let (desk, day) = (call.api.desk, try call.day())
    return try await call.computed("process", of: call.storeFiles) { try desk.bidStatus(day) }
  },
  act("draft", "Makes the prepared bids, with the drafts of single units in their place, the day's draft.", .trader) {
    call, desk, day, who in
    let drafts = try call.api.drafts.list(day).map { ($0.unit, $0.segments) }
    let file = try desk.writeBook(of: day, drafts: drafts, to: call.api.drafts.folder(day))
    return try desk.draftBids(day, file: file, by: who)
  },
  act("check", "Runs all checks on the draft.", .trader) { _, desk, day, who in
    try desk.checkDraft(day, facts: nil, sentAt: nil, by: who).status
  },
  act("override", "Lets a violation that stops a bid pass, with a reason.", .checker, body: "Override") {
    call, desk, day, who in
    let body = try call.body(OverrideBody.self, fields: ["check", "unit", "reason"])
    return try desk.overrideCheck(body.check, unit: body.unit, reason: body.reason, day: day, by: who)
  },
  act("approve", "Approves the checked draft; not for those who drafted any of it.", .checker) { call, desk, day, who in
    let own = try call.api.drafts.list(day).filter { $0.author.lowercased() == who.lowercased() }.map(\.unit)
    if let unit = own.first {
      throw APIProblem(
        .conflict, "\(who) drafted the bid of \(unit) and cannot approve it (D05); have somebody else approve.",
        "\(who) 编制了机组 \(unit) 的报价，不能自行批准（D05），须由他人批准。")
    }
    return try desk.approveBids(day, by: who)
  },
  act("seal", "Seals the approved bids with their hash.", .trader) { _, desk, day, who in
    try desk.sealBids(day, by: who)
  },
  act("submit", "Keeps the platform's receipt for the sealed bids.", .trader, body: "Receipt") { call, desk, day, who in
    let body = try call.body(ReceiptBody.self, fields: ["receipt"])
    return try desk.submitBids(day, receipt: body.receipt, by: who)
  },
  Route(
    method: "POST", path: "/api/v1/days/{day}/process/export", group: "Process",
    summary: "The sealed bids as the file that is sent.", role: .trader, parameters: [Parameters.day],
    answer: RouteAnswer(mediaType: MediaTypes.table, problems: [.badRequest, .notFound, .conflict])
  ) { call in
    let (desk, day, who) = (call.api.desk, try call.day(), call.caller.name)
    let file = FileManager.default.temporaryDirectory.appending(path: "spotdesk-\(call.request.id).csv")
    defer { try? FileManager.default.removeItem(at: file) }
    let data = try await blocking {
      try desk.exportBids(day, to: file, draft: false, by: who)
      return try Data(contentsOf: file)
    }
    return APIResponse(
      status: 200, headers: [("content-disposition", "attachment; filename=\"bids-\(day).csv\"")],
      body: .bytes(data, mediaType: MediaTypes.table))
  },
  Route(
    method: "GET", path: "/api/v1/days/{day}/gates", group: "Process",
    summary: "The day's deadlines with what is left until each; as `spotdesk gates --json`.", role: .viewer,
    parameters: [Parameters.day], answer: RouteAnswer(schema: "Gates", problems: [.badRequest, .notFound])
  ) { call in
    let (desk, day) = (call.api.desk, try call.day())
    let data = try await blocking { try encodedDocument(desk.gates(day, rules: nil, at: nil)) }
    return .json(data)
  },
  Route(
    method: "GET", path: "/api/v1/days/{day}/missing-bids", group: "Process",
    summary: "What happens if nothing is submitted; the bytes of `spotdesk bids missing --json`.", role: .viewer,
    parameters: [Parameters.day], answer: RouteAnswer(schema: "MissingBids", problems: [.badRequest, .notFound])
  ) { call in
    let (desk, day) = (call.api.desk, try call.day())
    return try await call.computed("missing", of: call.storeFiles + [desk.file(.bids, of: day)]) {
      try desk.missingBids(day)
    }
  },
  Route(
    method: "GET", path: "/api/v1/audit", group: "Process",
    summary: "The audit trail, a chain of hashes; the bytes of `spotdesk audit list --json`.", role: .checker,
    parameters: [
      RouteParameter(
        name: "day", place: .query, description: "Acts on one day alone.", schema: #"{"type":"string","format":"date"}"#
      )
    ], answer: RouteAnswer(schema: "Audit", problems: [.badRequest])
  ) { call in
    let (desk, day) = (call.api.desk, try call.day(query: "day"))
    return try await call.computed("audit", of: call.storeFiles) { try desk.auditTrail(day: day) }
  },
  Route(
    method: "GET", path: "/api/v1/audit/verification", group: "Process",
    summary: "Whether the chain of the audit trail is whole; the bytes of `spotdesk audit verify --json`.",
    role: .checker,
    answer: RouteAnswer(schema: "AuditVerification")
  ) { call in
    let desk = call.api.desk
    return try await call.computed("verification", of: call.storeFiles) { try desk.verifyAudit() }
  },
]

/// A route that does one act and answers with the state after it.
private func act(
  _ name: String, _ summary: String, _ role: Role, body: String? = nil,
  _ work: @escaping @Sendable (Call, TradingDesk, MarketDay, String) throws -> BidStatus
) -> Route {
  Route(
    method: "POST", path: "/api/v1/days/{day}/process/\(name)", group: "Process", summary: summary, role: role,
    parameters: [Parameters.day, Parameters.idempotencyKey], bodySchema: body,
    answer: RouteAnswer(schema: "BidStatus", problems: [.badRequest, .notFound, .conflict, .unprocessable])
  ) { call in
    try await call.api.replies.once(call) {
      let (desk, day, who) = (call.api.desk, try call.day(), call.caller.name)
      return .json(try await blocking { try encodedDocument(work(call, desk, day, who)) })
    }
  }
}
