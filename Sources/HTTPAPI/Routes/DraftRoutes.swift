internal import Foundation
internal import MarketModel
internal import TradingDesk

/// A curve of one unit, as a client sends it.
private struct CurveBody: Decodable, Sendable {
  var unit: String
  /// nil for the prepared curve.
  var segments: [DraftSegment]?
}

private struct SegmentsBody: Decodable, Sendable {
  var segments: [DraftSegment]
}

let draftRoutes: [Route] = [
  Route(
    method: "POST", path: "/api/v1/days/{day}/what-if", group: "Drafts",
    summary: "What a curve of one unit would be worth, and what the rules say of it; nothing is kept.", role: .viewer,
    parameters: [Parameters.day], bodySchema: "Curve",
    answer: RouteAnswer(schema: "Evaluation", problems: [.badRequest, .notFound, .unprocessable])
  ) { call in
    let body = try call.body(CurveBody.self, fields: ["unit", "segments"])
    let evaluation = try await call.evaluate(body.unit, body.segments)
    return .json(try encodedDocument(evaluation))
  },
  Route(
    method: "GET", path: "/api/v1/days/{day}/drafts", group: "Drafts", summary: "The drafts of a day.", role: .viewer,
    parameters: [Parameters.day], answer: RouteAnswer(schema: "Drafts", problems: [.badRequest])
  ) { call in
    let day = try call.day()
    let drafts = try call.api.drafts.list(day)
    return .json(try encodedDocument(DraftList(day: day, drafts: drafts)))
  },
  Route(
    method: "POST", path: "/api/v1/days/{day}/drafts", group: "Drafts",
    summary: "Begins the draft of one unit, from the prepared curve or with one of your own.", role: .trader,
    parameters: [Parameters.day, Parameters.idempotencyKey], bodySchema: "Curve",
    answer: RouteAnswer(status: 201, schema: "Draft", problems: [.badRequest, .notFound, .conflict, .unprocessable])
  ) { call in
    try await call.api.replies.once(call) {
      let (day, body) = (try call.day(), try call.body(CurveBody.self, fields: ["unit", "segments"]))
      let evaluation = try await call.evaluate(body.unit, body.segments)
      let content = try call.api.drafts.keep(Draft(evaluation, call.caller), ifMatch: nil)
      var answer = APIResponse.json(content, status: 201).header("etag", DraftShelf.tag(content))
      answer.headers.append(("location", "/api/v1/days/\(day)/drafts/\(evaluation.unit.text)"))
      return answer
    }
  },
  Route(
    method: "GET", path: "/api/v1/days/{day}/drafts/{unit}", group: "Drafts", summary: "One draft.", role: .viewer,
    parameters: [Parameters.day, Parameters.unit],
    answer: RouteAnswer(schema: "Draft", problems: [.badRequest, .notFound])
  ) { call in
    let content = try call.api.drafts.content(try call.day(), try call.unit())
    return APIResponse.json(content).header("etag", DraftShelf.tag(content))
  },
  Route(
    method: "PUT", path: "/api/v1/days/{day}/drafts/{unit}", group: "Drafts",
    summary: "Changes a draft that nobody else changed meanwhile: If-Match is needed.", role: .trader,
    parameters: [Parameters.day, Parameters.unit, Parameters.ifMatch], bodySchema: "Segments",
    answer: RouteAnswer(
      schema: "Draft", problems: [.badRequest, .notFound, .changedMeanwhile, .unprocessable, .conditionMissing])
  ) { call in
    let condition = try call.condition()
    let body = try call.body(SegmentsBody.self, fields: ["segments"])
    // Opening a day takes seconds; a draft that is not there is known before.
    _ = try call.api.drafts.content(try call.day(), try call.unit())
    let evaluation = try await call.evaluate(try call.unit(), body.segments)
    let content = try call.api.drafts.keep(Draft(evaluation, call.caller), ifMatch: condition)
    return APIResponse.json(content).header("etag", DraftShelf.tag(content))
  },
  Route(
    method: "DELETE", path: "/api/v1/days/{day}/drafts/{unit}", group: "Drafts", summary: "Throws a draft away.",
    role: .trader, parameters: [Parameters.day, Parameters.unit, Parameters.ifMatch],
    answer: RouteAnswer(status: 204, problems: [.badRequest, .notFound, .changedMeanwhile, .conditionMissing])
  ) { call in
    let condition = try call.condition()
    try call.api.drafts.remove(try call.day(), try call.unit(), ifMatch: condition)
    return APIResponse(status: 204, body: .none)
  },
]

private struct DraftList: Encodable {
  var schema = "spotdesk.drafts/1"
  var day: MarketDay
  var drafts: [Draft]
}

extension Draft {
  init(_ evaluation: OfferEvaluation, _ caller: Caller) {
    self.init(
      day: evaluation.day, unit: evaluation.unit.text,
      segments: evaluation.draft.segments.map { DraftSegment(toMW: $0.toMW, pricePerMWh: $0.pricePerMWh) }, version: 0,
      author: caller.name, updatedAt: isoText(Date()),
      expectedProfitDifference: evaluation.expectedProfitDifference, verdict: evaluation.verdict)
  }
}

extension Call {
  /// Segments of one curve at most; the rules have a lower number of their own.
  private static let mostSegments = 100

  func unit() throws -> String {
    let text = try parameter("unit")
    guard !text.hasPrefix("."), text.allSatisfy({ $0.isLetter || $0.isNumber || "-_#. ".contains($0) }) else {
      throw APIProblem(.notFound, "There is no unit \"\(text)\".", "没有机组“\(text)”。")
    }
    return text
  }

  fileprivate func condition() throws -> String {
    guard let condition = request[header: "if-match"] else {
      throw APIProblem(
        .conditionMissing, "Send the ETag that you read as If-Match, so that nobody's work is lost.",
        "请以 If-Match 发送读取时的 ETag，以免覆盖他人的修改。")
    }
    return condition
  }

  fileprivate func evaluate(_ unit: String, _ segments: [DraftSegment]?) async throws -> OfferEvaluation {
    guard (segments?.count ?? 1) <= Call.mostSegments else {
      throw APIProblem.body(
        "/segments", "A curve has at most \(Call.mostSegments) segments.", "一条曲线最多 \(Call.mostSegments) 段。")
    }
    let desk = try await api.offers.desk(of: try day())
    return try await blocking {
      do {
        return try desk.evaluate(unit, try segments ?? desk.preparedSegments(of: unit))
      } catch let problem as DeskProblem where problem.kind == .badData {
        throw APIProblem.body("/segments", problem.description, "报价曲线无效：\(problem.description)")
      }
    }
  }
}
