internal import Forecasting
internal import Foundation
internal import MarketData
public import MarketModel
internal import MarketRules
internal import MarketStore
internal import NumericMethods

func instantText(_ instant: Date) -> String { LocalTime.text(instant) }

extension TradingDesk {
  /// Leaves a brief in the folder of its day, as market.json.
  public func keepBrief(_ report: MarketBriefReport) throws {
    let content = try encodedDocument(report)
    try locked { try Workspace.write([("market.json", content)], in: workspace.dayDirectory(report.day)) }
  }

  /// What a trader looks at first before a day, as of its gate. Writes nothing but what the forecast learned.
  public func briefMarket(
    _ requested: MarketDay?, rules: String?, settings: ForecastSettings
  ) throws -> MarketBriefReport {
    let store = try openStore()
    return try locked {
      let day = try requested ?? dayAfterLastPrice(store)
      let pack = try rulePack(on: day, market: rules, store: store)
      let context = try PriceContext(day: day, pack: pack, store: store, settings: settings, desk: self)
      progress("\(day): forecasting prices from \(context.history.days.count) days, as of \(context.asOfText)")
      let forecast = try withLearnedPrices { session in
        try inDeskTerms { try session.forecast(context.inputs).fitted(to: context.grid) }
      }
      return try report(context, forecast, store)
    }
  }

  private func report(
    _ context: PriceContext, _ forecast: PriceForecast, _ store: MarketStore
  ) throws -> MarketBriefReport {
    let (day, pack) = (context.day, context.pack)
    let boundary = try BoundaryDays(context, store: store)
    let similar = boundary.similar()
    let fleet = try fleetView(context, store)
    let space = (boundary.space(day) ?? []).map { DayReport.rounded($0, 1) }
    var notes = context.notes + forecast.notes
    if space.isEmpty {
      notes.append("load of \(day), or what serves it, was not known at the gate: no bidding space, no similar days")
    }
    var report = MarketBriefReport(
      day: day, simulated: try isSimulated(store), currency: pack.currency, rulePack: pack.name,
      dataAsOf: context.asOfText, intervalEnd: context.grid.intervals.map(\.endLabel), biddingSpaceMW: space,
      yesterdayMW: (boundary.space(day.advanced(by: -1)) ?? []).map { DayReport.rounded($0, 1) },
      features: boundary.features(day).map { .init($0) },
      yesterday: boundary.features(day.advanced(by: -1)).map { .init($0) },
      netLoad: boundary.netLoad.map { .init($0) }, parts: boundary.partViews(),
      similarityWeights: DaySimilarity.weights.map { .init(name: $0.name, weight: $0.weight) }, similarDays: similar,
      price: priceView(forecast, context, similar: similar), spread: try spreadView(context, store), fleet: fleet,
      reserve: try reserveView(context, fleet, boundary, store),
      changes: try boundary.changes(store, asOf: context.asOf), outages: try outageNews(context, store),
      rules: try ruleNews(context), sentences: [], notes: notes)
    report.sentences = BriefSentences(report).all()
    return report
  }

  private func priceView(
    _ forecast: PriceForecast, _ context: PriceContext, similar: [MarketBriefReport.SimilarDay]
  ) -> MarketBriefReport.PriceView {
    func two(_ values: [Double]) -> [Double] { values.map { DayReport.rounded($0, 2) } }
    let perHour = context.grid.length.perHour
    let floor = context.pack.bids.floor.value?.perMegawattHour
    let cap = context.pack.clearing.cap.value?.perMegawattHour ?? context.pack.bids.cap.value?.perMegawattHour
    let atFloor = forecast.probability(atOrBelow: floor)
    let atCap = forecast.probability(atOrAbove: cap)
    func byHour(_ values: [Double]) -> [Double] {
      stride(from: 0, to: values.count, by: perHour).map { start in
        DayReport.rounded(values[start..<min(start + perHour, values.count)].reduce(0, +) / Double(perHour), 4)
      }
    }
    let mean = forecast.expected.reduce(0, +) / Double(max(forecast.expected.count, 1))
    let alike = similar.reduce(0) { $0 + $1.meanPricePerMWh } / Double(max(similar.count, 1))
    return MarketBriefReport.PriceView(
      expectedPerMWh: two(forecast.expected), lowPerMWh: two(forecast.quantiles.quantile(0.1)),
      highPerMWh: two(forecast.quantiles.quantile(0.9)), meanPerMWh: DayReport.rounded(mean, 2),
      similarDaysMeanPerMWh: similar.isEmpty ? nil : DayReport.rounded(alike, 2), floorPerMWh: floor, capPerMWh: cap,
      floorProbability: atFloor, capProbability: atCap, floorProbabilityByHour: byHour(atFloor),
      capProbabilityByHour: byHour(atCap))
  }

  /// Real-time less day-ahead prices of the thirty days before, as known at the gate.
  private func spreadView(_ context: PriceContext, _ store: MarketStore) throws -> MarketBriefReport.SpreadView? {
    let (first, last) = (context.day.advanced(by: -30), context.day.advanced(by: -1))
    func read(_ stage: SeriesStage) throws -> [MarketDay: [Double]] {
      let found = try inDeskTerms {
        try store.observations(of: SeriesKey(.price, stage), from: first, through: last, asOf: context.asOf)
      }
      return Dictionary(uniqueKeysWithValues: found.map { ($0.day, $0.values) })
    }
    let (ahead, real) = (try read(.dayAhead), try read(.realTime))
    let count = context.grid.count
    let days = ahead.keys.sorted().compactMap { day -> [Double]? in
      guard let own = ahead[day], let second = real[day], own.count == count, second.count == count else { return nil }
      let spread = zip(second, own).map { $0 - $1 }
      return spread.allSatisfy(\.isFinite) ? spread : nil
    }
    guard !days.isEmpty else { return nil }
    let perHour = context.grid.length.perHour
    let all = days.flatMap { $0 }
    return MarketBriefReport.SpreadView(
      days: days.count, meanPerMWh: DayReport.rounded(mean(all), 2),
      standardDeviationPerMWh: DayReport.rounded(standardDeviation(all), 2),
      byHourPerMWh: stride(from: 0, to: count, by: perHour).map { start in
        DayReport.rounded(mean(days.flatMap { $0[start..<min(start + perHour, count)] }), 2)
      })
  }

