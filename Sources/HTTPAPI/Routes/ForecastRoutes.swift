internal import Foundation
internal import MarketModel
internal import TradingDesk

let forecastRoutes: [Route] = [
  Route(
    method: "GET", path: "/api/v1/days/{day}/forecasts", group: "Forecasts",
    summary: "Which forecasts of the day were made, from what, by which models.", role: .viewer,
    parameters: [Parameters.day], answer: RouteAnswer(schema: "ForecastModels", problems: [.badRequest, .notFound])
  ) { call in
    let (desk, day) = (call.api.desk, try call.day())
    return try await call.computed("forecasts", of: call.storeFiles) { try desk.forecastModels(of: day) }
  },
  Route(
    method: "GET", path: "/api/v1/days/{day}/forecasts/{target}", group: "Forecasts",
    summary:
      "A forecast with its distribution; the bytes of `spotdesk forecast --json`, or some of its percentiles with ?quantiles=.",
    role: .viewer,
    parameters: [
      Parameters.day,
      RouteParameter(
        name: "target", place: .path, description: "price, load, wind or solar.",
        schema: #"{"type":"string","enum":["price","load","wind","solar"]}"#, isRequired: true),
      RouteParameter(
        name: "quantiles", place: .query, description: "Probabilities with commas between, of 0.01 … 0.99.",
        schema: ##"{"type":"string","pattern":"^0?\\.\\d{1,2}(,0?\\.\\d{1,2})*$","example":"0.1,0.5,0.9"}"##),
      RouteParameter(
        name: "vintage", place: .query, description: "Number of an earlier forecast of the day, from 1 (the oldest).",
        schema: #"{"type":"integer","minimum":1,"maximum":1000}"#),
      Parameters.format,
    ], answer: RouteAnswer(schema: "Forecast", hasTable: true, problems: [.badRequest, .notFound])
  ) { call in
    let targets: [String: DayDocument] = [
      "price": .priceForecast, "load": .loadForecast, "wind": .windForecast, "solar": .solarForecast,
    ]
    let name = try call.parameter("target")
    guard let document = targets[name] else {
      throw APIProblem(
        .notFound, "\"\(name)\" is not forecast; there are price, load, wind and solar.",
        "没有“\(name)”的预测；可选 price、load、wind、solar。")
    }
    let day = try call.day()
    let quantiles = try call.quantiles()
    let vintage = try call.number(query: "vintage", in: 1...1_000, standard: 1)
    let hasVintage = call.request.query["vintage"] != nil
    guard quantiles != nil || hasVintage else { return try await call.document(document, hasOwnTable: true) }
    if call.request.wantsTable { throw Call.noTable }
    let desk = call.api.desk
    let file = desk.file(document, of: day)
    let key = "\(document.rawValue) \(day) \(quantiles ?? []) \(hasVintage ? vintage : 0)"
    let content = try call.api.cache.content(key, of: [file]) {
      let whole =
        try hasVintage
        ? desk.forecastVintage(document, of: day, number: vintage) : desk.content(document, of: day)
      return Content(try quantiles.map { try chosen($0, of: whole) } ?? whole, mediaType: MediaTypes.json)
    }
    return .content(content)
  },
  Route(
    method: "GET", path: "/api/v1/days/{day}/forecasts/{target}/vintages", group: "Forecasts",
    summary: "The forecasts that were made of the day, oldest first, to be replayed.", role: .viewer,
    parameters: [
      Parameters.day,
      RouteParameter(
        name: "target", place: .path, description: "price, load, wind or solar.",
        schema: #"{"type":"string","enum":["price","load","wind","solar"]}"#, isRequired: true),
    ], answer: RouteAnswer(schema: "Vintages", problems: [.badRequest, .notFound])
  ) { call in
    let targets: [String: DayDocument] = [
      "price": .priceForecast, "load": .loadForecast, "wind": .windForecast, "solar": .solarForecast,
    ]
    guard let document = targets[try call.parameter("target")] else {
      throw APIProblem(.notFound, "There are price, load, wind and solar.", "可选 price、load、wind、solar。")
    }
    let (desk, day) = (call.api.desk, try call.day())
    return try await call.computed("vintages", of: [desk.workspace.dayDirectory(day), desk.file(document, of: day)]) {
      try desk.forecastVintages(document, of: day)
    }
  },
]

extension Call {
  /// The percentiles that are asked for; nil for all.
  fileprivate func quantiles() throws -> [Double]? {
    guard let text = request.query["quantiles"] else { return nil }
    let values = text.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    guard (1...99).contains(values.count), values.allSatisfy({ ($0 ?? 0) > 0.0049 && ($0 ?? 1) < 0.9951 }) else {
      throw APIProblem.query(
        "quantiles", "\"\(text.prefix(80))\" are no probabilities; write 0.1,0.5,0.9, each 0.01 to 0.99.",
        "“\(text.prefix(80))”不是概率；应写作 0.1,0.5,0.9，取值 0.01 至 0.99。")
    }
    return values.compactMap { $0 }
  }
}

/// The document with some of its percentiles, the nearest ones.
private func chosen(_ wanted: [Double], of document: Data) throws -> Data {
  guard var object = try JSONSerialization.jsonObject(with: document) as? [String: Any],
    let probabilities = object["probabilities"] as? [Double], let rows = object["quantiles"] as? [Any],
    probabilities.count == rows.count, !rows.isEmpty
  else { return document }
  let places = wanted.map { value in
    probabilities.indices.min { abs(probabilities[$0] - value) < abs(probabilities[$1] - value) } ?? 0
  }
  object["probabilities"] = places.map { probabilities[$0] }
  object["quantiles"] = places.map { rows[$0] }
  return try JSONSerialization.data(
    withJSONObject: object, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]) + Data("\n".utf8)
}
