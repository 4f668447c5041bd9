/// Text as it may stand in HTML, in an element or in a quoted attribute.
func escaped(_ text: String) -> String {
  var result = ""
  result.reserveCapacity(text.utf8.count)
  for character in text.unicodeScalars {
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    default: result.unicodeScalars.append(character)
    }
  }
  return result
}

/// `<name attributes>content</name>`; the content is markup already, the attributes' values are escaped here.
func element(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ content: String = "") -> String {
  let written = attributes.map { " \($0.key)=\"\(escaped($0.value))\"" }.joined()
  return "<\(name)\(written)>\(content)</\(name)>"
}

/// An element of a class around plain text, which is escaped.
func textElement(_ name: String, class style: String = "", _ text: String) -> String {
  style.isEmpty ? element(name, [:], escaped(text)) : element(name, ["class": style], escaped(text))
}

/// A table cell with a figure; the tooltip is left out if it is empty.
func cell(_ text: String, class style: String = "figure", title: String = "") -> String {
  title.isEmpty
    ? element("td", ["class": style], escaped(text))
    : element("td", ["class": style, "title": title], escaped(text))
}

/// A row of column heads.
func headRow(_ titles: [(text: String, style: String)]) -> String {
  element("tr", [:], titles.map { element("th", ["scope": "col", "class": $0.style], escaped($0.text)) }.joined())
}

/// At most `limit` characters; the rest is told by an ellipsis.
func shortened(_ text: String, to limit: Int) -> String {
  text.count <= limit ? text : text.prefix(max(limit - 1, 1)) + "…"
}
