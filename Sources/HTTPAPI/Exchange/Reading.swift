internal import Foundation
internal import MarketModel

extension Call {
  /// The market day of the address.
  func day() throws -> MarketDay {
    let text = try parameter("day")
    guard let day = MarketDay(text), day.description == text else {
      throw APIProblem(
        .badRequest, "\"\(text)\" is no market day; write 2023-03-15.", "“\(text)”不是运行日，应写作 2023-03-15。")
    }
    return day
  }

  func day(query name: String) throws -> MarketDay? {
    guard let text = request.query[name] else { return nil }
    guard let day = MarketDay(text), day.description == text else {
      throw APIProblem.query(name, "\"\(text)\" is no market day; write 2023-03-15.", "“\(text)”不是运行日，应写作 2023-03-15。")
    }
    return day
  }

  func number(query name: String, in range: ClosedRange<Int>, standard: Int) throws -> Int {
    guard let text = request.query[name] else { return standard }
    guard let value = Int(text), range.contains(value) else {
      throw APIProblem.query(
        name, "\(name) is \"\(text)\"; use \(range.lowerBound) to \(range.upperBound).",
        "\(name) 为“\(text)”，应为 \(range.lowerBound) 至 \(range.upperBound)。")
    }
    return value
  }

  /// The body as a value; unknown fields are refused, so that a misspelt one does not pass for a wish.
  func body<Value: Decodable>(_ type: Value.Type, fields: Set<String>) throws -> Value {
    guard !request.body.isEmpty else {
      throw APIProblem(.badRequest, "The request has no body; send JSON.", "请求没有请求体，请发送 JSON。")
    }
    guard Nesting.isShallow(request.body) else {
      throw APIProblem(
        .badRequest, "The JSON is nested more than \(Nesting.limit) deep.", "JSON 嵌套超过 \(Nesting.limit) 层。")
    }
    guard let object = try? JSONSerialization.jsonObject(with: request.body) as? [String: Any] else {
      throw APIProblem(.badRequest, "The body is not a JSON object.", "请求体不是 JSON 对象。")
    }
    if let surplus = object.keys.filter({ !fields.contains($0) }).sorted().first {
      throw APIProblem.body(
        "/\(surplus)", "There is no field \(surplus); there are \(fields.sorted().joined(separator: ", ")).",
        "没有字段 \(surplus)；可用字段：\(fields.sorted().joined(separator: "、"))。")
    }
    do {
      return try JSONDecoder().decode(type, from: request.body)
    } catch let error as DecodingError {
      throw Call.problem(error)
    } catch {
      throw APIProblem(.unprocessable, "\(error)", "请求体内容无效：\(error)")
    }
  }

  private static func problem(_ error: DecodingError) -> APIProblem {
    func pointer(_ path: [any CodingKey]) -> String {
      path.map { "/" + ($0.intValue.map { "\($0)" } ?? $0.stringValue) }.joined()
    }
    switch error {
    case .keyNotFound(let key, let context):
      let place = pointer(context.codingPath + [key])
      return .body(place, "The field \(place) is missing.", "缺少字段 \(place)。")
    case .valueNotFound(_, let context):
      return .body(pointer(context.codingPath), "The field is null.", "字段为空。")
    case .typeMismatch(let type, let context):
      return .body(pointer(context.codingPath), "The field is not of the type \(type).", "字段类型应为 \(type)。")
    case .dataCorrupted(let context):
      return .body(pointer(context.codingPath), context.debugDescription, "字段内容无效。")
    @unknown default: return .body("", "The body cannot be read.", "请求体无法读取。")
    }
  }
}

/// A look at the depth of JSON before a parser that calls itself reads it.
enum Nesting {
  static let limit = 32

  static func isShallow(_ data: Data) -> Bool {
    var (depth, isText, isEscaped) = (0, false, false)
    for byte in data {
      if isText {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isText = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isText = true
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        if depth > limit { return false }
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      default: break
      }
    }
    return true
  }
}
