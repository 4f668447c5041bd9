import MarketModel

extension Evaluation {
  fileprivate mutating func position() -> PositionFacts? { given(context.facts.position, "position of the company") }

  /// Two series of one length, or nil with the reason noted.
  mutating func pair(_ first: [Double]?, _ second: [Double]?, _ names: (String, String)) -> [(Double, Double)]? {
    guard let first = given(first, names.0), let second = given(second, names.1) else { return nil }
    guard first.count == second.count, !first.isEmpty else {
      cannotJudge("the \(names.0) has \(first.count) values, the \(names.1) \(second.count)")
      return nil
    }
    return Array(zip(first, second))
  }
}

/// "12.3 %".
func roundedPercent(_ share: Double) -> String { "\((share * 1_000).rounded() / 10) %" }

/// R01: contracts cover neither too little nor too much of the month.
func checkCoverage(_ check: inout Evaluation) {
  let low = check.known(check.pack.position.lowestCoverage, "lowest contract coverage", text: percentText)
  let high = check.known(check.pack.position.highestCoverage, "highest contract coverage", text: percentText)
  guard let position = check.position(),
    let contracted = check.given(position.contractedMonth, "contracts of the month"),
    let expected = check.given(position.expectedMonth, "expected energy of the month")
  else { return }
  guard expected > 0 else { return check.cannotJudge("the expected energy of the month is not above zero") }
  let share = contracted / expected
  for (rule, isBroken, word) in [
    (low, share < low?.value ?? share, "below"), (high, share > high?.value ?? share, "above"),
  ] {
    guard let rule, isBroken else { continue }
    check.violate(
      "contracts cover \(roundedPercent(share)) of the month, \(word) \(percentText(rule.value))",
      chinese: "月度合同覆盖率 \(roundedPercent(share))，界限 \(percentText(rule.value))", source: rule.source,
      advice: word == "below" ? "Buy cover: sell more contracts." : "Buy contracts back.")
  }
}

/// R02: a unit's contracts of an interval exceed neither what it can make nor what is expected of it.
func checkOverContract(_ check: inout Evaluation) {
  let facts = check.facts
  guard let unitDay = check.unitDay(),
    let pairs = check.pair(facts.contracted, facts.expected, ("contracts by interval", "expected output by interval"))
  else { return }
  let intervals = check.grid.intervals
  let most = unitDay.unit.ratedCapacity.megawatts * check.grid.length.hours
  check.register("energy of an interval", "at most \(most) MWh")
  for (index, (contracted, expected)) in pairs.enumerated() where contracted > min(most, expected) {
    check.violate(
      "contracts of \(contracted) MWh exceed \(min(most, expected)) MWh that can be expected",
      chinese: "合同 \(contracted) MWh，超过可发 \(min(most, expected)) MWh",
      interval: index < intervals.count ? intervals[index] : nil, source: Evaluation.deskSource,
      advice: "Pass the contract of the interval on.")
  }
}

/// R03: the contracts' curve follows the expected output.
func checkIntervalCoverage(_ check: inout Evaluation) {
  let low = check.known(check.pack.position.lowestIntervalCoverage, "lowest coverage of an interval", text: percentText)
  let high = check.known(
    check.pack.position.highestIntervalCoverage, "highest coverage of an interval", text: percentText)
  guard let position = check.position(),
    let pairs = check.pair(position.contracted, position.expected, ("contracts by interval", "expected output"))
  else { return }
  let shares = pairs.filter { $0.1 > 0 }.map { $0.0 / $0.1 }
  guard let least = shares.min(), let most = shares.max() else {
    return check.cannotJudge("no interval has an expected output above zero")
  }
  if let low, least < low.value {
    check.violate(
      "an interval is covered to \(roundedPercent(least)), below \(percentText(low.value))",
      chinese: "最低分时覆盖率 \(roundedPercent(least))，下限 \(percentText(low.value))", source: low.source,
      advice: "Sell contracts of those hours.")
  }
  if let high, most > high.value {
    check.violate(
      "an interval is covered to \(roundedPercent(most)), above \(percentText(high.value))",
      chinese: "最高分时覆盖率 \(roundedPercent(most))，上限 \(percentText(high.value))", source: high.source,
      advice: "Buy contracts of those hours back.")
  }
}

/// R04: what is sold day-ahead beyond the expected output, times the spread's deviation, stays within its limit.
func checkSpread(_ check: inout Evaluation) {
  guard let position = check.position(),
    let pairs = check.pair(position.dayAhead, position.expected, ("day-ahead quantity", "expected output")),
    let deviation = check.given(position.spreadDeviation, "deviation of the spread"),
    let limit = check.given(position.spreadLimit, "limit of the spread exposure")
  else { return }
  let exposure = pairs.reduce(0) { $0 + ($1.0 - $1.1).magnitude } * deviation
  check.record("spread exposure", "at most \(limit)")
  if exposure > limit {
    check.violate(
      "the spread exposure is \(exposure), above \(limit)", chinese: "价差敞口 \(exposure)，上限 \(limit)",
      source: Evaluation.deskSource, advice: "Bring the day-ahead quantity nearer to the expected output.")
  }
}

