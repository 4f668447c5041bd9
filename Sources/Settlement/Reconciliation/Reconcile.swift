public import MarketModel

/// Why a line of the operator's statement is not ours.
public enum DifferenceCause: String, Hashable, Sendable, Codable, CaseIterable {
  case quantity, price
  case quantityAndPrice = "quantity-and-price"
  /// The same quantity and price, and an amount within the rounding of the written figures.
  case rounding
  /// The same quantity and price, but the amount is not their product.
  case arithmetic
  /// We expect the line, the statement lacks it.
  case missingLine = "missing-line"
  /// The statement has a line that we do not expect.
  case unexpectedLine = "unexpected-line"
  case duplicate
}

/// One difference, in money and in words.
public struct StatementDifference: Hashable, Sendable {
  public let key: StatementKey
  /// Line of the operator's file; nil for a missing line.
  public let row: Int?
  public let cause: DifferenceCause
  /// Operator less own.
  public let difference: Money
  /// Parts of the difference by quantity, by price and by both together; they add up to it but for rounding.
  public let quantityEffect: Money
  public let priceEffect: Money
  public let sentence: String
}

/// What comparing two statements found.
public struct Reconciliation: Hashable, Sendable {
  public let comparedLines: Int
  public let equalLines: Int
  public let ownTotal: Money
  public let operatorTotal: Money
  /// In the order of the keys.
  public let differences: [StatementDifference]
}

/// A line of ours as it is compared: a whole day, or one period.
private struct OwnLine {
  let quantity: Energy
  let price: EnergyPrice?
  let amount: Money
}

/// Compares the operator's lines with our statement, line by line, and says why each difference is there.
///
/// Where the operator's layout has periods, periods are compared; else days. Lines of ours that pay nothing need not be in
/// the statement.
public func reconcile(
  _ statement: Statement, with lines: [OperatorLine], currency: String
) throws(SettlementError) -> Reconciliation {
  let byPeriod = lines.contains { $0.key.period > 0 }
  let own = ownLines(statement, byPeriod: byPeriod)
  var seen: [StatementKey: OperatorLine] = [:]
  var found: [StatementDifference] = []
  var equal = 0
  var (ownTotal, operatorTotal) = (Money.zero, Money.zero)
  for line in own.values { ownTotal = try adding(ownTotal, line.amount) }
  for line in lines {
    operatorTotal = try adding(operatorTotal, line.amount.money)
    if let first = seen[line.key] {
      found.append(duplicate(line, of: first, currency))
      continue
    }
    seen[line.key] = line
    guard let mine = own[line.key] else {
      found.append(unexpected(line, currency))
      continue
    }
    if let difference = try compare(line, mine, currency) { found.append(difference) } else { equal += 1 }
  }
  for (key, line) in own where seen[key] == nil && line.amount != .zero {
    found.append(missing(key, line, currency))
  }
  return Reconciliation(
    comparedLines: seen.count, equalLines: equal, ownTotal: ownTotal, operatorTotal: operatorTotal,
    differences: found.sorted { ($0.key, $0.row ?? 0) < ($1.key, $1.row ?? 0) })
}

private func ownLines(_ statement: Statement, byPeriod: Bool) -> [StatementKey: OwnLine] {
  var found: [StatementKey: OwnLine] = [:]
  for line in statement.lines {
    func key(_ period: Int) -> StatementKey {
      StatementKey(day: line.day, unit: line.unit, item: line.item, contract: line.contract, period: period)
    }
    if byPeriod, !line.periods.isEmpty {
      for period in line.periods {
        found[key(period.period)] = OwnLine(
          quantity: period.quantity, price: period.price, amount: period.amount.rounded)
      }
    } else {
      found[key(0)] = OwnLine(quantity: line.quantity, price: line.meanPrice, amount: line.amount)
    }
  }
  return found
}

