import Testing

@testable import TradingDesk

@Suite("The frame of pages") struct PageFrameTests {
  @Test("a page stands alone: its style and script within, nothing from elsewhere, text that is no markup")
  func frame() {
    let page = htmlPage(
      title: "A <b> & C", style: ".own{}", header: pageHeader("H", facts: [("a", "<i>")], links: [("x", "X & Y")]),
      main: section("x", "X & Y", "<small>", "content"), isPointedAt: true)
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">\n") && page.hasSuffix("</body>\n</html>\n"))
    #expect(page.contains("<title>A &lt;b&gt; &amp; C</title>") && page.contains("<dd>&lt;i&gt;</dd>"))
    #expect(page.contains("<a href=\"#x\">X &amp; Y</a>") && page.contains("<section id=\"x\">"))
    #expect(page.contains(".own{}") && page.contains("<script>") && !page.contains("src="))
    #expect(
      !page.contains("class=\"banner\"") && !page.contains("\n\n<header"), "no line of its own where there is no banner"
    )
    #expect(!htmlPage(title: "", header: "", main: "").contains("<script>"))
  }

  @Test("a simulated market is said above everything else on the page; a real one is not")
  func banner() throws {
    #expect(simulatedBanner(false, "Do not submit.").isEmpty)
    let page = htmlPage(title: "", banner: simulatedBanner(true, "Do not submit."), header: "<header>", main: "")
    let banner = try #require(page.range(of: "SIMULATED MARKET")?.lowerBound)
    #expect(banner < (try #require(page.range(of: "<header>")?.lowerBound)))
    #expect(page.contains("No figure on this page comes from a real market. Do not submit."))
    #expect(marketFact(true).1 == "SIMULATED" && marketFact(false).1 == "as imported")
  }

  @Test("the first columns of a table are words, the others figures with what the pointer reads")
  func tables() {
    let table = plainTable(["unit", "profit"], words: 1, [[PlainCell("A<1"), PlainCell("5", title: "5.25")]])
    #expect(table.hasPrefix("<div class=\"scroll\"><table class=\"plain\"><thead>"))
    #expect(table.contains("<td>A&lt;1</td><td class=\"figure\" title=\"5.25\">5</td>"))
    #expect(plainTable(["a"], words: 0, [["1"], ["2"]]).contains("<td class=\"figure\">1</td></tr><tr>"))
  }
}
