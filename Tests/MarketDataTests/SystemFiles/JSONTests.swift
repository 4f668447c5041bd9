import Testing

@testable import MarketData

@Suite("JSON") struct JSONTests {
  private func parse(_ text: String) throws(ImportProblem) -> JSONValue {
    try JSONParser.parse(Array(text.utf8), file: "f.json")
  }

  @Test("values, order of keys, escapes")
  func values() throws {
    let value = try parse(
      " {\"b\": [1, -2.5e3, true, false, null], \"a\\u00e9\\n\": \"x\\\"\\ud83d\\ude00\", \"c\":{}, \"d\":[]}\n")
    guard case .object(let members) = value else { throw ImportProblem.empty(file: "no object") }
    #expect(members.map(\.key) == ["b", "aé\n", "c", "d"])
    #expect(members[0].value == .array([.number(1), .number(-2500), .flag(true), .flag(false), .null]))
    #expect(members[1].value == .text("x\"😀") && members[2].value == .object([]) && members[3].value == .array([]))
  }

  @Test("what is no JSON is refused with its line")
  func refusals() throws {
    let cases = [
      ("[1,\n2,\n]", "line 3 has ] where a value should stand"), ("{\"a\" 1}", "a colon should stand"),
      ("{\"a\": 1 \"b\": 2}", "a comma or } should stand"), ("[1 2]", "a comma or ] should stand"),
      ("[1] x", "the document ends"), ("[NaN]", "a value should stand"), ("[1.2.3]", "a value should stand"),
      ("[tru]", "a value should stand"), ("{a: 1}", "a key should stand"), ("\"\\q\" ", "escapes"),
      (String(repeating: "[", count: 100), "no more than 64 levels"), ("", "ends early"), ("\"abc", "ends early"),
      ("\"abc\\", "ends early"), ("{\"a\":1,\"a\":2}", "stands a second time"),
    ]
    for (text, sentence) in cases {
      let error = #expect(throws: ImportProblem.self) { try parse(text) }
      #expect(error?.description.contains(sentence) == true, "\(text): \(error?.description ?? "")")
    }
    #expect(throws: ImportProblem.self) { try JSONParser.parse([0x22, 0xFF, 0x22], file: "f") }
  }
}
