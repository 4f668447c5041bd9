internal import MarketModel
internal import MarketRules

/// Settles one unit's energy of one day under the pack's convention.
///
/// Q_A metered, Q_D day-ahead, Q_C contracted; P_D and P_R the day-ahead and real-time prices of the node, P_ref the contract's point:
///
/// | mode | lines |
/// | --- | --- |
/// | contract-for-difference, two-settlement | Q_D·P_D, (Q_A − Q_D)·P_R, Q_C·(P_C − P_ref) |
/// | delta | Q_C·P_C, Q_C·(P_D − P_ref), (Q_D − Q_C)·P_D, (Q_A − Q_D)·P_R |
/// | real-time-full | Q_A·P_R, Q_D·(P_D − P_R,unified), Q_C·(P_C − P_ref) |
/// | zone-reference, single | Q_A·P_R, Q_C·(P_C − P_ref) |
///
/// The first two pay the same where P_ref = P_D.
///
/// - Throws: ``SettlementError`` if a price is not known, or a series covers a part of the day only.
public func settleEnergy(
  _ position: EnergyPosition, at prices: SettlementPrices, under terms: SettlementTerms, currency: String
) throws(SettlementError) -> [StatementLine] {
  try EnergySettlement(position, prices, terms, currency).lines()
}

private struct EnergySettlement {
  let position: EnergyPosition
  let prices: SettlementPrices
  let terms: SettlementTerms
  let currency: String
  let count: Int

  init(
    _ position: EnergyPosition, _ prices: SettlementPrices, _ terms: SettlementTerms, _ currency: String
  ) throws(SettlementError) {
    (self.position, self.prices, self.terms, self.currency) = (position, prices, terms, currency)
    count = position.dayAhead.count
    for (name, series) in [("metered", position.metered)] + position.contracts.map({ ($0.id, $0.quantities) })
    where series.count != count {
      throw SettlementError(
        .missing,
        "Unit \(position.unit) has \(series.count) of \(count) settlement periods of \(name) energy on \(position.day); the whole day is needed."
      )
    }
  }

  func lines() throws(SettlementError) -> [StatementLine] {
    var found: [StatementLine] = []
    switch terms.mode {
    case .contractForDifference, .twoSettlement:
      found.append(try dayAheadEnergy())
      found.append(try deviation())
      for contract in position.contracts { found.append(try difference(contract)) }
    case .delta:
      for contract in position.contracts {
        found.append(try contractEnergy(contract))
        found.append(try congestion(contract))
      }
      found.append(try dayAheadChange())
      found.append(try deviation())
    case .realTimeFull:
      found.append(try realTimeEnergy())
      found.append(try dayAheadDifference())
      for contract in position.contracts { found.append(try difference(contract)) }
    case .zoneReference, .single:
      found.append(try realTimeEnergy())
      for contract in position.contracts { found.append(try difference(contract)) }
    }
    if let recovery = try recovery() { found.append(recovery) }
    return found
  }

  private func price(_ point: PricePoint) throws(SettlementError) -> [EnergyPrice] {
    try prices.prices(point, count: count, for: position.unit)
  }

  /// The prices that a contract settles against.
  private func reference(_ contract: ContractPosition) throws(SettlementError) -> [EnergyPrice] {
    switch (terms.contractPoint, contract.reference) {
    case (.asContracted, .dayAhead), (.dayAheadNode, _): try price(.dayAheadNode)
    case (.asContracted, .realTime), (.realTimeNode, _): try price(.realTimeNode)
    case (.dayAheadUnified, _): try price(.dayAheadUnified)
    case (.realTimeUnified, _): try price(.realTimeUnified)
    case (.zone, _): try price(.zone)
    }
  }

  private func dayAheadEnergy() throws(SettlementError) -> StatementLine {
    let own = try price(.dayAheadNode)
    return try line(
      .dayAheadEnergy, position.dayAhead, own, formula: "Σ Q_D · P_D",
      inputs: [("Q_D", position.dayAhead, nil), ("P_D", position.dayAhead, own)])
  }

  private func realTimeEnergy() throws(SettlementError) -> StatementLine {
    let own = try price(.realTimeNode)
    return try line(
      .realTimeEnergy, position.metered, own, formula: "Σ Q_A · P_R",
      inputs: [("Q_A", position.metered, nil), ("P_R", position.metered, own)])
  }

  private var deviations: [Energy] { zip(position.metered, position.dayAhead).map { $0 - $1 } }

  private func deviation() throws(SettlementError) -> StatementLine {
    let quantities = deviations
    // Nothing deviates, nothing is paid: the real-time price need not be known.
    let own =
      quantities.allSatisfy { $0 == .zero } && prices.series[.realTimeNode] == nil
      ? [EnergyPrice](repeating: .zero, count: count) : try price(.realTimeNode)
    return try line(
      .deviationEnergy, quantities, own, formula: "Σ (Q_A − Q_D) · P_R",
      inputs: [("Q_A", position.metered, nil), ("Q_D", position.dayAhead, nil), ("P_R", quantities, own)])
  }

  private func dayAheadDifference() throws(SettlementError) -> StatementLine {
    let (first, second) = (try price(.dayAheadNode), try price(.realTimeUnified))
    return try line(
      .dayAheadDifference, position.dayAhead, zip(first, second).map { $0 - $1 },
      formula: "Σ Q_D · (P_D − P_R,unified)",
      inputs: [
        ("Q_D", position.dayAhead, nil), ("P_D", position.dayAhead, first), ("P_R,unified", position.dayAhead, second),
      ])
  }

