internal import Foundation
internal import TradingDesk

/// Why a request is not answered, as RFC 9457 writes it, in English and Chinese.
struct APIProblem: Error, Sendable {
  /// What is wrong in one field.
  struct Fault: Sendable {
    /// JSON pointer into the body, or "?name" for a part of the query.
    var pointer: String
    var code: String
    var english: String
    var chinese: String
    var clause = ""
  }

  let kind: ProblemKind
  let english: String
  let chinese: String
  var faults: [Fault] = []
  var headers: [(name: String, value: String)] = []

  init(_ kind: ProblemKind, _ english: String, _ chinese: String) {
    self.kind = kind
    self.english = english
    self.chinese = chinese
  }

  static func query(_ name: String, _ english: String, _ chinese: String) -> APIProblem {
    var problem = APIProblem(.badRequest, english, chinese)
    problem.faults = [Fault(pointer: "?\(name)", code: "invalid", english: english, chinese: chinese)]
    return problem
  }

  static func body(_ pointer: String, _ english: String, _ chinese: String) -> APIProblem {
    var problem = APIProblem(.unprocessable, english, chinese)
    problem.faults = [Fault(pointer: pointer, code: "invalid", english: english, chinese: chinese)]
    return problem
  }

  /// What the desk could not do.
  init(_ problem: DeskProblem) {
    let kind = ProblemKind(problem.kind)
    self.init(
      kind, kind == .internalError ? "A defect of ours; the log has it under the request's id." : problem.description,
      kind == .internalError ? "程序内部错误，日志中按请求编号可查。" : "\(kind.chineseTitle)：\(problem.description)")
  }

  func encoded(path: String, requestID: String, chinese isChinese: Bool) -> Data {
    var object: [String: Any] = [
      "type": "/problems/\(kind.rawValue)", "title": isChinese ? kind.chineseTitle : kind.title,
      "status": kind.status, "detail": isChinese ? chinese : english, "detail_en": english, "detail_zh": chinese,
      "instance": path, "request_id": requestID,
    ]
    if !faults.isEmpty {
      object["errors"] = faults.map { fault in
        [
          "pointer": fault.pointer, "code": fault.code, "message_en": fault.english, "message_zh": fault.chinese,
          "clause": fault.clause,
        ]
      }
    }
    let options: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return ((try? JSONSerialization.data(withJSONObject: object, options: options)) ?? Data("{}".utf8))
      + Data("\n".utf8)
  }
}

/// The kinds of problems; the raw value is the last part of the type's address and does not change.
enum ProblemKind: String, Sendable, CaseIterable {
  case badRequest = "bad-request"
  case unauthenticated
  case forbidden
  case notFound = "not-found"
  case methodNotAllowed = "method-not-allowed"
  case notAcceptable = "not-acceptable"
  case conflict
  case tooSlow = "too-slow"
  case changedMeanwhile = "changed-meanwhile"
  case tooLarge = "too-large"
  case mediaType = "media-type"
  case unprocessable
  case conditionMissing = "condition-missing"
  case tooMany = "too-many-requests"
  case internalError = "internal-error"
  case unavailable

  init(_ kind: DeskProblem.Kind) {
    self =
      switch kind {
      case .badData: .unprocessable
      case .missingInput, .notFound: .notFound
      case .infeasible: .unprocessable
      case .busy: .conflict
      case .cannotWrite: .unavailable
      case .cancelled, .refused: .conflict
      case .internalError: .internalError
      }
  }

  var status: Int {
    switch self {
    case .badRequest: 400
    case .unauthenticated: 401
    case .forbidden: 403
    case .notFound: 404
    case .methodNotAllowed: 405
    case .notAcceptable: 406
    case .tooSlow: 408
    case .conflict: 409
    case .changedMeanwhile: 412
    case .tooLarge: 413
    case .mediaType: 415
    case .unprocessable: 422
    case .conditionMissing: 428
    case .tooMany: 429
    case .internalError: 500
    case .unavailable: 503
    }
  }

  var title: String {
    switch self {
    case .badRequest: "The request cannot be read"
    case .unauthenticated: "A key is needed"
    case .forbidden: "The key's role does not allow this"
    case .notFound: "Not found"
    case .methodNotAllowed: "This address does not know the method"
    case .notAcceptable: "Not available in this form"
    case .conflict: "In conflict with something else"
    case .tooSlow: "The request came too slowly"
    case .changedMeanwhile: "Somebody else changed it meanwhile"
    case .tooLarge: "Too large"
    case .mediaType: "The body is not JSON"
    case .unprocessable: "The content cannot be used"
    case .conditionMissing: "If-Match is needed"
    case .tooMany: "Too many requests"
    case .internalError: "A defect of ours"
    case .unavailable: "Not available now"
    }
  }

  var chineseTitle: String {
    switch self {
    case .badRequest: "请求无法解析"
    case .unauthenticated: "需要密钥"
    case .forbidden: "密钥的角色无权执行"
    case .notFound: "未找到"
    case .methodNotAllowed: "该地址不支持此方法"
    case .notAcceptable: "不提供此格式"
    case .conflict: "与其他操作冲突"
    case .tooSlow: "请求传输过慢"
    case .changedMeanwhile: "内容已被他人修改"
    case .tooLarge: "内容过大"
    case .mediaType: "请求体不是 JSON"
    case .unprocessable: "内容不可用"
    case .conditionMissing: "缺少 If-Match"
    case .tooMany: "请求过于频繁"
    case .internalError: "程序内部错误"
    case .unavailable: "暂不可用"
    }
  }
}
