import Foundation
import MarketModel
import TradingDesk

@testable import HTTPAPI

/// An API over a workspace that is made up: an empty store, and documents of one day as somebody's bytes.
struct Sandbox {
  static let day = "2026-03-20"
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  let folder: URL
  let api: API
  let log = LineCollector()

  /// An empty workspace, made once and copied.
  private static let model = Result { () throws -> URL in
    let folder = FileManager.default.temporaryDirectory.appending(path: "spotdesk-api-model-\(getpid())")
    try? FileManager.default.removeItem(at: folder)
    let desk = Sandbox.desk(folder)
    let market = try needed(desk.describeRules(market: nil, day: nil).packs.first { $0.status == "in-force" }).market
    _ = try desk.initialise(rules: market)
    return folder
  }

  private static func desk(_ folder: URL) -> TradingDesk {
    TradingDesk(
      workspace: Workspace(folder), dataDirectory: root.appending(path: "data"), programVersion: "test",
      now: { Date() },
      progress: { _ in })
  }

  init(_ change: (inout ServerSettings) -> Void = { _ in }) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "spotdesk-api-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: try Sandbox.model.get(), to: folder)
    let desk = Sandbox.desk(folder)
    let days = desk.workspace.dayDirectory(try needed(MarketDay(Sandbox.day)))
    try FileManager.default.createDirectory(at: days, withIntermediateDirectories: true)
    for name in ["bids", "review", "clearing"] {
      try Data(
        "{\n  \"day\" : \"\(Sandbox.day)\",\n  \"units\" : [\n    {\n      \"unit\" : \"=A1\",\n      \"profit\" : 1.5\n    }\n  ]\n}\n"
          .utf8
      ).write(
        to: days.appending(path: "\(name).json"))
    }
    try Data("unit,segment\nA1,1\n".utf8).write(to: days.appending(path: "bids.csv"))
    var settings = ServerSettings(pages: Sandbox.root.appending(path: "data/dashboard"))
    settings.bodyLimit = 4_096
    settings.writesPerSecond = 0
    change(&settings)
    let lines = log
    api = try API(desk: desk, settings: settings, log: RequestLog(everyRequest: true) { lines.add($0) })
  }

  func ask(
    _ method: String, _ target: String, headers: [String: String] = [:], body: String? = nil
  ) async -> Answer {
    let halves = target.split(separator: "?", maxSplits: 1)
    var request = APIRequest(method: method, path: String(halves[0]), id: "test-request")
    request.query = APIRequest.query(halves.count == 2 ? String(halves[1]) : nil) ?? [:]
    request.headers = headers
    if body != nil, request.headers["content-type"] == nil { request.headers["content-type"] = "application/json" }
    let data = Data((body ?? "").utf8)
    let answer = await api.respond(to: request) { limit in
      guard data.count <= limit else { throw API.tooLarge(limit) }
      return data
    }
    return Answer(answer)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }
}

struct Answer {
  let status: Int
  let headers: [String: String]
  let data: Data
  let content: Content?

  init(_ answer: APIResponse) {
    status = answer.status
    headers = Dictionary(answer.headers.map { ($0.name, $0.value) }) { first, _ in first }
    switch answer.body {
    case .content(let own): (data, content) = (own.data, own)
    case .bytes(let own, _): (data, content) = (own, nil)
    default: (data, content) = (Data(), nil)
    }
  }

  var text: String { String(decoding: data, as: UTF8.self) }
  var object: [String: Any] { ((try? JSONSerialization.jsonObject(with: data)) as? [String: Any]) ?? [:] }
}

final class LineCollector: @unchecked Sendable {
  private let lock = NSLock()
  private var kept: [String] = []
  func add(_ line: String) { lock.withLock { kept.append(line) } }
  var lines: [String] { lock.withLock { kept } }
}

struct Missing: Error {}

func needed<Value>(_ value: Value?) throws -> Value {
  guard let value else { throw Missing() }
  return value
}
