import Foundation
import Testing

@testable import MarketData

@Suite("Files, records and fields") struct FileReadingTests {
  private func records(_ url: URL) throws -> [[String?]] {
    let reader = try CSVRecordReader(ByteSource(url))
    var records: [[String?]] = []
    while try reader.next() { records.append((0..<reader.fieldCount).map { reader.text($0) }) }
    return records
  }

  @Test("quotes, CRLF, a byte order mark and blank lines")
  func records() throws {
    let fixture = try Fixture()
    let url = try fixture.file("a.csv", "\u{FEFF}a,\"b,c\",d\r\n\r\n1,\"say \"\"so\"\"\",\n\"two\nlines\",x,y")
    #expect(try records(url) == [["a", "b,c", "d"], ["1", "say \"so\"", ""], ["two\nlines", "x", "y"]])
  }

  @Test("a quote that is never closed names its line")
  func openQuote() throws {
    let fixture = try Fixture()
    let url = try fixture.file("a.csv", "a,b\n1,\"2\n3,4\n")
    let problem = #expect(throws: ImportProblem.self) { _ = try records(url) }
    #expect(try #require(problem).description.hasSuffix("a quote that begins in line 2 is never closed."))
  }

  @Test("records that cross the buffer's edges stay whole, plain and in gzip")
  func longFile() throws {
    let fixture = try Fixture()
    let text = (1...200_000).map { "row \($0),\"x,\($0)\"" }.joined(separator: "\n")
    for url in [try fixture.file("a.csv", text), try fixture.file("a.csv.gz", Fixture.gzip(text))] {
      let read = try records(url)
      #expect(read.count == 200_000)
      #expect(read.enumerated().allSatisfy { $0.element == ["row \($0.offset + 1)", "x,\($0.offset + 1)"] })
    }
  }

  @Test("gzip members after one another are one text; the digest is of the file")
  func members() throws {
    let fixture = try Fixture()
    let url = try fixture.file("a.gz", Fixture.gzip("a,b\n") + Fixture.gzip("1,2\n"))
    #expect(try records(url) == [["a", "b"], ["1", "2"]])
    // sha256sum of "abc" (FIPS 180-2, B.1).
    let reader = try CSVRecordReader(ByteSource(try fixture.file("abc", "abc")))
    while try reader.next() {}
    #expect(
      reader.source.contentDigest() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test("a gzip file that ends early or is damaged says so")
  func brokenGzip() throws {
    let fixture = try Fixture()
    let whole = Fixture.gzip("a,b\n1,2\n")
    let short = try fixture.file("short.csv.gz", whole.dropLast(6))
    #expect(throws: ImportProblem.truncatedGzip(file: short.relativePath, afterBytes: 25)) { _ = try records(short) }
    #expect(
      ImportProblem.truncatedGzip(file: "x.gz", afterBytes: 1_234).description
        == "x.gz: the gzip stream ends early (after 1,234 bytes of the file); fetch the file again.")
    var bad = whole
    bad[17] ^= 1
    let damaged = try fixture.file("bad.csv.gz", bad)
    let problem = #expect(throws: ImportProblem.self) { _ = try records(damaged) }
    #expect(try #require(problem).description.contains("incorrect data check"))
  }

  @Test("a file that is not there")
  func missing() throws {
    #expect(throws: ImportProblem.unreadable(file: "/nowhere/a.csv", reason: "No such file or directory")) {
      _ = try ByteSource(URL(fileURLWithPath: "/nowhere/a.csv"))
    }
  }

  @Test(
    "numbers are read as the standard library reads them",
    arguments: [
      "0", "-0.0", "1", "-85", "40334.18", "+3.5", ".5", "5.", "1e3", "1E-3", "123456789012345678", "9007199254740993",
      "0.1", "3569.5275", "1e22", "1e23", "123456789.123456789123", "4.9e-324", "1.7976931348623157e308", "000012",
    ])
  func numbers(text: String) throws {
    var copy = text
    let expected = try #require(Double(text.hasSuffix(".") ? text + "0" : text))
    #expect(copy.withUTF8 { FieldParsing.number($0) } == expected)
  }

  @Test(
    "what is no number is no number",
    arguments: ["", " ", "abc", "NaN", "inf", "0x10", "1,000", "1 000", "-", ".", "1e", "1e400", "--1", "1.2.3"])
  func noNumbers(text: String) {
    var copy = text
    #expect(copy.withUTF8 { FieldParsing.number($0) } == nil)
  }

  @Test("random decimal numbers agree with the standard library", arguments: 0..<4 as Range<UInt64>)
  func randomNumbers(seed: UInt64) throws {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
    for _ in 0..<5_000 {
      let digits = String(next() >> (next() % 60))
      let cut = Int(next() % UInt64(digits.count + 1))
      var text = String(digits.prefix(cut)) + "." + String(digits.dropFirst(cut))
      if next().isMultiple(of: 3) { text += "e\(Int(next() % 40) - 20)" }
      let expected = try #require(Double("0" + text) ?? Double("0" + text.replacingOccurrences(of: ".e", with: ".0e") ) ?? Double("0" + text + "0"))
      #expect(text.withUTF8 { FieldParsing.number($0) } == expected, "\(text)")
    }
  }

  @Test("clock labels")
  func labels() {
    for (text, minute) in [("0:15", 15), ("00:15", 15), ("24:00:00", 1_440), ("9:05:00", 545), ("25:00", 1_500)] {
      var copy = text
      #expect(copy.withUTF8 { FieldParsing.minute($0) } == minute)
    }
    for text in ["", "15", "1:5", "1:60", "26:00", "0:15:30", "0:15:", ":15", "a:15"] {
      var copy = text
      #expect(copy.withUTF8 { FieldParsing.minute($0) } == nil, "\(text)")
    }
  }

  @Test("instants with and without an offset")
  func instants() throws {
    let shanghai = try Fixture.zone("Asia/Shanghai", .quarterHour)
    let expected = Date(timeIntervalSince1970: 1_678_838_400)  // 2023-03-15 00:00:00 UTC
    for text in ["2023-03-15T08:00", "2023-03-15 08:00:00", "2023-03-15T00:00:00Z", "2023-03-14T19:00-05:00"] {
      #expect(LocalTime.instant(text, zone: shanghai) == expected, "\(text)")
    }
    #expect(LocalTime.instant("2023-03-15", zone: shanghai) == nil)
    #expect(LocalTime.text(expected) == "2023-03-15T00:00:00Z")
  }
}
