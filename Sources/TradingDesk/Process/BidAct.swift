internal import Foundation

/// What somebody does with the bids of a day: the content of an audit entry.
enum BidAct: Hashable, Sendable {
  /// A payload becomes the draft; earlier approvals end.
  case draft(Draft)
  case check(Check)
  case override(Override)
  case approve(Payload)
  case seal(Payload)
  case export(Export)
  case submit(Submission)
  case echo(Echo)
  /// A default bid is registered, in force from the entry's day on.
  case registerDefault(Draft)

  struct Payload: Hashable, Sendable, Codable {
    /// SHA-256.
    var payload: String
  }

  struct Draft: Hashable, Sendable, Codable {
    var payload: String
    var source: String
    var units: Int
    var rulePack: String
  }

  struct Check: Hashable, Sendable, Codable {
    var payload: String
    var verdict: String
    var rulePack: String
    var violated: Int
    var notEvaluated: Int
    /// Violations that nobody may override: "C07 A1".
    var blocks: [String]
    /// Violations that a named person may override.
    var stops: [String]
    /// The time of sending that was assumed, if it was not the present.
    var sentAt: String?
  }

  struct Override: Hashable, Sendable, Codable {
    var payload: String
    var check: String
    var unit: String
    var reason: String
  }

  struct Export: Hashable, Sendable, Codable {
    var payload: String
    var file: String
    /// SHA-256 of the file that was written.
    var content: String
  }

  struct Submission: Hashable, Sendable, Codable {
    var payload: String
    var receipt: String
  }

  struct Echo: Hashable, Sendable, Codable {
    var payload: String
    var file: String
    var content: String
    var differences: Int
  }
}

extension BidAct {
  var action: String {
    switch self {
    case .draft: "drafted"
    case .check: "checked"
    case .override: "overridden"
    case .approve: "approved"
    case .seal: "sealed"
    case .export: "exported"
    case .submit: "submitted"
    case .echo: "echoed"
    case .registerDefault: "registered-default"
    }
  }

  /// JSON with sorted keys.
  func encoded() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let data =
      switch self {
      case .draft(let facts), .registerDefault(let facts): try encoder.encode(facts)
      case .check(let facts): try encoder.encode(facts)
      case .override(let facts): try encoder.encode(facts)
      case .approve(let facts), .seal(let facts): try encoder.encode(facts)
      case .export(let facts): try encoder.encode(facts)
      case .submit(let facts): try encoder.encode(facts)
      case .echo(let facts): try encoder.encode(facts)
      }
    return String(decoding: data, as: UTF8.self)
  }

  /// nil if the action is none of these or its content is not of its form.
  init?(action: String, content: String) {
    func facts<Facts: Decodable>(_ type: Facts.Type) -> Facts? {
      try? JSONDecoder().decode(type, from: Data(content.utf8))
    }
    let act: BidAct? =
      switch action {
      case "drafted": facts(Draft.self).map(BidAct.draft)
      case "checked": facts(Check.self).map(BidAct.check)
      case "overridden": facts(Override.self).map(BidAct.override)
      case "approved": facts(Payload.self).map(BidAct.approve)
      case "sealed": facts(Payload.self).map(BidAct.seal)
      case "exported": facts(Export.self).map(BidAct.export)
      case "submitted": facts(Submission.self).map(BidAct.submit)
      case "echoed": facts(Echo.self).map(BidAct.echo)
      case "registered-default": facts(Draft.self).map(BidAct.registerDefault)
      default: nil
      }
    guard let act else { return nil }
    self = act
  }

  /// The payload that an entry names; nil if it names none.
  static func payload(in content: String) -> String? {
    try? JSONDecoder().decode(Payload.self, from: Data(content.utf8)).payload
  }
}
