public import Foundation
public import MarketModel

/// Files of the retail arm that few have: opinions, meters, demand response, hourly green energy.
public enum RetailRecordFiles {
  private static let customer = ["customer", "customerid", "id", "cust_id", "customer_no"]

  /// Tones by company and day (`credit_code` or `customer_id`, `ts`, `polarity`); titles and addresses are not read.
  public static func opinions(_ url: URL) throws(ImportProblem) -> [RetailOpinion] {
    let table = try AliasedRows(
      url,
      aliases: [
        "credit_code": customer + ["customer_id"], "ts": ["date", "timestamp", "published"], "polarity": [],
        "topic": [],
      ])
    try table.require(["credit_code", "ts", "polarity"])
    var opinions: [RetailOpinion] = []
    for row in table.rows.rows {
      guard let company = table.text(row, "credit_code"), let day = try table.day(row, "ts"),
        let polarity = try table.number(row, "polarity")
      else { throw row.problem("", "an opinion needs credit_code, ts and polarity.") }
      guard (-1...1).contains(polarity) else {
        throw row.problem("polarity", "\(shownNumber(polarity)) is no polarity; write −1 (bad) to 1 (good).")
      }
      opinions.append(RetailOpinion(company: company, day: day, polarity: polarity, topic: table.text(row, "topic")))
    }
    return opinions
  }

  /// Meters of customers (`customer_id`, `meter_id`, `multiplier`, `allocation_ratio`); the ratios of a meter add up to at most 1.
  public static func meters(_ url: URL) throws(ImportProblem) -> [RetailMeter] {
    let table = try AliasedRows(
      url,
      aliases: [
        "customer_id": customer, "meter_id": ["meter"], "multiplier": ["factor"],
        "allocation_ratio": ["ratio", "share"],
      ])
    try table.require(["customer_id", "meter_id"])
    var meters: [RetailMeter] = []
    var shares: [String: Double] = [:]
    for row in table.rows.rows {
      guard let id = table.text(row, "customer_id"), let name = table.text(row, "meter_id") else {
        throw row.problem("", "a meter needs customer_id and meter_id.")
      }
      let multiplier = try table.number(row, "multiplier") ?? 1
      guard multiplier > 0, multiplier < 1e9 else {
        throw row.problem("multiplier", "\(shownNumber(multiplier)) is no multiplier above 0.")
      }
      let ratio = try table.share(row, "allocation_ratio") ?? 1
      shares[name, default: 0] += ratio
      guard shares[name, default: 0] <= 1 + 1e-9 else {
        throw row.problem("allocation_ratio", "meter \"\(name)\" is given out by more than 100 %.")
      }
      meters.append(RetailMeter(customer: id, meter: name, multiplier: multiplier, ratio: ratio))
    }
    return meters
  }

  /// Calls for demand response (`customer_id`, `date`, `committed_mwh`, `delivered_mwh`).
  public static func demandResponse(_ url: URL) throws(ImportProblem) -> [DemandResponseRecord] {
    let table = try AliasedRows(
      url,
      aliases: [
        "customer_id": customer, "date": ["day", "ts_start", "start"], "committed_mwh": ["committed"],
        "delivered_mwh": ["delivered"],
      ])
    try table.require(["customer_id", "date", "committed_mwh", "delivered_mwh"])
    var records: [DemandResponseRecord] = []
    for row in table.rows.rows {
      guard let id = table.text(row, "customer_id"), let day = try table.day(row, "date"),
        let committed = try table.number(row, "committed_mwh"), let delivered = try table.number(row, "delivered_mwh")
      else { throw row.problem("", "a call needs customer_id, date, committed_mwh and delivered_mwh.") }
      guard committed >= 0 else { throw row.problem("committed_mwh", "\(shownNumber(committed)) is below 0.") }
      records.append(
        DemandResponseRecord(customer: id, day: day, committedMWh: committed, deliveredMWh: delivered))
    }
    return records
  }

  /// Energy by customer, day number and hour of the day (24 values, MWh; NaN where there is none): hourly green energy
  /// (`customer_id`, `ts_start`, `green_mwh`) or hourly plans (`customer_id`, `date`, `period`, `plan_mwh`, or with `ts_start`).
  ///
  /// Periods are 1 to 24, 48 or 96 of a day as their largest says.
  ///
  /// - Parameter energy: name of the column.
  public static func hourly(_ url: URL, energy: String) throws(ImportProblem) -> [String: [Int: [Double]]] {
    let table = try AliasedRows(
      url,
      aliases: [
        "customer_id": customer, "ts_start": ["timestamp", "time", "datetime", "ts"], "date": ["day"],
        "period": ["interval", "slot"], energy: ["energy_mwh", "mwh"],
      ])
    try table.require(["customer_id", energy])
    var hourly: [String: [Int: [Double]]] = [:]
    let periods = try periodsPerDay(table)
    for row in table.rows.rows {
      guard let id = table.text(row, "customer_id"), let value = try table.number(row, energy),
        let (day, hour) = try time(table, row, periods: periods)
      else { continue }
      guard value >= 0 else { throw row.problem(energy, "\(shownNumber(value)) is no energy of 0 or more.") }
      var hours = hourly[id]?[day] ?? [Double](repeating: .nan, count: 24)
      hours[hour] = hours[hour].isNaN ? value : hours[hour] + value
      hourly[id, default: [:]][day] = hours
    }
    return hourly
  }

  private static func periodsPerDay(_ table: AliasedRows) throws(ImportProblem) -> Int {
    var most = 0.0
    for row in table.rows.rows { most = max(most, try table.number(row, "period") ?? 0) }
    return most <= 24 ? 24 : most <= 48 ? 48 : 96
  }

  /// Day number and hour of a row; nil where the row is of a whole day.
  private static func time(_ table: AliasedRows, _ row: NamedRow, periods: Int) throws(ImportProblem) -> (Int, Int)? {
    if let text = table.text(row, "ts_start") {
      let clock = text.split(whereSeparator: { $0 == "T" || $0 == " " }).dropFirst().first ?? ""
      guard let day = RetailDates.day(text), let hour = Int(clock.prefix { $0 != ":" }), (0..<24).contains(hour) else {
        throw row.problem("ts_start", "\"\(text)\" is no start of an hour; write 2023-03-15T08:00.")
      }
      return (day.dayNumber, hour)
    }
    guard let day = try table.day(row, "date"), let period = try table.number(row, "period") else { return nil }
    guard period >= 1, period <= Double(periods), period == period.rounded() else {
      throw row.problem("period", "\(shownNumber(period)) is no period of a day; write 1 to \(periods).")
    }
    return (day.dayNumber, (Int(period) - 1) * 24 / periods)
  }
}
