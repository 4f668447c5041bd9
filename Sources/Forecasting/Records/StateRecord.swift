/// A state as bytes that say what they are: kind, version, a fingerprint of the body, the body. Bytes of another kind or
/// version, cut short or changed, are refused.
enum StateRecord {
  /// Grows with every change of what a state holds or of how anything is learned.
  static let version = 1

  private struct Head: Codable, Equatable {
    var kind: String
    var version: Int
    var body: StateFingerprint
  }

  static func bytes(of state: some Encodable, kind: String) throws -> [UInt8] {
    let body = try StateWriter.bytes(of: state)
    let head = try StateWriter.bytes(of: head(kind, body))
    return try StateWriter.bytes(of: head) + body
  }

  /// - Throws: ``ForecastingError`` if the bytes are something else.
  static func value<State: Decodable>(_ type: State.Type, from bytes: [UInt8], kind: String) throws -> State {
    let source = StateSource(bytes)
    let head = try StateReader.value(Head.self, from: source.next([UInt8].self))
    guard head.kind == kind, head.version == version else {
      throw ForecastingError("The state is of \(head.kind) version \(head.version), not of \(kind) version \(version)")
    }
    let body = Array(bytes[source.offset...])
    guard head.body == StateRecord.head(kind, body).body else { throw StateSource.damaged }
    return try StateReader.value(type, from: body)
  }

  private static func head(_ kind: String, _ body: [UInt8]) -> Head {
    var fingerprint = StateFingerprint()
    fingerprint.add(bytes: body)
    return Head(kind: kind, version: version, body: fingerprint)
  }
}
