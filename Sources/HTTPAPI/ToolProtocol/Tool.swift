internal import Foundation

/// A use case as a tool of the Model Context Protocol: a name, what it takes, and the request that it makes.
struct Tool: Sendable {
  let name: String
  let summary: String
  /// Needed role; tools above `viewer` are shown only to a key that has it.
  let role: Role
  /// Name, JSON schema and whether it must be given.
  let arguments: [(name: String, schema: String, isRequired: Bool)]
  let request: @Sendable (ToolArguments) throws -> APIRequest
  /// Shortens the document for reading; nil for the whole.
  var excerpt: (@Sendable ([String: Any], ToolArguments) -> Any)?

  var description: [String: Any] {
    var properties: [String: Any] = [:]
    for argument in arguments {
      properties[argument.name] = (try? JSONSerialization.jsonObject(with: Data(argument.schema.utf8))) ?? [:]
    }
    return [
      "name": name, "description": summary,
      "inputSchema": [
        "type": "object", "properties": properties, "required": arguments.filter(\.isRequired).map(\.name),
        "additionalProperties": false,
      ] as [String: Any],
      "annotations": ["readOnlyHint": role == .viewer],
    ]
  }
}

/// What a caller gave to a tool.
struct ToolArguments: @unchecked Sendable {
  let values: [String: Any]

  func text(_ name: String) throws -> String {
    guard let text = values[name] as? String, !text.isEmpty else {
      throw APIProblem.body("/\(name)", "The tool needs \(name).", "工具需要参数 \(name)。")
    }
    return text
  }

  /// As a part of an address.
  func part(_ name: String) throws -> String {
    try text(name).addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(.init(charactersIn: "-._"))) ?? ""
  }

  func body(_ names: [String]) throws -> Data {
    try JSONSerialization.data(withJSONObject: values.filter { names.contains($0.key) })
  }
}

private let dayArgument = (
  name: "day", schema: #"{"type":"string","description":"market day, 2023-03-15"}"#, isRequired: true
)
private let unitArgument = (
  name: "unit", schema: #"{"type":"string","description":"unit of the register"}"#, isRequired: true
)

private let customerArgument = (
  name: "customer", schema: #"{"type":"string","description":"customer of the list"}"#, isRequired: true
)

private func read(_ path: @escaping @Sendable (ToolArguments) throws -> String)
  -> @Sendable (ToolArguments) throws -> APIRequest
{
  { APIRequest(method: "GET", path: try path($0)) }
}

private func reading(
  _ name: String, _ summary: String, _ rest: String, excerpt: (@Sendable ([String: Any], ToolArguments) -> Any)? = nil
) -> Tool {
  Tool(
    name: name, summary: summary, role: .viewer, arguments: [dayArgument],
    request: read { "/api/v1/days/\(try $0.part("day"))\(rest)" }, excerpt: excerpt)
}

