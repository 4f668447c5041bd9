internal import Foundation
internal import MarketModel
internal import TradingDesk

let statementRoutes: [Route] = [
  Route(
    method: "POST", path: "/api/v1/days/{day}/statement", group: "Settlement",
    summary:
      "Compares the operator's statement of the day, as CSV or XLSX, with ours: every difference with its cause. The document of `spotdesk settle DAY --statement statement.csv --json`.",
    role: .trader,
    parameters: [
      Parameters.day,
      RouteParameter(
        name: "layout", place: .query, description: "The statement's layout; by default it is found by its columns.",
        schema: #"{"type":"string","minLength":1,"maxLength":120}"#),
    ], upload: ["text/csv", MediaTypes.workbook],
    answer: RouteAnswer(schema: "Settlement", problems: [.badRequest, .notFound, .conflict, .unprocessable])
  ) { call in
    let (desk, day, layout) = (call.api.desk, try call.day(), call.request.query["layout"])
    guard !call.request.body.isEmpty else {
      throw APIProblem(.badRequest, "The request has no body; send the statement's file.", "请求没有内容，请发送结算单文件。")
    }
    let (file, isWorkbook) = (call.request.body, call.request.mediaType == MediaTypes.workbook)
    return .json(
      try await blocking {
        try encodedDocument(desk.settle(day, against: file, isWorkbook: isWorkbook, layout: layout))
      })
  }
]
