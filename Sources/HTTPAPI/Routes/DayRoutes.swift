internal import Foundation
internal import MarketModel
internal import TradingDesk

let dayRoutes: [Route] = [
  Route(
    method: "GET", path: "/api/v1/days", group: "Days", summary: "The days of the workspace, newest first.",
    role: .viewer, parameters: [Parameters.limit, Parameters.cursor, Parameters.format],
    answer: RouteAnswer(schema: "Days", hasTable: true, problems: [.badRequest])
  ) { call in
    let limit = try call.number(query: "limit", in: 1...1_000, standard: 100)
    let before = try call.day(query: "cursor")
    let desk = call.api.desk
    let folder = desk.workspace.directory.appending(path: "days")
    let files = [folder] + call.storeFiles + desk.dayFolders().map { desk.workspace.dayDirectory($0) }
    return try await call.computed("days", of: files, rows: "days") {
      try desk.listDays(before: before, limit: limit)
    }
  },
  Route(
    method: "GET", path: "/api/v1/days/{day}", group: "Days",
    summary: "One day at a glance: deadlines, freshness of the data, compliance, expected profit.", role: .viewer,
    parameters: [Parameters.day], answer: RouteAnswer(schema: "Overview", problems: [.badRequest, .notFound])
  ) { call in
    let (desk, day) = (call.api.desk, try call.day())
    let files = [desk.workspace.dayDirectory(day), desk.file(.bids, of: day)] + call.storeFiles
    return try await call.computed("overview", of: files) { try desk.overview(of: day) }
  },
  Route(
    method: "GET", path: "/api/v1/days/{day}/bids", group: "Bids",
    summary:
      "The day's offers of every unit, standard beside optimised, with reasons; the bytes of `spotdesk day --json`.",
    role: .viewer, parameters: [Parameters.day, Parameters.format],
    answer: RouteAnswer(schema: "Bids", hasTable: true, problems: [.badRequest, .notFound])
  ) { call in try await call.document(.bids, hasOwnTable: true) },
  Route(
    method: "GET", path: "/api/v1/days/{day}/bids/density", group: "Bids",
    summary: "How likely each price is over the day, for a curve to be drawn upon.", role: .viewer,
    parameters: [Parameters.day], answer: RouteAnswer(schema: "Density", problems: [.badRequest, .notFound])
  ) { call in
    let (desk, day) = (call.api.desk, try call.day())
    return try await call.computed("density", of: [desk.file(.bids, of: day)]) { try desk.priceDensity(of: day) }
  },
  Route(
    method: "GET", path: "/api/v1/days/{day}/checks", group: "Checks",
    summary: "The day's bid file against the rule pack; the bytes of `spotdesk check days/DAY/bids.csv --json`.",
    role: .viewer, parameters: [Parameters.day, Parameters.format],
    answer: RouteAnswer(schema: "Checks", hasTable: true, problems: [.badRequest, .notFound])
  ) { call in
    let (desk, day) = (call.api.desk, try call.day())
    let file = desk.table(.bids, of: day)
    guard FileStamp(file) != nil else {
      throw DeskProblem(.notFound, "\(day) has no bids. Run `spotdesk day \(day)`.")
    }
    return try await call.computed("checks", of: [file, desk.file(.bids, of: day)], rows: "compliance.checks") {
      try desk.checkFile(file)
    }
  },
  Route(
    method: "GET", path: "/api/v1/days/{day}/clearing", group: "Clearing",
    summary: "What cleared at the published prices; the bytes of `spotdesk clear --json`.", role: .viewer,
    parameters: [Parameters.day, Parameters.format],
    answer: RouteAnswer(schema: "Clearing", hasTable: true, problems: [.badRequest, .notFound])
  ) { call in try await call.document(.clearing, rows: "units") },
  Route(
    method: "GET", path: "/api/v1/days/{day}/review", group: "Reviews",
    summary: "Standard and optimised beside perfect foresight; the bytes of `spotdesk review --json`.", role: .viewer,
    parameters: [Parameters.day, Parameters.format],
    answer: RouteAnswer(schema: "Review", hasTable: true, problems: [.badRequest, .notFound])
  ) { call in try await call.document(.review, rows: "units") },
  Route(
    method: "GET", path: "/api/v1/days/{day}/settlement", group: "Settlement",
    summary: "What is paid for the day, line by line with formula and clause; the bytes of `spotdesk settle --json`.",
    role: .viewer, parameters: [Parameters.day, Parameters.format],
    answer: RouteAnswer(schema: "Settlement", hasTable: true, problems: [.badRequest, .notFound])
  ) { call in
    let (desk, day) = (call.api.desk, try call.day())
    let files = call.storeFiles + [desk.file(.bids, of: day), desk.file(.clearing, of: day)]
    return try await call.computed("settlement", of: files, rows: "lines") {
      try desk.settle(SettleRequest(days: MarketDayRange(day, through: day), withPeriods: true))
    }
  },
  Route(
    method: "GET", path: "/api/v1/days/{day}/position", group: "Position",
    summary:
      "Units, storages, stations, virtual power plant, customers and contracts as one position with its hedge; the bytes of `spotdesk position --json`.",
    role: .viewer, parameters: [Parameters.day, Parameters.format],
    answer: RouteAnswer(schema: "Position", hasTable: true, problems: [.badRequest, .notFound])
  ) { call in try await call.document(.position, rows: "parts") },
  Route(
    method: "GET", path: "/api/v1/days/{day}/market", group: "Market",
    summary:
      "What is to be known of the market before the gate, in English and Chinese, with every figure's source; the bytes of `spotdesk market --json`.",
    role: .viewer, parameters: [Parameters.day],
    answer: RouteAnswer(schema: "MarketBrief", problems: [.badRequest, .notFound])
  ) { call in try await call.document(.market) },
  Route(
    method: "GET", path: "/api/v1/days/{day}/realised", group: "Days",
    summary: "Every series of the market that is known of the day, by its latest publication.", role: .viewer,
    parameters: [Parameters.day], answer: RouteAnswer(schema: "Realised", problems: [.badRequest, .notFound])
  ) { call in
    let (desk, day) = (call.api.desk, try call.day())
    return try await call.computed("realised", of: call.storeFiles) { try desk.realised(day) }
  },
]

