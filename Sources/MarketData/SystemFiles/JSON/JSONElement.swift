/// A place in a JSON document: its value with the words that say where it stands. Every question that the value does
/// not answer throws one sentence: file, element, field, what was found, what is needed.
struct JSONElement {
  let file: String
  /// What the place belongs to: "unit G1", or empty at the top.
  let element: String
  /// Key within the element, or empty for the element itself.
  let field: String
  let value: JSONValue

  init(file: String, element: String = "", field: String = "", value: JSONValue) {
    self.file = file
    self.element = element
    self.field = field
    self.value = value
  }

  func problem(_ sentence: String) -> ImportProblem {
    .element(file: file, element: element, field: field, sentence: sentence)
  }

  private func at(_ key: String, _ value: JSONValue) -> JSONElement {
    JSONElement(file: file, element: element, field: key, value: value)
  }

  private func members() throws(ImportProblem) -> [JSONValue.Member] {
    guard case .object(let members) = value else {
      throw problem("is \(value.shown); an object with keys is needed.")
    }
    return members
  }

  /// The value under a key; nil where the key is missing or null.
  func optional(_ key: String) throws(ImportProblem) -> JSONElement? {
    guard let found = try members().first(where: { $0.key == key }), found.value != .null else { return nil }
    return at(key, found.value)
  }

  /// The value under a key that must be there.
  func member(_ key: String) throws(ImportProblem) -> JSONElement {
    guard let found = try optional(key) else {
      throw JSONElement(file: file, element: element, value: value).problem(
        "has no \"\(key)\"; add the key with its value.")
    }
    return found
  }

  /// The members as elements of their own, in the order of the file; `kind` stands before the name in sentences.
  func elements(_ kind: String) throws(ImportProblem) -> [(name: String, element: JSONElement)] {
    try members().map { ($0.key, JSONElement(file: file, element: "\(kind) \($0.key)", value: $0.value)) }
  }

  func list() throws(ImportProblem) -> [JSONElement] {
    guard case .array(let values) = value else { throw problem("is \(value.shown); a list is needed.") }
    return values.map { at(field, $0) }
  }

  func text() throws(ImportProblem) -> String {
    guard case .text(let text) = value else { throw problem("is \(value.shown); a text is needed.") }
    return text
  }

  func texts() throws(ImportProblem) -> [String] {
    var texts: [String] = []
    for element in try list() { texts.append(try element.text()) }
    return texts
  }

  /// true or false; 0 and 1 count as well.
  func flag() throws(ImportProblem) -> Bool {
    switch value {
    case .flag(let flag): return flag
    case .number(0): return false
    case .number(1): return true
    default: throw problem("is \(value.shown); true or false is needed.")
    }
  }

  func number() throws(ImportProblem) -> Double {
    guard case .number(let number) = value else { throw problem("is \(value.shown); a number is needed.") }
    return number
  }

  /// A number of at least `least`, in `unit`.
  func number(atLeast least: Double, _ unit: String) throws(ImportProblem) -> Double {
    let number = try number()
    guard number >= least else {
      throw problem("is \(shownNumber(number)) \(unit); the least is \(shownNumber(least)) \(unit).")
    }
    return number
  }

  /// A whole number of at least `least`, in `unit`.
  func wholeNumber(atLeast least: Int, _ unit: String) throws(ImportProblem) -> Int {
    let number = try number()
    guard let whole = Int(exactly: number), whole >= least, whole < 1_000_000_000 else {
      throw problem(
        "is \(shownNumber(number)) \(unit); a whole number of \(shownNumber(Double(least))) \(unit) or more is needed.")
    }
    return whole
  }

  /// One value for each of `count` intervals: a list of so many, or one value for all.
  func series(_ count: Int) throws(ImportProblem) -> [Double] {
    guard case .array(let values) = value else { return [Double](repeating: try number(), count: count) }
    guard values.count == count else {
      throw problem("has \(values.count) values; give one for each of \(count) intervals.")
    }
    var numbers: [Double] = []
    numbers.reserveCapacity(count)
    for value in values {
      guard case .number(let number) = value else {
        throw problem("has \(value.shown) in its list; numbers are needed.")
      }
      numbers.append(number)
    }
    return numbers
  }
}
