import Bidding
import MarketData
import MarketModel
import MarketTestSupport
import Testing

@testable import TradingDesk

@Suite("Text of others in the fields of a CSV file") struct TextFieldTests {
  @Test("a field is in quotes if it holds a comma, a quote or a line break, whatever follows it")
  func quoted() {
    for (text, field) in [
      ("A1", "A1"), ("", ""), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""),
      ("two\r\nlines", "\"two\r\nlines\""),
      ("a,\u{301}b", "\"a,\u{301}b\""), ("a\"\u{301}b", "\"a\"\"\u{301}b\""), (" blank ", " blank "), ("=1+1", "=1+1"),
    ] {
      #expect(csvField(text) == field)
    }
  }

  @Test("a cell that begins like a formula, also after blanks, gets an apostrophe; a number does not")
  func inert() {
    for (text, cell) in [
      ("=1+1", "'=1+1"), (" =cmd()", "' =cmd()"), ("@x", "'@x"), ("-5x", "'-5x"), ("+SUM(1,2)", "\"'+SUM(1,2)\""),
      ("\t=1", "'\t=1"), ("\n=1", "\"'\n=1\""), ("-5", "-5"), ("+5e3", "+5e3"), ("a=1", "a=1"), ("", ""),
      ("say \"x\"", "\"say \"\"x\"\"\""),
    ] {
      #expect(inertCell(text) == cell)
    }
  }
}