extension Call {
  /// The store and its journal: one of them changes with every write.
  var storeFiles: [URL] {
    let store = api.desk.workspace.storeFile
    return [store, URL(filePath: store.path + "-wal")]
  }

  /// A document of the day's folder, as its command wrote it.
  func document(
    _ document: DayDocument, hasOwnTable: Bool = false, rows: String? = nil
  ) async throws -> APIResponse {
    let (desk, day) = (api.desk, try day())
    let file = desk.file(document, of: day)
    let key = "\(document.rawValue) \(day)"
    guard request.wantsTable else {
      let content = try api.cache.content(key, of: [file]) {
        Content(try desk.content(document, of: day), mediaType: MediaTypes.json)
      }
      return .content(content)
    }
    if hasOwnTable {
      let table = desk.table(document, of: day)
      return .content(
        try api.cache.content(key + " csv", of: [table]) {
          Content(try desk.tableContent(document, of: day), mediaType: MediaTypes.table)
        })
    }
    guard let rows else { throw Call.noTable }
    return .content(
      try api.cache.content(key + " csv", of: [file]) {
        Content(try documentTable(try desk.content(document, of: day), rows: rows), mediaType: MediaTypes.table)
      })
  }

  static let noTable = APIProblem(.notAcceptable, "This is not available as a table.", "此内容不提供表格格式。")

  /// A report that a use case computes, kept until one of the files changes that it was made from.
  ///
  /// - Parameters:
  ///   - rows: where the rows of its table are; nil for none.
  func computed(
    _ name: String, of files: [URL], rows: String? = nil,
    _ make: @escaping @Sendable () throws -> some Encodable & Sendable
  ) async throws -> APIResponse {
    let isTable = request.wantsTable
    if isTable, rows == nil { throw Call.noTable }
    let choices = request.query.filter { $0.key != "lang" }.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
    let key = "\(name) \(request.path)?\(choices.joined(separator: "&")) \(isTable)"
    let own = api
    let work: @Sendable () throws -> Content = {
      let data = try encodedDocument(make())
      guard isTable, let rows else { return Content(data, mediaType: MediaTypes.json) }
      return Content(try documentTable(data, rows: rows), mediaType: MediaTypes.table)
    }
    if let known = own.cache.known(key, of: files) { return .content(known) }
    return .content(try await blocking { try own.cache.content(key, of: files, work) })
  }
}