  private func fleetView(_ context: PriceContext, _ store: MarketStore) throws -> MarketBriefReport.FleetView? {
    let units = try inDeskTerms { try store.units(asOf: context.asOf) }
    guard !units.isEmpty else { return nil }
    let fleet = try FleetContext(day: context.day, pack: context.pack, store: store, portfolioFile: nil)
    let (days, contracts) = (fleet.unitDays, fleet.contracts)
    let available = days.filter { $0.canRun.values.contains(true) }
    let onLine = available.filter { $0.initialState.isOn }
    let contracted = context.grid.intervals.map { interval in
      contracts.reduce(0) { $0 + $1.power(in: interval).megawatts }
    }
    let worth = contracts.reduce((energy: 0.0, value: 0.0)) { sum, contract in
      let power = context.grid.intervals.reduce(0) { $0 + contract.power(in: $1).megawatts }
      return (sum.energy + power, sum.value + power * contract.price.perMegawattHour)
    }
    return MarketBriefReport.FleetView(
      units: units.count, available: available.count, onLine: onLine.count,
      availableMW: available.reduce(0) { $0 + $1.largestAvailableCapacity.megawatts },
      minimumOutputOnLineMW: onLine.reduce(0) { $0 + ($1.minimumOutput.values.max() ?? .zero).megawatts },
      contractedMeanMW: DayReport.rounded(mean(contracted), 1), contractedMaximumMW: contracted.max() ?? 0,
      contractedMW: contracted, priceOfContractsPerMWh: ratio(worth.value, worth.energy, 2))
  }

  private func reserveView(
    _ context: PriceContext, _ fleet: MarketBriefReport.FleetView?, _ boundary: BoundaryDays, _ store: MarketStore
  ) throws -> MarketBriefReport.ReserveView {
    let key = SeriesKey(.exogenous, .forecast, at: "reserve-up")
    let published = try inDeskTerms {
      try store.observations(of: key, from: context.day, through: context.day, asOf: context.asOf)
    }.first?.values
    let space = boundary.space(context.day) ?? []
    let peak = space.indices.max { space[$0] < space[$1] }
    let own = fleet.flatMap { view in peak.map { view.availableMW - view.contractedMW[$0] } }
    let sentence =
      published == nil
      ? "The operator's reserve is not among the series (exogenous.forecast@reserve-up)."
      : "The operator published its up-reserve."
    return MarketBriefReport.ReserveView(publishedMW: published ?? [], ownAboveContractsMW: own, sentence: sentence)
  }

  /// Tickets that came after the gate of the day before.
  private func outageNews(_ context: PriceContext, _ store: MarketStore) throws -> [MarketBriefReport.OutageNews] {
    let before = context.asOf.addingTimeInterval(-86_400)
    let old = try inDeskTerms { try store.outages(asOf: before) }
    let now = try inDeskTerms { try store.outages(asOf: context.asOf) }
    let start = context.pack.zone.start(of: context.day)
    return now.filter { $0.to > start && !old.contains($0) }.map {
      MarketBriefReport.OutageNews(
        unit: $0.unit,
        sentence: "\($0.unit): \($0.availableCapacity) left from \(instantText($0.from)) to \(instantText($0.to)).")
    }
  }

  /// What the day's pack says otherwise than the one before it, and what comes.
  private func ruleNews(_ context: PriceContext) throws -> MarketBriefReport.RuleNews {
    let pack = context.pack
    let own = try inDeskTerms { try library() }.packs.filter { $0.market == pack.market }
    let earlier = own.last { $0.status == .inForce && $0.effectiveFrom < pack.effectiveFrom }
    // What is not known within three months of the day is no news of it.
    let later = own.filter {
      $0.version != pack.version && $0.effectiveFrom <= context.day.advanced(by: 90)
        && ($0.effectiveFrom > context.day || $0.status == .draft)
    }
    return MarketBriefReport.RuleNews(
      pack: pack.name, since: pack.effectiveFrom, source: pack.source, before: earlier?.name,
      differences: earlier.map { differences(from: $0, to: pack) } ?? [],
      isNew: context.day.dayNumber - pack.effectiveFrom.dayNumber < 30,
      upcoming: later.map {
        .init(
          pack: $0.name, status: $0.status.rawValue, from: $0.effectiveFrom,
          differences: differences(from: pack, to: $0))
      })
  }
}

extension PriceForecast {
  /// By interval, the share of scenarios at a price or above it; empty without a price.
  func probability(atOrAbove price: Double?) -> [Double] {
    guard let price else { return [] }
    let width = scenarios.grid.count
    return (0..<width).map { interval in
      let above = (0..<scenarios.count).count { scenarios.values[$0 * width + interval] >= price }
      return DayReport.rounded(Double(above) / Double(max(scenarios.count, 1)), 4)
    }
  }
}
