internal import Foundation
internal import MarketModel
internal import TradingDesk

let ruleRoutes: [Route] = [
  Route(
    method: "GET", path: "/api/v1/rules", group: "Rules",
    summary: "The rule packs; the bytes of `spotdesk rules --json`.", role: .viewer, parameters: [Parameters.format],
    answer: RouteAnswer(schema: "Rules", hasTable: true)
  ) { call in
    let desk = call.api.desk
    return try await call.computed("rules", of: desk.ruleFiles, rows: "packs") {
      try desk.describeRules(market: nil, day: nil)
    }
  },
  Route(
    method: "GET", path: "/api/v1/rules/{market}", group: "Rules",
    summary: "Every value of a market's pack with its clause: the newest, or the one in force on ?day=.", role: .viewer,
    parameters: [
      RouteParameter(
        name: "market", place: .path, description: "A market of the list of packs.",
        schema: #"{"type":"string","minLength":1,"maxLength":120}"#, isRequired: true),
      RouteParameter(
        name: "day", place: .query, description: "A market day.", schema: #"{"type":"string","format":"date"}"#),
      Parameters.format,
    ], answer: RouteAnswer(schema: "Rules", hasTable: true, problems: [.badRequest, .notFound])
  ) { call in
    let (desk, market, day) = (call.api.desk, try call.parameter("market"), try call.day(query: "day"))
    return try await call.computed("pack", of: desk.ruleFiles, rows: "values") {
      try desk.describeRules(market: market, day: day)
    }
  },
  Route(
    method: "GET", path: "/api/v1/rules/{market}/{version}", group: "Rules",
    summary: "Every value of one pack with its clause; the bytes of `spotdesk rules show --json`.", role: .viewer,
    parameters: [
      RouteParameter(
        name: "market", place: .path, description: "A market of the list of packs.",
        schema: #"{"type":"string","minLength":1,"maxLength":120}"#, isRequired: true),
      RouteParameter(
        name: "version", place: .path, description: "A version of the list of packs.",
        schema: #"{"type":"string","minLength":1,"maxLength":120}"#, isRequired: true),
      Parameters.format,
    ], answer: RouteAnswer(schema: "Rules", hasTable: true, problems: [.notFound])
  ) { call in
    let desk = call.api.desk
    let name = "\(try call.parameter("market"))/\(try call.parameter("version"))"
    try requirePackName(name)
    return try await call.computed("pack", of: desk.ruleFiles, rows: "values") { try desk.showPack(name, day: nil) }
  },
  Route(
    method: "GET", path: "/api/v1/rule-differences", group: "Rules",
    summary: "What one pack says otherwise than another, in words; the bytes of `spotdesk rules diff --json`.",
    role: .viewer,
    parameters: [
      RouteParameter(
        name: "from", place: .query, description: "The earlier pack, as market/version.",
        schema: #"{"type":"string","minLength":1,"maxLength":200}"#, isRequired: true),
      RouteParameter(
        name: "to", place: .query, description: "The later pack, as market/version.",
        schema: #"{"type":"string","minLength":1,"maxLength":200}"#, isRequired: true),
    ], answer: RouteAnswer(schema: "PackFindings", problems: [.badRequest, .notFound])
  ) { call in
    let desk = call.api.desk
    guard let from = call.request.query["from"], let to = call.request.query["to"] else {
      throw APIProblem.query(
        "from", "Name two packs with from and to, as market/version.", "请用 from 与 to 指定两个规则包，如 market/version。")
    }
    try requirePackName(from)
    try requirePackName(to)
    return try await call.computed("difference", of: desk.ruleFiles) { try desk.comparePacks(from, to) }
  },
]

/// A pack is named by the library's words; a file of the server's disk is not to be had this way.
private func requirePackName(_ name: String) throws {
  let parts = name.split(separator: "/", omittingEmptySubsequences: false)
  let isPlain = parts.allSatisfy { part in
    !part.isEmpty && !part.hasPrefix(".") && part.allSatisfy { $0.isLetter || $0.isNumber || "-_.".contains($0) }
  }
  guard parts.count <= 2, isPlain, !name.hasSuffix(".yaml") else {
    throw APIProblem(
      .notFound, "\"\(name.prefix(80))\" is no rule pack; /api/v1/rules lists them.",
      "“\(name.prefix(80))”不是规则包；/api/v1/rules 可查。")
  }
}

extension TradingDesk {
  /// The folder of the packs: it changes with every new file in it.
  var ruleFiles: [URL] { [ruleFolder] }
}
