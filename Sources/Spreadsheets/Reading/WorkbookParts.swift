/// What one part of the container points to: `<part's folder>/_rels/<part's name>.rels`.
final class Relationships: XMLPartHandler {
  private struct Entry {
    let id: String
    let kind: String
    let target: String
  }

  private(set) var problem: SpreadsheetProblem?
  private var entries: [Entry] = []
  private let folder: String

  private init(folder: String) { self.folder = folder }

  /// Reads the relationships of a part, "" for those of the whole container; none if there is no such part.
  static func read(of part: String, _ archive: ZipArchive) throws(SpreadsheetProblem) -> Relationships {
    var names = part.split(separator: "/").map(String.init)
    let name = names.popLast() ?? ""
    let folder = names.map { $0 + "/" }.joined()
    let found = Relationships(folder: folder)
    let file = folder + "_rels/" + name + ".rels"
    if archive.contains(file) { try XMLPart.read(file, of: archive, with: found) }
    return found
  }

  /// The part of the first relationship whose type ends so.
  func target(ofKind kind: String) -> String? { entries.first { $0.kind == kind }?.target }
  func target(ofID id: String) -> String? { entries.first { $0.id == id }?.target }
  /// False for a sheet of charts or of a macro language.
  func isWorksheet(_ id: String) -> Bool { entries.contains { $0.id == id && $0.kind == "worksheet" } }

  func begin(_ element: String, _ attributes: XMLAttributes) {
    guard element == "Relationship", attributes["TargetMode"] != "External", let id = attributes["Id"],
      let type = attributes["Type"], let target = attributes["Target"]
    else { return }
    let kind = type.split(separator: "/").last.map(String.init) ?? ""
    entries.append(Entry(id: id, kind: kind, target: resolved(target)))
  }

  func end(_ element: String) {}
  func text(_ text: String) {}

  /// A target beside the part's folder, or from the container's root if it begins with "/".
  private func resolved(_ target: String) -> String {
    var names: [Substring] = target.hasPrefix("/") ? [] : folder.split(separator: "/")
    for name in target.split(separator: "/") where name != "." {
      if name == ".." { _ = names.popLast() } else { names.append(name) }
    }
    return names.joined(separator: "/")
  }
}

/// The list of sheets, in their order.
final class WorkbookPart: XMLPartHandler {
  private(set) var problem: SpreadsheetProblem?
  private(set) var sheets: [(name: String, relationship: String)] = []
  private(set) var countsFrom1904 = false

  func begin(_ element: String, _ attributes: XMLAttributes) {
    switch element {
    case "workbookPr": countsFrom1904 = ["1", "true"].contains(attributes["date1904"] ?? "")
    case "sheet":
      guard let name = attributes["name"], let relationship = attributes["id"] else {
        problem = .broken(reason: "a sheet of it has no name.")
        return
      }
      sheets.append((name, relationship))
    default: break
    }
  }

  func end(_ element: String) {}
  func text(_ text: String) {}
}

/// The texts that cells share, in their order; runs of different looks are joined.
final class SharedStringsPart: XMLPartHandler {
  private(set) var problem: SpreadsheetProblem?
  private(set) var texts: [String] = []
  private var text = RichText()

  func begin(_ element: String, _ attributes: XMLAttributes) { text.begin(element) }

  func end(_ element: String) {
    text.end(element)
    if element == "si" { texts.append(text.take()) }
  }

  func text(_ piece: String) { text.add(piece) }
}

/// Text of `<t>` elements, without the reading aids of `<rPh>`.
struct RichText {
  private var text = ""
  private var isInText = false
  private var isInReadingAid = false

  mutating func begin(_ element: String) {
    if element == "t" { isInText = true }
    if element == "rPh" { isInReadingAid = true }
  }

  mutating func end(_ element: String) {
    if element == "t" { isInText = false }
    if element == "rPh" { isInReadingAid = false }
  }

  mutating func add(_ piece: String) { if isInText, !isInReadingAid { text += piece } }

  mutating func take() -> String {
    defer { text = "" }
    return text.withoutCharacterEscapes
  }
}

/// Which cell styles show a number as a date or time.
final class StylesPart: XMLPartHandler {
  private(set) var problem: SpreadsheetProblem?
  private(set) var dateStyles: Set<Int> = []
  private var dateFormats: Set<Int> = Set([14...22, 27...36, 45...47, 50...58].joined())
  private var isInCellFormats = false
  private var styleCount = 0

  func begin(_ element: String, _ attributes: XMLAttributes) {
    switch element {
    case "numFmt":
      guard let id = attributes["numFmtId"].flatMap({ Int($0) }), let code = attributes["formatCode"] else { return }
      if StylesPart.showsDate(code) { dateFormats.insert(id) } else { dateFormats.remove(id) }
    case "cellXfs": isInCellFormats = true
    case "xf" where isInCellFormats:
      if let id = attributes["numFmtId"].flatMap({ Int($0) }), dateFormats.contains(id) {
        dateStyles.insert(styleCount)
      }
      styleCount += 1
    default: break
    }
  }

  func end(_ element: String) { if element == "cellXfs" { isInCellFormats = false } }
  func text(_ text: String) {}

  /// Whether the first section of a format code holds a letter of dates outside quotes, escapes and colour names.
  static func showsDate(_ code: String) -> Bool {
    guard code.lowercased() != "general" else { return false }
    var isQuoted = false
    var isEscaped = false
    var bracketed: String?
    for character in code.lowercased() {
      if isEscaped {
        isEscaped = false
      } else if isQuoted {
        isQuoted = character != "\""
      } else if let inside = bracketed {
        if character == "]" {
          if !inside.isEmpty, inside.allSatisfy({ "hms".contains($0) }) { return true }
          bracketed = nil
        } else {
          bracketed = inside + String(character)
        }
      } else {
        switch character {
        case "\"": isQuoted = true
        case "\\", "_", "*": isEscaped = true
        case "[": bracketed = ""
        case ";": return false
        case "y", "m", "d", "h", "s": return true
        default: break
        }
      }
    }
    return false
  }
}