  private func dayAheadChange() throws(SettlementError) -> StatementLine {
    let own = try price(.dayAheadNode)
    let contracted = position.contracts.reduce([Energy](repeating: .zero, count: count)) { sum, contract in
      zip(sum, contract.quantities).map { $0 + $1 }
    }
    let quantities = zip(position.dayAhead, contracted).map { $0 - $1 }
    return try line(
      .dayAheadChange, quantities, own, formula: "Σ (Q_D − Q_C) · P_D",
      inputs: [("Q_D", position.dayAhead, nil), ("Q_C", contracted, nil), ("P_D", quantities, own)])
  }

  private func difference(_ contract: ContractPosition) throws(SettlementError) -> StatementLine {
    let own = try reference(contract)
    return try line(
      .contractDifference, contract.quantities, own.map { contract.price - $0 }, contract: contract.id,
      formula: "Σ Q_C · (P_C − P_ref)",
      inputs: [
        ("Q_C", contract.quantities, nil), ("P_C", contract.quantities, own.map { _ in contract.price }),
        ("P_ref", contract.quantities, own),
      ])
  }

  private func contractEnergy(_ contract: ContractPosition) throws(SettlementError) -> StatementLine {
    let own = [EnergyPrice](repeating: contract.price, count: count)
    return try line(
      .contractEnergy, contract.quantities, own, contract: contract.id, formula: "Σ Q_C · P_C",
      inputs: [("Q_C", contract.quantities, nil), ("P_C", contract.quantities, own)])
  }

  private func congestion(_ contract: ContractPosition) throws(SettlementError) -> StatementLine {
    let (node, own) = (try price(.dayAheadNode), try reference(contract))
    return try line(
      .contractCongestion, contract.quantities, zip(node, own).map { $0 - $1 }, contract: contract.id,
      formula: "Σ Q_C · (P_D − P_ref)",
      inputs: [
        ("Q_C", contract.quantities, nil), ("P_D", contract.quantities, node), ("P_ref", contract.quantities, own),
      ])
  }

  private func recovery() throws(SettlementError) -> StatementLine? {
    guard let rule = terms.recovery, let source = terms.recoverySource, deviations.contains(where: { $0 != .zero })
    else { return nil }
    let (first, second) = (try price(.dayAheadNode), try price(.realTimeNode))
    var periods: [PeriodAmount] = []
    for index in 0..<count {
      let charged = rule.chargedEnergy(metered: position.metered[index], dayAhead: position.dayAhead[index])
      let own = rule.price(dayAhead: first[index], realTime: second[index])
      periods.append(
        PeriodAmount(
          period: index + 1, quantity: charged, price: own, amount: rounded(charged.value(at: own).negated)))
    }
    let charged = periods.map(\.quantity)
    return try StatementLine(
      unit: position.unit, day: position.day, item: .deviationRecovery, quantity: charged.reduce(.zero, +),
      amount: sum(periods), formula: "−Σ max(0, |Q_A − Q_D| − α·Q_D) · |P_D − P_R| · β",
      inputs: [
        StatementInput("charged energy", charged.reduce(.zero, +)),
        StatementInput("α", decimalText(Int128(rule.band), decimals: 6), unit: "share"),
        StatementInput("β", decimalText(Int128(rule.share), decimals: 6), unit: "share"),
      ], source: source, periods: periods)
  }

  private func rounded(_ amount: Money) -> Money { terms.rounding == .period ? amount.rounded : amount }

  private func sum(_ periods: [PeriodAmount]) throws(SettlementError) -> Money {
    var total = Money.zero
    for period in periods { total = try adding(total, period.amount) }
    return total
  }

  /// A line of quantity × price by period; an input with prices is their mean weighted by its energies.
  private func line(
    _ item: StatementItem, _ quantities: [Energy], _ prices: [EnergyPrice], contract: String = "", formula: String,
    inputs: [(name: String, energies: [Energy], prices: [EnergyPrice]?)]
  ) throws(SettlementError) -> StatementLine {
    let periods = quantities.indices.map { index in
      PeriodAmount(
        period: index + 1, quantity: quantities[index], price: prices[index],
        amount: rounded(quantities[index].value(at: prices[index])))
    }
    let figures = inputs.compactMap { input -> StatementInput? in
      guard let own = input.prices else { return StatementInput(input.name, input.energies.reduce(.zero, +)) }
      return weightedMean(own, by: input.energies).map { StatementInput(input.name, $0, currency: currency) }
    }
    return StatementLine(
      unit: position.unit, day: position.day, item: item, contract: contract,
      quantity: quantities.reduce(.zero, +), amount: try sum(periods), formula: formula, inputs: figures,
      source: contract.isEmpty ? terms.modeSource : terms.contractSource, periods: periods)
  }

  /// Σ Q·P / Σ Q; the plain mean where the energies add up to nothing.
  private func weightedMean(_ prices: [EnergyPrice], by energies: [Energy]) -> EnergyPrice? {
    let total = energies.reduce(Int128(0)) { $0 + Int128($1.wattMinutes) }
    let isFlat = total <= 0 || energies.contains { $0 < .zero }
    let weights = energies.map { isFlat ? 1 : Int128($0.wattMinutes) }
    let sum = zip(prices, weights).reduce(Int128(0)) { $0 + Int128($1.0.microPerMegawattHour) * $1.1 }
    return prices.isEmpty ? nil : EnergyPrice(quotient: sum, weights.reduce(0, +))
  }
}
