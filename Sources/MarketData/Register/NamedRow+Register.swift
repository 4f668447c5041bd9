import MarketModel

extension NamedRows {
  /// Every row turned into a value; all wrong rows are reported together, up to `RowProblem.limit`.
  func parsed<Value>(
    _ parse: (NamedRow) throws(ImportProblem) -> Value
  ) throws(ImportProblem) -> [Value] {
    var values: [Value] = []
    var problems: [RowProblem] = []
    for row in rows where problems.count < RowProblem.limit {
      do {
        values.append(try parse(row))
      } catch .rows(let found) {
        problems += found
      }
    }
    guard problems.isEmpty else { throw .rows(Array(problems.prefix(RowProblem.limit))) }
    return values
  }
}

extension NamedRow {
  /// Hours as whole minutes.
  func minutes(_ column: String) throws(ImportProblem) -> Int {
    let hours = try number(column)
    let minutes = (hours * 60).rounded()
    guard hours >= 0, hours <= 1_000_000, (hours * 60 - minutes).magnitude < 1e-6 else {
      throw problem(column, "\(shownNumber(hours)) h is no whole number of minutes of 0 or more.")
    }
    return Int(minutes)
  }

  /// An amount of money with at most two decimals, exactly.
  func money(_ column: String) throws(ImportProblem) -> Money {
    let text = try text(column)
    guard let hundredths = scaledInteger(fromDecimalText: text, decimals: 2) else {
      throw problem(column, "\"\(text)\" is no amount of money with at most two decimals.")
    }
    return Money(hundredths: hundredths)
  }

  /// An amount of money to the nearest hundredth; at most 10¹² either way.
  func estimatedMoney(_ column: String) throws(ImportProblem) -> Money {
    let amount = try number(column)
    guard amount.magnitude <= 1e12 else {
      throw problem(column, "\(shownNumber(amount)) is no amount of money that a unit costs.")
    }
    return .estimate(amount)
  }

  /// Percent with at most four decimals, exactly; "6.91" is 69,100.
  func partsPerMillion(_ column: String) throws(ImportProblem) -> Int {
    let text = try text(column)
    guard let value = scaledInteger(fromDecimalText: text, decimals: 4) else {
      throw problem(column, "\"\(text)\" is no percentage with at most four decimals.")
    }
    return Int(value)
  }

  func rampRate(_ column: String) throws(ImportProblem) -> RampRate {
    let perMinute = try power(column)
    guard perMinute >= .zero, perMinute <= .megawatts(100_000) else {
      throw problem(column, "\(perMinute.megawattText) MW/min is outside 0…100,000 MW/min.")
    }
    return RampRate(kilowattsPerMinute: perMinute.kilowatts)
  }

  /// "11-15" as 1115.
  func monthDay(_ column: String) throws(ImportProblem) -> Int {
    let text = try text(column)
    // 2024 is a leap year, so 02-29 is a date.
    guard let day = MarketDay("2024-" + text) else { throw problem(column, "\"\(text)\" is no date; write MM-DD.") }
    return day.date.month * 100 + day.date.day
  }

  /// "08:15" as 495; "24:00" as 1,440.
  func clockMinute(_ column: String) throws(ImportProblem) -> Int {
    let text = try text(column)
    guard let minute = LocalTime.minute(text), minute <= 1_440 else {
      throw problem(column, "\"\(text)\" is no clock time; write 08:15.")
    }
    return minute
  }
}
