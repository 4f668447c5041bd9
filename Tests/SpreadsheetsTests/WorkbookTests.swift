import Foundation
import Spreadsheets
import Testing

@Suite("Workbooks") struct WorkbookTests {
  private static func day(minute: Int = 0) -> SheetCell {
    SheetDate(year: 2026, month: 3, day: 5, minute: minute).map(SheetCell.date) ?? .empty
  }

  static let example = Spreadsheet(sheets: [
    Sheet(
      name: "报价 bids",
      rows: [
        ["unit", "MW", "share", "day", "note"],
        ["#1 东", 330.5, 0.25, day(minute: 870), "=1+1"],
        ["A&B <c>", -80, 1, day(), "+49 \"x\"\nsecond line"],
        [.empty, .flag(true), .number(1.0 / 3), .empty, "@at -dash _x00ab_ _x\u{1}_ 😀"],
      ],
      columns: [
        SheetColumn(width: 20), SheetColumn(format: .number(decimals: 2, isGrouped: true)),
        SheetColumn(format: .percent(decimals: 1)), SheetColumn(format: .dateAndTime),
        SheetColumn(width: 40, wrapsText: true),
      ]),
    Sheet(name: "empty", rows: []),
  ])

  @Test("what is written is read back") func roundTrip() throws {
    let read = try Spreadsheet(xlsx: Self.example.encoded())
    #expect(read.sheets.map(\.name) == ["报价 bids", "empty"])
    #expect(read.sheets[1].rows.isEmpty)
    var expected = Self.example.sheets[0].rows
    expected[3][2] = .number(0.3333333333333333)
    #expect(read.sheets[0].rows == expected)
  }

  @Test("equal sheets are equal bytes") func deterministic() throws {
    let first = try Self.example.encoded()
    #expect(first.count > 1_000)
    #expect(try Self.example.encoded() == first)
  }

  @Test("a large sheet takes another way to the same cells") func large() throws {
    let rows: [[SheetCell]] = (0..<34_000).map { row in
      (0..<5).map { .number(Double(row * 5 + $0) / 8) } + [.text("=a\(row % 7)")]
    }
    let read = try Spreadsheet(xlsx: Spreadsheet(sheets: [Sheet(name: "a", rows: rows)]).encoded())
    #expect(read.sheets[0].rows == rows)
  }

  @Test("a number that is not finite is an empty cell") func notFinite() throws {
    let rows: [[SheetCell]] = [[.number(.nan), .number(.infinity), 1]]
    let read = try Spreadsheet(xlsx: Spreadsheet(sheets: [Sheet(name: "a", rows: rows)]).encoded())
    #expect(read.sheets[0].rows == [[.empty, .empty, 1]])
  }

  @Test("what no workbook holds is refused")
  func unfit() {
    let sheets: [[Sheet]] = [
      [], [Sheet(name: "", rows: [])], [Sheet(name: "a:b", rows: [])], [Sheet(name: "'a", rows: [])],
      [Sheet(name: "a", rows: []), Sheet(name: "A", rows: [])],
      [Sheet(name: String(repeating: "a", count: 32), rows: [])],
      [Sheet(name: "a", rows: [[.text(String(repeating: "a", count: 32_768))]])],
      [Sheet(name: "a", rows: [["a\0b"]])], [Sheet(name: "a", rows: [Array(repeating: 1, count: 16_385)])],
    ]
    for list in sheets {
      #expect(throws: SpreadsheetProblem.self) { try Spreadsheet(sheets: list).encoded() }
    }
  }

  @Test("dates by the calendar") func dates() throws {
    let day = try #require(SheetDate(year: 2026, month: 3, day: 5, minute: 870))
    // 46,086 is what a spreadsheet shows for =DATE(2026,3,5).
    #expect(day.serial == 46_086 + 870.0 / 1_440)
    #expect(day.date == (2026, 3, 5))
    #expect(day.secondOfDay == 52_200)
    #expect(day.description == "2026-03-05T14:30")
    #expect(SheetDate(serial: 61)?.description == "1900-03-01")
    #expect(SheetDate(serial: 36_585)?.description == "2000-02-29")
    #expect(SheetDate(serial: 1)?.description == "24:00")
    #expect(SheetDate(serial: 0.010416666666666666)?.description == "00:15")
    #expect(SheetDate(serial: 2_958_465)?.description == "9999-12-31")
    #expect(SheetDate(year: 2023, month: 2, day: 29) == nil)
    #expect(SheetDate(year: 1900, month: 2, day: 28) == nil)
    #expect(SheetDate(serial: -1) == nil && SheetDate(serial: .nan) == nil && SheetDate(serial: 3e6) == nil)
    for serial in stride(from: 61, to: 200_000, by: 37) {
      let date = try #require(SheetDate(serial: Double(serial)))
      let (year, month, day) = date.date
      #expect(SheetDate(year: year, month: month, day: day)?.serial == Double(serial))
    }
  }
}
