internal import CExpat
internal import Foundation

/// What a reader of one part does with its elements. Names come without a prefix.
protocol XMLPartHandler: AnyObject {
  func begin(_ element: String, _ attributes: XMLAttributes)
  func end(_ element: String)
  func text(_ text: String)
  /// Set it to end the reading.
  var problem: SpreadsheetProblem? { get }
}

/// Attributes of one element, looked up by name; valid during the call only.
struct XMLAttributes {
  fileprivate let pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?

  /// The value of an attribute without regard to its prefix; nil if there is none.
  subscript(name: String) -> String? {
    guard let pairs else { return nil }
    var index = 0
    while let key = pairs[index], let value = pairs[index + 1] {
      if XMLPart.localName(key) == name { return String(cString: value) }
      index += 2
    }
    return nil
  }
}

/// Parses one part of the container as XML while it is unpacked. A document type is refused: no workbook has one, and
/// it could name entities that grow or files of the machine.
enum XMLPart {
  static let deepestNesting = 100

  static func read(
    _ part: String, of archive: ZipArchive, with handler: some XMLPartHandler
  ) throws(SpreadsheetProblem) {
    guard let parser = XML_ParserCreate(nil) else { throw .broken(reason: "there is no memory for it.") }
    defer { XML_ParserFree(parser) }
    let state = ParserState(handler, parser: parser)
    XML_SetUserData(parser, Unmanaged.passUnretained(state).toOpaque())
    setHandlers(parser)
    try withExtendedLifetime(state) { () throws(SpreadsheetProblem) in
      try archive.read(part) { (bytes) throws(SpreadsheetProblem) in
        let isLast: Int32 = bytes.isEmpty ? 1 : 0
        let status = XML_Parse(
          parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), isLast)
        if let problem = handler.problem { throw problem }
        if let reason = state.refusal { throw .broken(reason: "its part \(part) \(reason).") }
        guard status == XML_STATUS_OK else {
          let reason = XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) } ?? "error"
          throw .broken(
            reason: "line \(XML_GetCurrentLineNumber(parser)) of its part \(part) is no XML (\(reason)).")
        }
        return true
      }
    }
  }

  private static func setHandlers(_ parser: XML_Parser) {
    XML_SetElementHandler(
      parser,
      { data, name, attributes in
        guard let state = ParserState.of(data), let name else { return }
        state.depth += 1
        if state.depth > XMLPart.deepestNesting { return state.refuse("nests its elements too deeply") }
        state.handler.begin(XMLPart.localName(name), XMLAttributes(pairs: attributes))
        if state.handler.problem != nil { XML_StopParser(state.parser, 0) }
      },
      { data, name in
        guard let state = ParserState.of(data), let name else { return }
        state.depth -= 1
        state.handler.end(XMLPart.localName(name))
        if state.handler.problem != nil { XML_StopParser(state.parser, 0) }
      })
    XML_SetCharacterDataHandler(parser) { data, bytes, count in
      guard let state = ParserState.of(data), let bytes else { return }
      let text = UnsafeBufferPointer(start: bytes, count: Int(count))
      state.handler.text(String(decoding: UnsafeRawBufferPointer(text), as: UTF8.self))
    }
    XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
      ParserState.of(data)?.refuse("has a document type, as no workbook has")
    }
  }

  /// "row" of "x:row".
  fileprivate static func localName(_ name: UnsafePointer<CChar>) -> String {
    var start = name
    var next = name
    while next.pointee != 0 {
      if next.pointee == CChar(UInt8(ascii: ":")) { start = next + 1 }
      next += 1
    }
    return String(cString: start)
  }
}

private final class ParserState {
  let handler: any XMLPartHandler
  let parser: XML_Parser
  var depth = 0
  var refusal: String?

  init(_ handler: any XMLPartHandler, parser: XML_Parser) {
    self.handler = handler
    self.parser = parser
  }

  func refuse(_ reason: String) {
    refusal = refusal ?? reason
    XML_StopParser(parser, 0)
  }

  static func of(_ data: UnsafeMutableRawPointer?) -> ParserState? {
    data.map { Unmanaged<ParserState>.fromOpaque($0).takeUnretainedValue() }
  }
}