private func duplicate(_ line: OperatorLine, of first: OperatorLine, _ currency: String) -> StatementDifference {
  StatementDifference(
    key: line.key, row: line.row, cause: .duplicate, difference: line.amount.money, quantityEffect: .zero,
    priceEffect: .zero,
    sentence:
      "\(line.key) stands on line \(first.row) and again on line \(line.row): \(line.amount.text) \(currency) twice.")
}

private func unexpected(_ line: OperatorLine, _ currency: String) -> StatementDifference {
  StatementDifference(
    key: line.key, row: line.row, cause: .unexpectedLine, difference: line.amount.money, quantityEffect: .zero,
    priceEffect: .zero,
    sentence: "\(line.key): we expect no such line; the operator has \(line.amount.text) \(currency).")
}

private func missing(_ key: StatementKey, _ line: OwnLine, _ currency: String) -> StatementDifference {
  StatementDifference(
    key: key, row: nil, cause: .missingLine, difference: line.amount.negated, quantityEffect: .zero,
    priceEffect: .zero, sentence: "\(key): the statement lacks the line; we expect \(line.amount.text) \(currency).")
}

/// nil if the two are the same.
private func compare(
  _ line: OperatorLine, _ own: OwnLine, _ currency: String
) throws(SettlementError) -> StatementDifference? {
  let difference = try adding(line.amount.money, own.amount.negated)
  let sameQuantity = line.quantity.map { $0.isRounding(of: own.quantity) } ?? true
  let samePrice = line.price.map { written in own.price.map { written.isRounding(of: $0) } ?? true } ?? true
  if difference == .zero && sameQuantity && samePrice { return nil }
  let theirs = sameQuantity ? own.quantity : (line.quantity?.energy ?? own.quantity)
  let ownPrice = own.price ?? .zero
  let theirPrice = samePrice ? ownPrice : (line.price?.energyPrice ?? ownPrice)
  let quantityEffect = (theirs - own.quantity).value(at: ownPrice)
  let priceEffect = own.quantity.value(at: theirPrice - ownPrice)
  func made(_ cause: DifferenceCause, _ why: String) -> StatementDifference {
    StatementDifference(
      key: line.key, row: line.row, cause: cause, difference: difference, quantityEffect: quantityEffect.rounded,
      priceEffect: priceEffect.rounded,
      sentence: "\(line.key), line \(line.row): \(why); \(difference < .zero ? "" : "+")\(difference.text) \(currency)."
    )
  }
  let quantityText =
    "quantity \(line.quantity?.text ?? "–") instead of \(StatementInput("", own.quantity).value) MWh"
  let priceText = "price \(line.price?.text ?? "–") instead of \(ownPrice.text)"
  switch (sameQuantity, samePrice) {
  case (false, true): return made(.quantity, quantityText)
  case (true, false): return made(.price, priceText)
  case (false, false): return made(.quantityAndPrice, quantityText + " and " + priceText)
  case (true, true):
    let slack = roundingSlack(line, own)
    return difference.quanta.magnitude <= slack
      ? made(.rounding, "the same quantity and price, rounded otherwise")
      : made(
        .arithmetic,
        "\(line.amount.text) \(currency) is not quantity × price, which make \(own.amount.text) \(currency)")
  }
}

/// What the written figures' own rounding can move an amount by: half a unit of each, and a unit of the amount.
private func roundingSlack(_ line: OperatorLine, _ own: OwnLine) -> UInt128 {
  func half(_ decimals: Int, _ unit: Int128) -> Int128 {
    unit / (2 * (0..<decimals).reduce(Int128(1)) { product, _ in product * 10 })
  }
  var slack = Money(hundredths: 1).quanta
  if let quantity = line.quantity {
    let energy = Energy(wattMinutes: Int64(half(quantity.decimals, 60_000_000)))
    slack += Int128(energy.value(at: own.price ?? .zero).quanta.magnitude)
  }
  if let price = line.price {
    let micro = EnergyPrice(microPerMegawattHour: Int64(half(price.decimals, 1_000_000)))
    slack += Int128(own.quantity.value(at: micro).quanta.magnitude)
  }
  return slack.magnitude
}
