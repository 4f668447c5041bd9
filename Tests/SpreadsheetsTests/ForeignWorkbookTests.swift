import Foundation
import Spreadsheets
import Testing

/// Workbooks as other programs write them, and broken ones.
@Suite("Workbooks of other programs") struct ForeignWorkbookTests {
  private func rows(
    _ sheetData: String, strings: String = "", styles: String = "", properties: String = ""
  ) throws -> [[SheetCell]] {
    try Spreadsheet(
      xlsx: StoredArchive.workbook(
        sheetData: sheetData, strings: strings, styles: styles, properties: properties)
    ).sheets[0].rows
  }

  @Test("every kind of cell") func kinds() throws {
    let found = try rows(
      """
      <row r="2"><c r="A2" t="s"><v>1</v></c><c r="C2" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c>
      <c r="D2" t="str"><f>A1&amp;"x"</f><v>left_x000D_</v></c><c r="E2" t="b"><v>0</v></c><c r="F2" t="e"><v>#N/A</v></c>
      <c r="G2"><f>1+1</f><v>2.5E-1</v></c><c r="H2" s="1"/></row>
      <row><c><v>7</v></c><c t="s"><v>0</v></c></row>
      """,
      strings: "<si><r><t>rich </t></r><r><t>text</t></r><rPh><t>aid</t></rPh></si><si><t>  两 </t></si>")
    #expect(
      found == [
        [],
        ["  两 ", .empty, "inline", "left\r", .flag(false), .failure("#N/A"), 0.25], [7, "rich text"],
      ])
  }

  @Test("numbers whose format shows a date are dates") func dates() throws {
    let styles = """
      <numFmts><numFmt numFmtId="164" formatCode="[$-804]yyyy&quot;年&quot;m;@"/><numFmt numFmtId="165" formatCode="0.0&quot;day&quot;"/>
      <numFmt numFmtId="166" formatCode="[Red]0"/><numFmt numFmtId="167" formatCode="[h]:mm"/></numFmts>
      <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
      <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/></cellXfs>
      """
    let data = "<row>" + (0...5).map { "<c s=\"\($0)\"><v>46086</v></c>" }.joined() + "</row>"
    let date = SheetCell.date(try #require(SheetDate(year: 2026, month: 3, day: 5)))
    #expect(try rows(data, styles: styles) == [[46_086, date, date, 46_086, 46_086, date]])
    let later = SheetCell.date(try #require(SheetDate(year: 2030, month: 3, day: 6)))
    #expect(
      try rows(data, styles: styles, properties: "<workbookPr date1904=\"1\"/>")[0][1] == later)
  }

  @Test(
    "a broken sheet is refused in one sentence",
    arguments: [
      "<row r=\"0\"/>", "<row r=\"1048577\"/>", "<row r=\"2\"/><row r=\"1\"/>", "<row r=\"x\"/>", "<c><v>1</v></c>",
      "<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>", "<row><c r=\"XFE1\"><v>1</v></c></row>",
      "<row><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>", "<row><c><v>one</v></c></row>",
      "<row><c t=\"s\"><v>5</v></c></row>", "<row><c t=\"s\"><v>-1</v></c></row>", "<row><c t=\"z\"><v>1</v></c></row>",
      "<row><c><v>nan</v></c></row>", "<row", "<row></c></row>",
    ])
  func broken(sheetData: String) {
    let problem = #expect(throws: SpreadsheetProblem.self) { try rows(sheetData) }
    #expect(problem?.description.hasSuffix(".") == true && problem?.description.contains("\n") == false)
  }

  @Test("a document type is refused, and with it entities that grow") func documentType() {
    let prefix = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
    let data = StoredArchive.workbook(sheetData: "", strings: "<si><t>&b;</t></si>", prefix: prefix)
    let problem = #expect(throws: SpreadsheetProblem.self) { try Spreadsheet(xlsx: data) }
    #expect(problem?.description.contains("document type") == true)
  }

  @Test("deep nesting and a wide sheet of nothing are refused") func bombs() {
    let deep = String(repeating: "<a>", count: 5_000) + String(repeating: "</a>", count: 5_000)
    #expect(throws: SpreadsheetProblem.self) { try rows(deep) }
    let wide = (1...1_300).map { "<row r=\"\($0)\"><c r=\"XFD\($0)\"><v>1</v></c></row>" }.joined()
    let problem = #expect(throws: SpreadsheetProblem.self) { try rows(wide) }
    #expect(problem?.description.contains("too large") == true)
  }

  @Test("what is no archive, and every archive that is cut or damaged, is refused or read, never a crash")
  func damaged() throws {
    #expect(throws: SpreadsheetProblem.self) { try Spreadsheet(xlsx: Data()) }
    #expect(throws: SpreadsheetProblem.self) { try Spreadsheet(xlsx: Data("unit,MW\n1,2\n".utf8)) }
    #expect(throws: SpreadsheetProblem.self) { try Spreadsheet(xlsx: StoredArchive.data([("a", "b")])) }
    let whole = try WorkbookTests.example.encoded()
    for length in stride(from: 0, to: whole.count, by: 97) {
      #expect(throws: SpreadsheetProblem.self) { try Spreadsheet(xlsx: whole.prefix(length)) }
    }
    var state: UInt64 = 1
    for _ in 0..<300 {
      var bytes = whole
      for _ in 0..<3 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 25)
      }
      _ = try? Spreadsheet(xlsx: bytes)
    }
  }
}
