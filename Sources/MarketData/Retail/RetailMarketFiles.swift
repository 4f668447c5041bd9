public import Foundation
internal import MarketModel

/// Prices, plans and bands beside which customers are read.
public enum RetailMarketFiles {
  /// One hour: day number, hour 0…23, prices per MWh; NaN is not known.
  public typealias Price = (day: Int, hour: Int, dayAhead: Double, realTime: Double)

  /// Hourly prices: a time of start, and a day-ahead or a real-time price or both; quarter-hours are averaged.
  public static func prices(_ url: URL) throws(ImportProblem) -> [Price] {
    let table = try AliasedRows(
      url,
      aliases: [
        "ts_start": ["timestamp", "time", "datetime", "ts"],
        "price_da": ["day_ahead", "price.day-ahead", "da", "day_ahead_price", "price_day_ahead"],
        "price_rt": ["real_time", "price.real-time", "rt", "real_time_price", "price_real_time", "price"],
      ])
    try table.require(["ts_start"])
    var sums: [Int: (dayAhead: Double, dayAheads: Double, realTime: Double, realTimes: Double)] = [:]
    for row in table.rows.rows {
      let text = table.text(row, "ts_start") ?? ""
      let clock = text.split(whereSeparator: { $0 == "T" || $0 == " " }).dropFirst().first ?? ""
      guard let day = RetailDates.day(text), let hour = Int(clock.prefix { $0 != ":" }), (0..<24).contains(hour) else {
        throw row.problem("ts_start", "\"\(text)\" is no start of an hour; write 2023-03-15T08:00.")
      }
      let key = day.dayNumber * 24 + hour
      var sum = sums[key] ?? (0, 0, 0, 0)
      if let price = try table.number(row, "price_da") { sum = (sum.0 + price, sum.1 + 1, sum.2, sum.3) }
      if let price = try table.number(row, "price_rt") { sum = (sum.0, sum.1, sum.2 + price, sum.3 + 1) }
      sums[key] = sum
    }
    return sums.keys.sorted().map { key in
      let sum = sums[key] ?? (0, 0, 0, 0)
      return (
        key / 24, key % 24, sum.dayAheads > 0 ? sum.dayAhead / sum.dayAheads : .nan,
        sum.realTimes > 0 ? sum.realTime / sum.realTimes : .nan
      )
    }
  }

  /// Band of every month and hour: 288 names, [(month − 1) · 24 + hour].
  public static func bands(_ url: URL) throws(ImportProblem) -> [String] {
    let table = try NamedRows(url)
    try table.requireColumns(["month", "hour", "band"])
    var bands = [String](repeating: "", count: 288)
    for row in table.rows {
      let month = try row.wholeNumber("month")
      let hour = try row.wholeNumber("hour")
      guard (1...12).contains(month), (0..<24).contains(hour) else {
        throw row.problem("month", "there is no month \(month) with hour \(hour); write 1–12 and 0–23.")
      }
      bands[(month - 1) * 24 + hour] = try row.text("band")
    }
    guard !bands.contains("") else {
      throw .header(file: table.file, sentence: "an hour of a month has no band; 12 · 24 rows are needed.")
    }
    return bands
  }

  /// Planned energy of customers by day number, MWh; periods of a day are added up.
  public static func plans(_ url: URL) throws(ImportProblem) -> [String: [Int: Double]] {
    let table = try AliasedRows(
      url, aliases: ["customer_id": ["customer", "id"], "date": ["day"], "plan_mwh": ["plan", "energy_mwh"]])
    try table.require(["customer_id", "date", "plan_mwh"])
    var plans: [String: [Int: Double]] = [:]
    for row in table.rows.rows {
      guard let customer = table.text(row, "customer_id"), let day = try table.day(row, "date"),
        let energy = try table.number(row, "plan_mwh")
      else { throw row.problem("", "a plan needs customer_id, date and plan_mwh.") }
      plans[customer, default: [:]][day.dayNumber, default: 0] += energy
    }
    return plans
  }
}
