internal import Foundation
internal import TradingDesk

/// The dashboard: files of one folder, and the chart library that set-up installed.
let pageRoutes: [Route] =
  [
    Route(
      method: "GET", path: "/", group: "Pages", summary: "The dashboard.", role: nil,
      answer: RouteAnswer(mediaType: MediaTypes.of("index.html"))
    ) { call in try call.page("index.html") },
    Route(
      method: "GET", path: "/docs", group: "Pages", summary: "This description as a page that needs no network.",
      role: nil,
      answer: RouteAnswer(mediaType: MediaTypes.of("docs.html"))
    ) { call in try call.page("docs.html") },
    Route(
      method: "GET", path: "/assets/{file}", group: "Pages", summary: "Scripts and styles of the pages.", role: nil,
      parameters: [
        RouteParameter(
          name: "file", place: .path, description: "A file of the dashboard.",
          schema: #"{"type":"string","minLength":1,"maxLength":120}"#, isRequired: true)
      ], answer: RouteAnswer(mediaType: "application/octet-stream", problems: [.notFound])
    ) { call in
      let name = try call.parameter("file")
      if name == "chart.js" {
        guard let library = call.api.settings.chartLibrary else {
          throw APIProblem(.notFound, "The chart library is not installed; run .ci/setup.", "未安装图表库，请运行 .ci/setup。")
        }
        return .content(
          try call.api.cache.content("chart library", of: [library]) {
            Content(try Data(contentsOf: library), mediaType: MediaTypes.of("chart.js"))
          })
      }
      return try call.page(name)
    },
  ]

extension Call {
  /// A file of the dashboard's folder, with the rules that keep its page from running anything else.
  fileprivate func page(_ name: String) throws -> APIResponse {
    let isPlain = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
    let file = api.settings.pages.appending(path: name)
    guard isPlain, !name.hasPrefix("."), FileStamp(file) != nil else {
      throw APIProblem(.notFound, "There is no page \(name).", "没有页面 \(name)。")
    }
    let content = try api.cache.content("page \(name)", of: [file]) {
      Content(try Data(contentsOf: file), mediaType: MediaTypes.of(name))
    }
    return APIResponse.content(content).header(
      "content-security-policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ).header("cache-control", "no-cache")
  }
}
