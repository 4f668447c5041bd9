import MarketModel

/// Which column of one file is what: a format met with a header.
struct EvaluationColumns {
  enum Clock {
    /// Column of the day and column of the label that ends the interval, counted from the start of the day.
    case dayAndEnd(Int, Int)
    /// Column of the day and column of the interval's number, from 1; hours.
    case dayAndNumber(Int, Int)
    case startTime(Int)
    case endTime(Int)

    /// Labels count from the start of the day, also where the clock changes.
    var countsFromStart: Bool {
      switch self {
      case .dayAndEnd, .dayAndNumber: true
      case .startTime, .endTime: false
      }
    }
  }

  struct Value {
    let index: Int
    let name: String
    let quantity: EvaluationQuantity
    let unit: String
    let known: EvaluationKnowledge
    let location: String
  }

  let clock: Clock
  let site: Int?
  let values: [Value]

  /// - Throws: ``ImportProblem/header(file:sentence:)`` naming the columns that the format needs and the file lacks.
  init(_ format: EvaluationFormat, header: [String], file: String) throws(ImportProblem) {
    let missing = format.missing(in: header)
    guard missing.isEmpty else {
      throw .header(
        file: file,
        sentence: "format \(format.name) needs column \(quotedList(missing)), which is missing; the header has "
          + "\(quotedList(header)).")
    }
    let claims = format.claims(of: header)
    func column(_ role: EvaluationFormat.Role) -> Int? {
      claims.indices.first { index in claims[index].map { format.rows[$0].role == role } ?? false }
    }
    site = column(.site)
    if let time = column(.intervalStartTime) {
      clock = .startTime(time)
    } else if let time = column(.intervalEndTime) {
      clock = .endTime(time)
    } else if let day = column(.day), let label = column(.intervalEnd) {
      clock = .dayAndEnd(day, label)
    } else if let day = column(.day), let number = column(.intervalNumber) {
      clock = .dayAndNumber(day, number)
    } else {
      throw .table(file: "evaluation.csv", sentence: "format \(format.name) does not say what the time is.")
    }
    var values: [Value] = []
    for (index, claim) in claims.enumerated() {
      guard let claim else { continue }
      let row = format.rows[claim]
      switch row.role {
      case .values(let quantity):
        let name = row.name == "*" ? header[index] : row.name
        values.append(
          Value(index: index, name: name, quantity: quantity, unit: row.unit, known: row.known, location: ""))
      case .named: values.append(try EvaluationColumns.named(header[index], index: index, file: file))
      default: break
      }
    }
    guard !values.isEmpty else {
      throw .header(file: file, sentence: "no column holds a series; the header has \(quotedList(header)).")
    }
    try EvaluationColumns.checkTruths(values, header: header, file: file)
    self.values = values
  }

  /// Two columns of one truth at one place cannot both be meant.
  private static func checkTruths(_ values: [Value], header: [String], file: String) throws(ImportProblem) {
    let truths: [EvaluationQuantity] = [.dayAheadPrice, .realTimePrice, .load, .wind, .solar]
    for (position, value) in values.enumerated() where truths.contains(value.quantity) {
      guard
        let other = values[..<position].first(where: { $0.quantity == value.quantity && $0.location == value.location })
      else { continue }
      throw .header(
        file: file,
        sentence: "columns \"\(header[other.index])\" and \"\(header[value.index])\" both hold "
          + "\(value.quantity.rawValue); keep one.")
    }
  }

  /// A column of the format `series`: "load.forecast@north [MW]".
  private static func named(_ header: String, index: Int, file: String) throws(ImportProblem) -> Value {
    let parts = header.split(separator: "[", maxSplits: 1)
    let text = String((parts.first ?? "").reversed().drop { $0 == " " }.reversed())
    guard let key = SeriesKey(text), parts.count == 2, parts[1].hasSuffix("]") else {
      throw .header(
        file: file,
        sentence: "column \"\(header)\" names no series; write the series and its unit, as \"load.forecast [MW]\".")
    }
    return Value(
      index: index, name: key.description, quantity: quantity(of: key), unit: String(parts[1].dropLast()),
      known: key.stage == .forecast ? .beforeAuction : key.stage == .dayAhead ? .afterAuction : .afterwards,
      location: key.location)
  }

  private static func quantity(of key: SeriesKey) -> EvaluationQuantity {
    switch (key.quantity, key.stage) {
    case (.price, .realTime): .realTimePrice
    case (.price, _): .dayAheadPrice
    case (.load, .actual): .load
    case (.wind, .actual): .wind
    case (.solar, .actual): .solar
    case (.temperature, _): .temperature
    case (.windSpeed, _), (.irradiance, _): .weather
    case (.load, _), (.wind, _), (.solar, _), (.imports, _), (.exogenous, _): .input
    }
  }
}
