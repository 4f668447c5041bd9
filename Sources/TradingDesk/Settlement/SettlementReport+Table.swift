internal import MarketModel

extension SettlementReport {
  /// The statement as CSV in our own layout (`spotdesk`, or `spotdesk-day` without periods); read back by `--statement`.
  public var table: String {
    let byPeriod = lines.contains { $0.periods != nil }
    var rows = [
      byPeriod
        ? "unit,day,period,item,contract,quantity_MWh,price_per_MWh,amount"
        : "unit,day,item,contract,quantity_MWh,amount"
    ]
    for line in lines {
      guard byPeriod, let periods = line.periods else {
        let head = "\(line.unit),\(line.day)," + (byPeriod ? "," : "") + "\(line.item),\(line.contract)"
        rows.append("\(head),\(plain(line.quantityMWh))," + (byPeriod ? "," : "") + line.amount.text)
        continue
      }
      for period in periods {
        rows.append(
          "\(line.unit),\(line.day),\(period.period),\(line.item),\(line.contract),\(plain(period.quantityMWh)),"
            + "\(EnergyPrice.perMegawattHour(period.pricePerMWh).text),\(period.amount.text)")
      }
    }
    return rows.joined(separator: "\n") + "\n"
  }

  /// MWh with six decimals at most, without an exponent.
  private func plain(_ value: Double) -> String { EnergyPrice.perMegawattHour(value).text }
}
