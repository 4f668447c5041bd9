internal import Foundation
internal import MarketModel
internal import TradingDesk

let registerRoutes: [Route] = [
  Route(
    method: "GET", path: "/api/v1/units", group: "Registers", summary: "The units of the workspace.", role: .viewer,
    parameters: [Parameters.format], answer: RouteAnswer(schema: "Units", hasTable: true, problems: [.notFound])
  ) { call in
    let desk = call.api.desk
    return try await call.computed("units", of: call.storeFiles, rows: "units") { try desk.listUnits() }
  },
  Route(
    method: "GET", path: "/api/v1/data-quality", group: "Registers",
    summary: "Coverage, gaps and extremes of every series.", role: .viewer, parameters: [Parameters.format],
    answer: RouteAnswer(schema: "DataQuality", hasTable: true, problems: [.notFound])
  ) { call in
    let desk = call.api.desk
    return try await call.computed("data", of: call.storeFiles, rows: "series") { try desk.examineData() }
  },
]