/// R05: the mean loss of the worst twentieth of the scenarios stays within the budget.
func checkTail(_ check: inout Evaluation) {
  guard let position = check.position(), let budget = check.given(position.tailBudget, "budget of the tail loss"),
    let profits = check.given(position.scenarioProfits, "scenario profits")
  else { return }
  guard !profits.isEmpty else { return check.cannotJudge("there are no scenarios") }
  let worst = profits.sorted().prefix(max(1, profits.count / 20))
  let loss = -worst.reduce(0, +) / Double(worst.count)
  check.record("tail loss", "at most \(budget)")
  if loss > budget {
    check.violate(
      "the mean loss of the worst 5 % is \(loss), above the budget \(budget)",
      chinese: "最差 5% 情景平均亏损 \(loss)，预算 \(budget)", source: Evaluation.deskSource,
      advice: "Offer less at risk, or hedge.")
  }
}

/// R06: what customers take is bought, within a band.
func checkRetail(_ check: inout Evaluation) {
  guard let position = check.position(), let band = check.given(position.retailBand, "band of the retail book"),
    let pairs = check.pair(position.retailLoad, position.retailSupply, ("load of customers", "energy bought for them"))
  else { return }
  check.record("retail band", roundedPercent(band))
  let worst = pairs.filter { $0.0 > 0 }.map { ($0.0 - $0.1).magnitude / $0.0 }.max() ?? 0
  if worst > band {
    check.violate(
      "the retail book is open by \(roundedPercent(worst)), above \(roundedPercent(band))",
      chinese: "售电缺口 \(roundedPercent(worst))，允许 \(roundedPercent(band))", source: Evaluation.deskSource,
      advice: "Buy the missing energy, or sell the surplus.")
  }
}

/// R07: the exposure stays within the usable part of the guarantee.
func checkCredit(_ check: inout Evaluation) {
  guard let position = check.position(), let exposure = check.given(position.creditExposure, "credit exposure"),
    let guarantee = check.given(position.guarantee, "guarantee"),
    let share = check.given(position.usableGuaranteeShare, "usable share of the guarantee")
  else { return }
  check.record("credit", "at most \(guarantee * share)")
  if exposure > guarantee * share {
    check.violate(
      "the exposure \(exposure) is above \(guarantee * share), \(roundedPercent(share)) of the guarantee",
      chinese: "敞口 \(exposure)，可用额度 \(guarantee * share)", source: Evaluation.deskSource,
      advice: "Raise the guarantee, or buy less.")
  }
}

/// R08: mechanism energy is within its month's amount and not sold again.
func checkMechanism(_ check: inout Evaluation) {
  guard let position = check.position(), let energy = check.given(position.mechanismEnergy, "mechanism energy"),
    let allowed = check.given(position.mechanismAllowed, "mechanism energy of the month"),
    let twice = check.given(position.mechanismSoldTwice, "mechanism energy under another contract")
  else { return }
  check.record("mechanism energy", "at most \(allowed) MWh")
  if energy > allowed || twice > 0 {
    check.violate(
      "mechanism energy is \(energy) of \(allowed) MWh, and \(twice) MWh of it are also sold elsewhere",
      chinese: "机制电量 \(energy) MWh（上限 \(allowed) MWh），重复签约 \(twice) MWh", source: Evaluation.deskSource,
      advice: "Take the surplus back, or cancel the second contract.")
  }
}

/// R09: no more certificates than megawatt-hours.
func checkCertificates(_ check: inout Evaluation) {
  guard let position = check.position(), let sold = check.given(position.certificatesSold, "certificates sold"),
    let mechanism = check.given(position.mechanismEnergy, "mechanism energy"),
    let generated = check.given(position.generated, "energy generated")
  else { return }
  check.record("certificates", "at most \(generated) MWh")
  if sold + mechanism > generated {
    check.violate(
      "certificates for \(sold) MWh and \(mechanism) MWh of mechanism energy exceed \(generated) MWh generated",
      chinese: "绿证 \(sold) 与机制电量 \(mechanism) 之和超过发电量 \(generated) MWh", source: Evaluation.deskSource,
      advice: "Withdraw the certificates that are too many.")
  }
}

/// R10: the day-ahead quantity is near what was made or used.
func checkDeviation(_ check: inout Evaluation) {
  let rule = check.known(check.pack.position.deviationBand, "deviation band", text: percentText)
  guard let rule, let position = check.position(),
    let pairs = check.pair(position.dayAhead, position.actual, ("day-ahead quantity", "metered quantity"))
  else { return }
  let total = pairs.reduce(0) { $0 + $1.1.magnitude }
  guard total > 0 else { return check.cannotJudge("the metered quantity is zero") }
  let share = pairs.reduce(0) { $0 + ($1.0 - $1.1).magnitude } / total
  if share > rule.value {
    check.violate(
      "the deviation is \(roundedPercent(share)), above \(percentText(rule.value))",
      chinese: "偏差 \(roundedPercent(share))，允许 \(percentText(rule.value))", source: rule.source,
      advice: "Find the cause and correct the forecast.")
  }
}
