internal import Foundation
internal import Hummingbird
internal import MarketModel
internal import TradingDesk

let jobRoutes: [Route] = [
  Route(
    method: "GET", path: "/api/v1/jobs", group: "Jobs", summary: "Jobs, newest first.", role: .viewer,
    parameters: [Parameters.limit, Parameters.cursor], answer: RouteAnswer(schema: "Jobs", problems: [.badRequest])
  ) { call in
    let limit = try call.number(query: "limit", in: 1...1_000, standard: 100)
    var jobs = call.api.jobs.list()
    if let cursor = call.request.query["cursor"] {
      guard let place = jobs.firstIndex(where: { $0.id == cursor }) else {
        throw APIProblem.query("cursor", "The cursor is not known; begin again.", "cursor 无效，请从头读取。")
      }
      jobs = Array(jobs[(place + 1)...])
    }
    let shown = Array(jobs.prefix(limit))
    return .json(try encodedDocument(JobList(jobs: shown, nextCursor: jobs.count > limit ? shown.last?.id : nil)))
  },
  Route(
    method: "POST", path: "/api/v1/jobs", group: "Jobs",
    summary:
      "Asks for long work: prepare a day, forecast, clear, review, position, market brief, a backtest, a comparison of strategies, or a sweep.",
    role: .trader,
    parameters: [Parameters.idempotencyKey], bodySchema: "JobRequest",
    answer: RouteAnswer(status: 202, schema: "Job", problems: [.badRequest, .conflict, .unprocessable, .unavailable])
  ) { call in
    try await call.api.replies.once(call) {
      let body = try call.body(JobBody.self, fields: JobBody.fields)
      guard body.kind != nil else {
        throw APIProblem.body("/kind", "The field /kind is missing.", "缺少字段 /kind。")
      }
      return try call.accept(body)
    }
  },
  Route(
    method: "GET", path: "/api/v1/jobs/{job}", group: "Jobs", summary: "How far a job is.", role: .viewer,
    parameters: [Parameters.job], answer: RouteAnswer(schema: "Job", problems: [.notFound])
  ) { call in .json(try call.api.jobs.job(try call.parameter("job")).encoded()) },
  Route(
    method: "DELETE", path: "/api/v1/jobs/{job}", group: "Jobs", summary: "Asks a job to end.", role: .trader,
    parameters: [Parameters.job], answer: RouteAnswer(status: 202, schema: "Job", problems: [.notFound, .conflict])
  ) { call in .json(try call.api.jobs.cancel(try call.parameter("job")).encoded(), status: 202) },
  Route(
    method: "GET", path: "/api/v1/jobs/{job}/result", group: "Jobs",
    summary: "What a backtest or a sweep found; the bytes of `spotdesk backtest --json` or `spotdesk sweep --json`.",
    role: .viewer,
    parameters: [Parameters.job, Parameters.format],
    answer: RouteAnswer(schema: "JobResult", hasTable: true, problems: [.notFound])
  ) { call in
    let id = try call.parameter("job")
    let job = try call.api.jobs.job(id)
    let file = call.api.jobs.resultFile(job.id)
    guard FileStamp(file) != nil else {
      throw APIProblem(
        .notFound,
        "Job \(id) has no result of its own: it is \(job.state.rawValue)\(job.resultUrl.map { "; see \($0)" } ?? "").",
        "任务 \(id) 没有独立结果：状态为 \(job.state.rawValue)。")
    }
    let isTable = call.request.wantsTable
    let content = try call.api.cache.content("result \(id) \(isTable)", of: [file]) {
      if isTable, let own = try? Data(contentsOf: call.api.jobs.tableFile(id)) {
        return Content(own, mediaType: MediaTypes.table)
      }
      if isTable, job.kind == .sweep { throw Call.noTable }
      let data = try Data(contentsOf: file)
      return isTable
        ? Content(try documentTable(data, rows: "days"), mediaType: MediaTypes.table)
        : Content(data, mediaType: MediaTypes.json)
    }
    return .content(content)
  },
  Route(
    method: "GET", path: "/api/v1/jobs/{job}/events", group: "Jobs",
    summary: "Every change of a job as server-sent events; each holds the whole job.", role: .viewer,
    parameters: [Parameters.job],
    answer: RouteAnswer(mediaType: MediaTypes.events, problems: [.notFound, .unavailable])
  ) { call in try eventStream(of: try call.parameter("job"), call.api) },
  Route(
    method: "GET", path: "/api/v1/backtests", group: "Jobs",
    summary: "The backtests that were asked for, newest first.",
    role: .viewer, answer: RouteAnswer(schema: "Jobs")
  ) { call in
    let jobs = call.api.jobs.list().filter { [.backtest, .comparison, .sweep].contains($0.kind) }
    return .json(try encodedDocument(JobList(jobs: jobs, nextCursor: nil)))
  },
  Route(
    method: "POST", path: "/api/v1/backtests", group: "Jobs",
    summary:
      "Asks for a backtest of our offers, for a comparison of strategies, or for a sweep by the text of its file; a job.",
    role: .trader, parameters: [Parameters.idempotencyKey], bodySchema: "BacktestRequest",
    answer: RouteAnswer(status: 202, schema: "Job", problems: [.badRequest, .conflict, .unprocessable, .unavailable])
  ) { call in
    try await call.api.replies.once(call) {
      try call.accept(try call.body(JobBody.self, fields: JobBody.backtestFields))
    }
  },
  Route(
    method: "GET", path: "/api/v1/strategies", group: "Jobs", summary: "Names of the strategies that can be compared.",
    role: .viewer, answer: RouteAnswer(schema: "Strategies")
  ) { call in .json(try encodedDocument(StrategyNames(strategies: call.api.desk.namedStrategies()))) },
]