/// Every tool, those that only read first.
let allTools: [Tool] = [
  Tool(
    name: "list_days", summary: "Lists the market days of the workspace and what was made of each.", role: .viewer,
    arguments: [], request: read { _ in "/api/v1/days" }),
  reading("day_overview", "Deadlines, freshness of the data, compliance and expected profit of a day.", ""),
  Tool(
    name: "price_forecast", summary: "The day-ahead price forecast of a day with chosen percentiles.", role: .viewer,
    arguments: [
      dayArgument,
      (name: "quantiles", schema: #"{"type":"string","description":"as 0.1,0.5,0.9"}"#, isRequired: false),
    ],
    request: { given in
      var request = APIRequest(method: "GET", path: "/api/v1/days/\(try given.part("day"))/forecasts/price")
      request.query = ["quantiles": (given.values["quantiles"] as? String) ?? "0.1,0.5,0.9"]
      return request
    }),
  Tool(
    name: "explain_bid", summary: "One unit's offer of a day: every segment with its reason, cost and chance to clear.",
    role: .viewer, arguments: [dayArgument, unitArgument],
    request: read { "/api/v1/days/\(try $0.part("day"))/bids" },
    excerpt: { document, given in
      let units = document["units"] as? [[String: Any]] ?? []
      guard var unit = units.first(where: { $0["unit"] as? String == given.values["unit"] as? String }) else {
        return ["problem": "There is no offer of this unit.", "units": units.compactMap { $0["unit"] }]
      }
      for name in ["standard", "optimised"] {
        if var offer = unit[name] as? [String: Any] {
          offer["planned_MW"] = nil
          unit[name] = offer
        }
      }
      unit["currency"] = document["currency"]
      return unit
    }),
  reading(
    "bids_summary", "Expected profit and verdict of every unit of a day, and the fleet's totals.", "/bids",
    excerpt: { document, _ in
      let units = (document["units"] as? [[String: Any]] ?? []).map { unit -> [String: Any] in
        let offer = unit["optimised"] as? [String: Any]
        return [
          "unit": unit["unit"] ?? "", "verdict": unit["verdict"] ?? "", "on_line": offer?["on_line"] ?? [],
          "profit": offer?["profit"] ?? [:],
        ]
      }
      var fleet = document["fleet"] as? [String: Any] ?? [:]
      for name in ["standard", "optimised"] {
        if var offer = fleet[name] as? [String: Any] {
          offer["planned_MW"] = nil
          fleet[name] = offer
        }
      }
      return ["day": document["day"] ?? "", "currency": document["currency"] ?? "", "fleet": fleet, "units": units]
    }),
  reading("checks", "The rules' verdict on the bids of a day.", "/checks"),
  reading("clearing", "What cleared at the published prices.", "/clearing"),
  reading("review", "What was earned, beside the standard offer and perfect foresight.", "/review"),
  reading(
    "market_brief", "What is to be known of the market before the gate, as sentences with their figures and sources.",
    "/market",
    excerpt: { document, _ in
      document.filter { ["day", "currency", "rule_pack", "data_as_of", "sentences", "notes"].contains($0.key) }
    }),
  reading(
    "position", "The company's position of a day: parts, risk before and after the hedge, and what to hedge.",
    "/position",
    excerpt: { document, _ in document.filter { $0.key != "exposure" } }),
  reading("process", "How far the bids of a day have come: draft, checked, approved, sealed, submitted.", "/process"),
  reading("missing_bids", "What happens if nothing is submitted for a day.", "/missing-bids"),
  Tool(
    name: "what_if", summary: "What a curve of one unit would be worth, and what the rules say of it.", role: .viewer,
    arguments: [
      dayArgument, unitArgument,
      (
        name: "segments",
        schema:
          #"{"type":"array","items":{"type":"object","required":["to_MW","price_per_MWh"],"properties":{"to_MW":{"type":"number"},"price_per_MWh":{"type":"number"}}}}"#,
        isRequired: false
      ),
    ],
    request: { given in
      var request = APIRequest(method: "POST", path: "/api/v1/days/\(try given.part("day"))/what-if")
      request.body = try given.body(["unit", "segments"])
      return request
    }),
  Tool(
    name: "rules", summary: "Every value of the rule pack of a market with its clause.", role: .viewer,
    arguments: [(name: "market", schema: #"{"type":"string"}"#, isRequired: true)],
    request: read { "/api/v1/rules/\(try $0.part("market"))" }),
  Tool(
    name: "rule_packs", summary: "The rule packs there are.", role: .viewer, arguments: [],
    request: read { _ in "/api/v1/rules" }),
  Tool(
    name: "units", summary: "The register of units.", role: .viewer, arguments: [],
    request: read { _ in "/api/v1/units" }),
  Tool(
    name: "data_quality", summary: "Coverage and gaps of the data.", role: .viewer, arguments: [],
    request: read { _ in "/api/v1/data-quality" }),
  Tool(
    name: "customers", summary: "Retail customers by value, as far as the key's role may see them.", role: .viewer,
    arguments: [(name: "tier", schema: #"{"type":"string","enum":["S","A","B","C","D"]}"#, isRequired: false)],
    request: { given in
      var request = APIRequest(method: "GET", path: "/api/v1/customers")
      if let tier = given.values["tier"] as? String { request.query = ["tier": tier] }
      return request
    }),
  Tool(
    name: "explain_customer", summary: "Why a customer is worth what the score says.", role: .viewer,
    arguments: [customerArgument], request: read { "/api/v1/customers/\(try $0.part("customer"))" }),
  Tool(
    name: "customer_packages", summary: "Which packages may be offered to a customer.", role: .viewer,
    arguments: [customerArgument], request: read { "/api/v1/customers/\(try $0.part("customer"))/packages" }),
  Tool(
    name: "customer_alerts", summary: "Customers whose load stopped, moved away or grew.", role: .viewer, arguments: [],
    request: read { _ in "/api/v1/customer-alerts" }),
  Tool(
    name: "start_job", summary: "Asks for long work; a comparison names its strategies.", role: .trader,
    arguments: [
      (
        name: "kind",
        schema:
          #"{"type":"string","enum":["day","forecast","clear","review","position","market","backtest","comparison"]}"#,
        isRequired: true
      ),
      (name: "day", schema: #"{"type":"string"}"#, isRequired: false),
      (name: "from", schema: #"{"type":"string"}"#, isRequired: false),
      (name: "to", schema: #"{"type":"string"}"#, isRequired: false),
      (name: "strategies", schema: #"{"type":"array","items":{"type":"string"}}"#, isRequired: false),
    ],
    request: { given in
      var request = APIRequest(method: "POST", path: "/api/v1/jobs")
      request.body = try given.body(["kind", "day", "from", "to", "strategies"])
      return request
    }),
  Tool(
    name: "job", summary: "How far a job is.", role: .viewer,
    arguments: [(name: "job", schema: #"{"type":"string"}"#, isRequired: true)],
    request: read { "/api/v1/jobs/\(try $0.part("job"))" }),
]
