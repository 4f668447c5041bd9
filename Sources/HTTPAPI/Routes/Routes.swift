/// Every address of the server. The OpenAPI document is made from this list.
let apiRoutes: [Route] =
  operationRoutes + dayRoutes + forecastRoutes + ruleRoutes + registerRoutes + draftRoutes + processRoutes
  + customerRoutes
  + statementRoutes + jobRoutes
  + toolRoutes
  + pageRoutes

/// Parameters that several routes have.
enum Parameters {
  static let day = RouteParameter(
    name: "day", place: .path, description: "The market day, as 2023-03-15.",
    schema: #"{"type":"string","format":"date"}"#, isRequired: true)
  static let unit = RouteParameter(
    name: "unit", place: .path, description: "The unit's name in the register.",
    schema: #"{"type":"string","minLength":1,"maxLength":120}"#, isRequired: true)
  static let job = RouteParameter(
    name: "job", place: .path, description: "The job's number.",
    schema: #"{"type":"string","minLength":1,"maxLength":120}"#,
    isRequired: true)
  static let format = RouteParameter(
    name: "format", place: .query, description: "json or csv; the header Accept says it too.",
    schema: #"{"type":"string","enum":["json","csv"]}"#)
  static let limit = RouteParameter(
    name: "limit", place: .query, description: "Entries at most.",
    schema: #"{"type":"integer","minimum":1,"maximum":1000}"#)
  static let cursor = RouteParameter(
    name: "cursor", place: .query, description: "next_cursor of the page before.", schema: #"{"type":"string"}"#)
  static let ifMatch = RouteParameter(
    name: "If-Match", place: .header, description: "The ETag that you read; * for any.",
    schema: #"{"type":"string","minLength":1}"#, isRequired: true)
  static let idempotencyKey = RouteParameter(
    name: "Idempotency-Key", place: .header, description: "A repeated request with the same key does nothing more.",
    schema: #"{"type":"string","minLength":1,"maxLength":200}"#)
}