extension Call {
  fileprivate func accept(_ body: JobBody) throws -> APIResponse {
    let job = try api.jobs.add(try body.request(api.desk), by: caller)
    var answer = APIResponse.json(job.encoded(), status: 202).header("retry-after", "1")
    answer.headers.append(("location", "/api/v1/jobs/\(job.id)"))
    return answer
  }
}

private struct StrategyNames: Encodable {
  var schema = "spotdesk.strategy-names/1"
  var strategies: [String]
}

private struct JobList: Encodable {
  var schema = "spotdesk.jobs/1"
  var jobs: [JobRecord]
  var nextCursor: String?
}

/// Seconds between two signs of life on a quiet stream.
private let heartbeatSeconds = 15

private func eventStream(of id: String, _ api: API) throws -> APIResponse {
  let changes = try api.jobs.changes(of: id)
  guard api.measurements.move("event_streams", by: 1) <= api.settings.eventStreams else {
    api.measurements.move("event_streams", by: -1)
    var problem = APIProblem(.unavailable, "Too many event streams are open; poll the job instead.", "事件流过多，请改用轮询。")
    problem.headers = [("retry-after", "5")]
    throw problem
  }
  let (stream, continuation) = AsyncStream.makeStream(of: ByteBuffer.self, bufferingPolicy: .bufferingNewest(16))
  let reading = Task {
    for await job in changes {
      let name = job.state.isOver ? "done" : "progress"
      continuation.yield(ByteBuffer(string: "id: \(job.version)\nevent: \(name)\ndata: \(job.line())\n\n"))
    }
    continuation.finish()
  }
  let beating = Task {
    while !Task.isCancelled {
      try await Task.sleep(for: .seconds(heartbeatSeconds))
      continuation.yield(ByteBuffer(string: ": alive\n\n"))
    }
  }
  continuation.onTermination = { _ in
    reading.cancel()
    beating.cancel()
    api.measurements.move("event_streams", by: -1)
  }
  return APIResponse(status: 200, headers: [("cache-control", "no-store")], body: .events(stream))
}
