/// A whole page: one HTML document that needs nothing else, neither network nor script.
///
/// The same parts give the same document, byte for byte. The few lines of script only show under a chart what the pointer
/// rests on; the same text is in the tooltips.
///
/// - Parameters:
///   - title: plain text for the window's bar.
///   - followsColourScheme: whether forms and bars follow the reader's dark or light setting.
///   - isEvaluation: whether the style of evaluations comes after that of the day.
///   - style: rules of this page alone, after those of every page.
///   - header: markup, as are `banner` and `main`.
///   - isPointedAt: whether charts tell what the pointer rests on.
func htmlPage(
  title: String, language: String = "en", followsColourScheme: Bool = false, isEvaluation: Bool = false,
  style: String = "", banner: String = "", header: String, main: String, isPointedAt: Bool = false
) -> String {
  let head = [
    "<meta charset=\"utf-8\">",
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
    followsColourScheme ? "<meta name=\"color-scheme\" content=\"light dark\">" : nil,
    textElement("title", title),
    "<link rel=\"icon\" href=\"data:,\">",
    "<style>", dayPageStyle, isEvaluation ? evaluationPageStyle : nil, style.isEmpty ? nil : style, "</style>",
  ]
  let body = [
    isEvaluation ? "<body class=\"evaluation\">" : "<body>", banner.isEmpty ? nil : banner, header, "<main>", main,
    "</main>",
    isPointedAt ? "<script>\n\(dayPageScript)\n</script>" : nil, "</body>",
  ]
  let lines =
    ["<!DOCTYPE html>", "<html lang=\"\(language)\">", "<head>"] + head + ["</head>"] + body + ["</html>", ""]
  return lines.compactMap { $0 }.joined(separator: "\n")
}

/// The warning that stands above everything on a page of a simulated market; empty where the market is real.
func simulatedBanner(_ simulated: Bool, _ further: String = "") -> String {
  guard simulated else { return "" }
  let sentence = ["No figure on this page comes from a real market.", further].filter { !$0.isEmpty }
  return element(
    "div", ["class": "banner", "role": "alert"],
    textElement("b", "SIMULATED MARKET") + " " + textElement("span", sentence.joined(separator: " ")))
}

/// Whether the market is simulated, as a fact of a page's head.
func marketFact(_ simulated: Bool) -> (String, String) { ("Market", simulated ? "SIMULATED" : "as imported") }

/// A part of a page under its heading, where a link of the header leads; `content` is markup.
func section(_ identifier: String, _ title: String, _ subtitle: String, _ content: String) -> String {
  let heading = element("h2", [:], escaped(title) + " " + textElement("small", subtitle))
  return element("section", ["id": identifier], heading + "\n" + content)
}

/// The head of a page: its title, facts beside it, headline figures (markup) and links to its sections.
func pageHeader(
  _ title: String, facts: [(String, String)], headline: String = "", links: [(identifier: String, title: String)] = []
) -> String {
  let navigation = links.isEmpty ? "" : sectionLinks(links)
  return element("header", [:], titleBlock(textElement("h1", title), facts: facts) + headline + navigation)
}

/// A title (markup) with facts beside it.
func titleBlock(_ title: String, facts: [(String, String)]) -> String {
  element("div", ["class": "title"], title + factList(facts))
}

/// Facts with their names, one block each.
func factList(_ facts: [(String, String)]) -> String {
  element(
    "dl", ["class": "facts"],
    facts.map { element("div", [:], textElement("dt", $0.0) + textElement("dd", $0.1)) }.joined())
}

/// Links to the sections of a page.
func sectionLinks(_ links: [(identifier: String, title: String)]) -> String {
  element("nav", [:], links.map { element("a", ["href": "#\($0.identifier)"], escaped($0.title)) }.joined())
}

/// What a page was made from, name beside value.
func provenanceList(_ facts: [(String, String)]) -> String {
  element("dl", ["class": "provenance"], facts.map { textElement("dt", $0.0) + textElement("dd", $0.1) }.joined())
}
