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
    summary: "Asks for long work: prepare a day, forecast, clear, review, or a backtest.", role: .trader,
    parameters: [Parameters.idempotencyKey], bodySchema: "JobRequest",
    answer: RouteAnswer(status: 202, schema: "Job", problems: [.badRequest, .conflict, .unprocessable, .unavailable])
  ) { call in
    try await call.api.replies.once(call) {
      let body = try call.body(
        JobBody.self, fields: ["kind", "day", "from", "to", "seed", "scenarios", "risk_aversion"])
      let job = try call.api.jobs.add(body.kind, try body.request(), by: call.caller)
      var answer = APIResponse.json(job.encoded(), status: 202).header("retry-after", "1")
      answer.headers.append(("location", "/api/v1/jobs/\(job.id)"))
      return answer
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
    summary: "What a backtest found; the bytes of `spotdesk backtest --json`.", role: .viewer,
    parameters: [Parameters.job, Parameters.format],
    answer: RouteAnswer(schema: "Backtest", hasTable: true, problems: [.notFound])
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
    let jobs = call.api.jobs.list().filter { $0.kind == .backtest }
    return .json(try encodedDocument(JobList(jobs: jobs, nextCursor: nil)))
  },
]

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
