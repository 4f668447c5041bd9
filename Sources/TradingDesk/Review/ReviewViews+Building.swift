internal import MarketModel
internal import Review

/// A quotient for reading; nil where it would divide by nothing.
func ratio(_ numerator: Double, _ divisor: Double, _ decimals: Int = 4) -> Double? {
  abs(divisor) > 1e-9 ? DayReport.rounded(numerator / divisor, decimals) : nil
}

extension ReviewReport.DeviationView {
  init(_ sums: DeviationSums) {
    positiveMWh = DayReport.rounded(sums.positiveEnergy, 3)
    positiveFee = DayReport.rounded(sums.positiveFee, 2)
    positiveMeanPricePerMWh = ratio(sums.positiveFee, sums.positiveEnergy, 3)
    positiveContribution = DayReport.rounded(sums.positiveContribution, 2)
    negativeMWh = DayReport.rounded(sums.negativeEnergy, 3)
    negativeFee = DayReport.rounded(sums.negativeFee, 2)
    negativeMeanPricePerMWh = ratio(sums.negativeFee, sums.negativeEnergy, 3)
    negativeContribution = DayReport.rounded(sums.negativeContribution, 2)
  }
}

extension ReviewReport.MetricsView {
  init(_ sums: MetricSums) {
    func money(_ value: Double) -> Double { DayReport.rounded(value, 2) }
    let contribution = sums.totalFee - sums.variableCost
    winRatio = ratio(sums.sold, sums.offered)
    marginalHit = ratio(Double(sums.marginalIntervals), Double(sums.intervals))
    meteredMWh = DayReport.rounded(sums.metered, 3)
    soldMWh = DayReport.rounded(sums.sold, 3)
    loadFactor = ratio(sums.metered, sums.ratedMegawattHours)
    utilisationHours = ratio(sums.metered * sums.hours, sums.ratedMegawattHours, 2)
    unitHoursOnLine = DayReport.rounded(sums.unitHoursOnLine, 2)
    totalMeanPricePerMWh = ratio(sums.totalFee, sums.metered, 3)
    spotMeanPricePerMWh = ratio(sums.spotFee, sums.metered, 3)
    contractDifferencePerMWh = ratio(sums.contractFee, sums.contracted, 3)
    dayAheadLessRealTimePerMWh = ratio(sums.spreadFee, sums.sold, 3)
    dayAheadDeviation = .init(sums.dayAheadDeviation)
    realTimeDeviation = .init(sums.realTimeDeviation)
    marginalContribution = money(contribution)
    contributionPerMWh = ratio(contribution, sums.metered, 3)
    contractAdvantage = money(sums.contractAdvantage)
    nodeAdvantage = money(sums.nodeAdvantage)
    contractCoverage = ratio(sums.contracted, sums.metered)
    contractLoadFactor = ratio(sums.contracted, sums.ratedMegawattHours)
    quantityEffect = money(sums.quantityEffect)
    priceEffect = money(sums.priceEffect)
    crossEffect = money(sums.crossEffect)
    regret = money(sums.perfectForesight - sums.profit)
    attainment = ratio(sums.profit, sums.perfectForesight)
    profitWithPerfectCommitment = money(sums.profitWithPerfectCommitment)
    losingIntervalsLossShare = ratio(sums.lossOfLosingIntervals, sums.expectedProfit)
    losingToEarningRatio = ratio(sums.lossOfLosingIntervals, sums.profitOfEarningIntervals)
    profitPerMWh = ratio(sums.profit, sums.sold, 3)
    priceBands = sums.bands.enumerated().map { number, band in
      .init(
        band: Self.bandName(number), offeredMWh: DayReport.rounded(band.offered, 3),
        soldMWh: DayReport.rounded(band.sold, 3), winRatio: ratio(band.sold, band.offered))
    }
    winRatioByHour = sums.byHour.prefix(24).map { ratio($0.sold, $0.offered) }
  }

  private static func bandName(_ number: Int) -> String {
    let ends = MetricSums.bandEnds.map { EnergyPrice.perMegawattHour($0).text }
    if number == 0 { return "≤ \(ends[0])" }
    return number < ends.count ? "\(ends[number - 1])–\(ends[number])" : "> \(ends[ends.count - 1])"
  }
}

extension ReviewReport.SkillRow {
  init(_ day: MarketDay, _ skill: ForecastSkill, systemShare: Double) {
    self.day = day
    mae = DayReport.rounded(skill.meanAbsoluteError, 4)
    rmse = DayReport.rounded(skill.rootMeanSquareError, 4)
    wape = skill.weightedAbsolutePercentageError.map { DayReport.rounded($0, 4) }
    sameAsYesterdayMae = DayReport.rounded(skill.naiveMeanAbsoluteError, 4)
    pinball = DayReport.rounded(skill.pinballLoss, 4)
    coverage80 = DayReport.rounded(skill.coverage80, 4)
    coverage90 = skill.coverage90.map { DayReport.rounded($0, 4) }
    directionHit = DayReport.rounded(skill.directionHit, 4)
    peakTimeErrorHours = DayReport.rounded(skill.peakTimeError, 2)
    self.skill = ratio(skill.naiveMeanAbsoluteError - skill.meanAbsoluteError, skill.naiveMeanAbsoluteError)
    self.systemShare = DayReport.rounded(systemShare, 4)
  }
}
