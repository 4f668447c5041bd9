/// A JSON document (RFC 8259). The members of an object keep the order of the file.
enum JSONValue: Sendable, Equatable {
  /// A named value of an object.
  struct Member: Sendable, Equatable {
    let key: String
    let value: JSONValue
  }

  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case array([JSONValue])
  case object([Member])

  /// What it is, for a sentence: "the number 3".
  var shown: String {
    switch self {
    case .null: "null"
    case .flag(let value): "\(value)"
    case .number(let value): "the number \(shownNumber(value))"
    case .text(let value): "the text \"\(value.prefix(40))\""
    case .array(let values): "a list of \(values.count)"
    case .object(let members): "an object of \(members.count) keys"
    }
  }
}
