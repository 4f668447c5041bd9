internal import MarketData
internal import MarketModel
internal import RetailValue

/// The records beside which a portfolio's loads are watched.
struct AlertRecords {
  private let customers: [RetailCustomer]
  private let contracts: [String: RetailContract]
  private let payments: [String: [RetailPayment]]
  private let plans: [String: [Int: Double]]
  private let evidence: AlertEvidence
  private let marketPrice: Double?
  private let settings: RecordAlertSettings
  /// Kinds of alerts for which there is a file.
  let kinds: Set<CustomerAlertKind>

  init(_ files: CustomerFiles, desk: TradingDesk, lastDay: MarketDay) throws {
    let customers = try desk.optional(files.customers, RetailFiles.customers) ?? []
    self.customers = customers
    var contracts: [String: RetailContract] = [:]
    let all = try desk.optional(files.contracts, RetailFiles.contracts) ?? []
    for contract in all where !["renewed", "lost"].contains(contract.state ?? "") {
      let known = contracts[contract.customer].map { $0.end?.dayNumber ?? Int.max }
      if contract.end?.dayNumber ?? Int.max >= known ?? Int.min { contracts[contract.customer] = contract }
    }
    self.contracts = contracts
    payments = Dictionary(grouping: try desk.optional(files.payments, RetailFiles.payments) ?? [], by: \.customer)
    plans = try desk.optional(files.plan, RetailMarketFiles.plans) ?? [:]
    evidence = AlertEvidence(
      customers: customers, events: try desk.optional(files.registry, RetailFiles.registryEvents) ?? [],
      opinions: try desk.optional(files.opinions, RetailRecordFiles.opinions) ?? [])
    let prices = try desk.optional(files.prices, RetailMarketFiles.prices) ?? []
    var settings = RecordAlertSettings()
    settings.learn(all, until: lastDay)
    settings.imbalanceCost = Self.mean(prices.map { abs($0.realTime - $0.dayAhead) }) ?? settings.imbalanceCost
    self.settings = settings
    marketPrice = Self.mean(prices.map { $0.realTime.isFinite ? $0.realTime : $0.dayAhead })
    var kinds: Set<CustomerAlertKind> = []
    if files.contracts != nil { kinds.insert(.churn) }
    if files.payments != nil { kinds.insert(.paymentRisk) }
    if files.plan != nil { kinds.insert(.planDeviation) }
    self.kinds = kinds
  }

  private static func mean(_ values: [Double]) -> Double? {
    let known = values.filter(\.isFinite)
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }

  /// What holds of the numbers, for the report.
  var notes: [String] {
    var notes: [String] = []
    if kinds.contains(.churn) {
      notes.append(
        "ASSUMED: \(Int((100 * settings.baseHazard).rounded())) % leave at the end of a contract, more where bills are late, opinions bad, load has fallen, leaving is free or the price above the market's; the book's own outcomes (\(settings.lost) of \(settings.ended) ended contracts lost) move it to \(Int((100 * settings.hazard).rounded())) %."
      )
    }
    if kinds.contains(.planDeviation) {
      notes.append(
        "a MWh of imbalance costs \(Int(settings.imbalanceCost.rounded())) (the mean |real-time − day-ahead| price where there are prices, else ASSUMED)"
      )
    }
    return notes
  }

  /// Alerts of loads, joined to relocations and with what registers say, and alerts of records on the last day.
  func alerts(_ watch: LoadWatch, _ loads: DailyLoads, unitMargin: Double) -> [CustomerAlert] {
    let last = loads.day(loads.days - 1)
    let ofLoad = watch.alerts.map { alert in
      let value = abs(alert.observed - alert.baseline) * remaining(loads.customers[alert.customer], last, unitMargin)
      return CustomerAlert(alert, in: loads, valueAtStake: value)
    }
    let small = evidence.smallExpansions(watch, in: loads, besides: ofLoad).map { alert in
      var alert = alert
      alert.valueAtStake = abs(alert.observedMWh - alert.baselineMWh) * remaining(alert.customer, last, unitMargin)
      return alert
    }
    let joined = RelocationPairs(customers: customers).joined(ofLoad + small)
    let fallen = Set(joined.filter { $0.kind.isOfLoad && $0.kind != .expansion }.map(\.customer))
    let ofRecords = loads.customers.indices.flatMap { customer in
      RecordAlerts(settings: settings).alerts(standing(customer, loads, last, unitMargin, fallen))
    }
    return evidence.corroborated(joined + ofRecords)
  }

  /// Margin that a MWh a day is worth over the months that the contract has left.
  private func remaining(_ customer: String, _ day: MarketDay, _ unitMargin: Double) -> Double {
    let contract = contracts[customer]
    let months = contract?.end.map { max(0, Double($0.dayNumber - day.dayNumber) / 30.4) } ?? 12
    return 30.4 * months * abs(margin(contract, unitMargin))
  }

  private func margin(_ contract: RetailContract?, _ unitMargin: Double) -> Double {
    contract?.unitMargin ?? contract?.uplift ?? unitMargin
  }

  private func standing(
    _ customer: Int, _ loads: DailyLoads, _ day: MarketDay, _ unitMargin: Double, _ fallen: Set<String>
  ) -> CustomerStanding {
    let name = loads.customers[customer]
    return CustomerStanding(
      customer: name, contract: contracts[name], payments: payments[name] ?? [], plan: plans[name] ?? [:],
      daily: Array(loads.values[(customer * loads.days)..<((customer + 1) * loads.days)]), day: day,
      unitMargin: margin(contracts[name], unitMargin), marketPrice: marketPrice,
      complaints: evidence.complaints(about: name, on: day), hasFallen: fallen.contains(name))
  }
}
