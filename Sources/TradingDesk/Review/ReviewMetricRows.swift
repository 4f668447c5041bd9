/// One figure of a review for tables and sheets.
struct ReviewMetricRow {
  let name: String
  /// nil where it would divide by nothing.
  let value: Double?
  let decimals: Int
  let unit: String

  var text: String { value.map { readable($0, decimals: decimals) } ?? "–" }
}

/// The figures of section 5.8 in its order, with their Chinese names.
func reviewMetricRows(_ view: ReviewReport.MetricsView, currency: String) -> [ReviewMetricRow] {
  let price = "\(currency)/MWh"
  func row(_ name: String, _ value: Double?, _ decimals: Int, _ unit: String) -> ReviewMetricRow {
    ReviewMetricRow(name: name, value: value, decimals: decimals, unit: unit)
  }
  func deviation(_ name: String, _ own: ReviewReport.DeviationView) -> [ReviewMetricRow] {
    [
      row("\(name) positive 正偏差电量", own.positiveMWh, 3, "MWh"),
      row("\(name) positive, fee 电费", own.positiveFee, 2, currency),
      row("\(name) positive, mean price 均价", own.positiveMeanPricePerMWh, 3, price),
      row("\(name) positive, contribution 边际贡献", own.positiveContribution, 2, currency),
      row("\(name) negative 负偏差电量", own.negativeMWh, 3, "MWh"),
      row("\(name) negative, fee 电费", own.negativeFee, 2, currency),
      row("\(name) negative, mean price 均价", own.negativeMeanPricePerMWh, 3, price),
      row("\(name) negative, contribution 边际贡献", own.negativeContribution, 2, currency),
    ]
  }
  return [
    row("win ratio 中标率", view.winRatio, 4, "share"), row("own curve at the margin", view.marginalHit, 4, "share"),
    row("metered energy 上网电量", view.meteredMWh, 3, "MWh"), row("sold energy", view.soldMWh, 3, "MWh"),
    row("load factor 负荷率", view.loadFactor, 4, "share"), row("utilisation 利用小时", view.utilisationHours, 2, "h"),
    row("total mean price 总平均电价", view.totalMeanPricePerMWh, 3, price),
    row("spot mean price 现货均价", view.spotMeanPricePerMWh, 3, price),
    row("contracts per MWh 合约度电差价", view.contractDifferencePerMWh, 3, price),
    row("day-ahead less real time 日前实时价差", view.dayAheadLessRealTimePerMWh, 3, price),
  ] + deviation("day-ahead deviation 日前", view.dayAheadDeviation)
    + deviation("real-time deviation 实时", view.realTimeDeviation) + [
      row("marginal contribution 边际贡献", view.marginalContribution, 2, currency),
      row("contribution per MWh 度电贡献", view.contributionPerMWh, 3, price),
      row("contracts over the market 对外增收", view.contractAdvantage, 2, currency),
      row("node over unified 对外增收", view.nodeAdvantage, 2, currency),
      row("contract coverage 覆盖率", view.contractCoverage, 4, "share"),
      row("contract load factor 合约负荷率", view.contractLoadFactor, 4, "share"),
      row("quantity effect 量价偏差", view.quantityEffect, 2, currency),
      row("price effect 量价偏差", view.priceEffect, 2, currency), row("cross effect 量价偏差", view.crossEffect, 2, currency),
      row("regret 机会成本", view.regret, 2, currency), row("attainment 收益达成率", view.attainment, 4, "share"),
      row("profit of this curve had commitment been perfect", view.profitWithPerfectCommitment, 2, currency),
      row("losing intervals over expected profit 失败损失率", view.losingIntervalsLossShare, 4, "share"),
      row("losing over earning intervals 利润损失率", view.losingToEarningRatio, 4, "share"),
      row("profit per MWh 度电收益", view.profitPerMWh, 3, "厘/kWh"),
    ]
}
