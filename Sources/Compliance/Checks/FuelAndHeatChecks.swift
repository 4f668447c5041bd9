import MarketModel

/// E02: coal below its guaranteed quality lowers what the unit can offer.
func checkCoalQuality(_ check: inout Evaluation) {
  guard let applies = check.isOf(.thermal), applies else { return }
  guard let quality = check.given(check.facts.coalQuality, "calorific value of the coal"),
    let least = check.given(check.facts.coalQualityMinimum, "guaranteed calorific value"),
    let segments = check.segments()
  else { return }
  check.record("guaranteed calorific value", "\(least) kcal/kg")
  guard quality < least else { return }
  guard let derated = check.given(check.facts.deratedCapacity, "capacity on poor coal") else { return }
  let offered = segments.map(\.to.megawatts).max() ?? 0
  if offered > derated {
    check.violate(
      "the bid offers \(offered) MW on coal of \(quality) kcal/kg, on which \(derated) MW are possible",
      chinese: "煤质 \(quality) kcal/kg，可带 \(derated) MW，报价至 \(offered) MW", source: Evaluation.deskSource,
      advice: "Offer at most \(derated) MW and file the derating, or burn better coal.")
  }
}

/// E03: the heat that is contracted is served in every interval.
func checkHeatSupply(_ check: inout Evaluation) {
  guard let contracted = check.given(check.facts.heatContracted, "contracted heat"),
    let served = check.given(check.facts.heatServed, "heat that the plan serves")
  else { return }
  guard contracted.count == served.count else {
    return check.cannotJudge("heat served has \(served.count) values, heat contracted \(contracted.count)")
  }
  let intervals = check.grid.intervals
  for index in contracted.indices where served[index] < contracted[index] {
    check.violate(
      "\(served[index]) MW of heat are served of \(contracted[index]) MW contracted",
      chinese: "供热 \(served[index]) MW，合同 \(contracted[index]) MW",
      interval: index < intervals.count ? intervals[index] : nil, source: Evaluation.deskSource,
      advice: "Keep the unit on line at its heating minimum, or supply the heat otherwise.")
  }
}

/// E04: a unit bids minimum heating exactly if that is what was filed.
func checkHeatingMode(_ check: inout Evaluation) {
  guard let filed = check.given(check.facts.filedMinimumHeating, "filed heating mode"),
    let bid = check.given(check.facts.bidMinimumHeating, "heating mode of the bid")
  else { return }
  if filed != bid {
    check.violate(
      "minimum heating is \(filed ? "" : "not ")filed, but the bid \(bid ? "has" : "lacks") it",
      chinese: filed ? "已备案最小供热方式，报价未体现" : "未备案最小供热方式，报价却已采用", source: Evaluation.deskSource,
      advice: "Bid the mode that was filed, or file anew.")
  }
}

extension Evaluation {
  /// The plants' records; nil, and noted as missing, if there are none.
  fileprivate mutating func plants() -> [PlantFacts]? { given(context.facts.plants, "record of plants") }
}

/// E01: the coal lasts as long as the season demands.
///
///     stock / Σ_u (E_u · b_u / 1000 · 7000 / Q) ≥ D_min, stock in t, E in MWh a day, b in kgce/MWh
func checkCoalStock(_ check: inout Evaluation) {
  for plant in check.plants() ?? [] {
    let name = "of plant \(plant.plant)"
    guard let stock = check.given(plant.coalStock, "coal stock \(name)"),
      let quality = check.given(plant.coalQuality, "coal quality \(name)"),
      let energy = check.given(plant.dailyEnergy, "daily energy \(name)"),
      let rates = check.given(plant.burnRate, "burn rate \(name)"),
      let least = check.given(plant.minimumStockDays, "least days of stock \(name)")
    else { continue }
    let standard = zip(energy, rates).reduce(0) { $0 + $1.0 * $1.1 / 1_000 }
    let burned = standard * Coal.standardKilocaloriesPerKilogram / quality
    let days = burned > 0 ? stock / burned : .infinity
    check.record("days of stock \(name)", "at least \(least)")
    if days < least {
      // Rounded down: what falls short must not read as enough.
      let text = "\((days * 10).rounded(.down) / 10)"
      check.violate(
        "the coal of plant \(plant.plant) lasts \(text) days; \(least) are needed",
        chinese: "电厂 \(plant.plant) 存煤 \(text) 天，要求 \(least) 天", source: Evaluation.deskSource,
        advice: "Bring coal in, or plan less energy.")
    }
  }
}

/// E05: emissions keep pace with the permit.
///
///     emitted ≤ quota · (elapsed + margin)
func checkEmissions(_ check: inout Evaluation) {
  for plant in check.plants() ?? [] {
    let name = "of plant \(plant.plant)"
    guard let emitted = check.given(plant.emitted, "emissions \(name)"),
      let quota = check.given(plant.emissionQuota, "emission quota \(name)"),
      let elapsed = check.given(plant.elapsedShare, "elapsed share of the permit \(name)"),
      let margin = check.given(plant.quotaMargin, "margin of the permit \(name)")
    else { continue }
    let allowed = min(quota, quota * (elapsed + margin))
    check.record("emissions \(name)", "at most \(allowed) t by now")
    if emitted > allowed {
      check.violate(
        "plant \(plant.plant) has emitted \(emitted) t of its quota; by now \(allowed) t are in order",
        chinese: "电厂 \(plant.plant) 已排放 \(emitted) t，至今应不超过 \(allowed) t", source: Evaluation.deskSource,
        advice: "Plan less energy, or clean more.")
    }
  }
}

/// E06: allowances cover their share of the emissions.
func checkCarbon(_ check: inout Evaluation) {
  guard let carbon = check.given(check.context.facts.carbon, "carbon position") else { return }
  let needed = carbon.emissions * carbon.requiredShare
  check.record("allowances", "at least \(needed) t")
  if carbon.allowances < needed {
    check.violate(
      "allowances for \(carbon.allowances) t cover less than the \(needed) t that are needed",
      chinese: "配额 \(carbon.allowances) t，需要 \(needed) t", source: Evaluation.deskSource,
      advice: "Buy allowances for \(needed - carbon.allowances) t.")
  }
}

/// E07: coal burned this year stays within its cap.
func checkBurnCap(_ check: inout Evaluation) {
  for plant in check.plants() ?? [] {
    guard let burned = check.given(plant.burnedThisYear, "coal burned by plant \(plant.plant)"),
      let cap = check.given(plant.burnCap, "cap on coal of plant \(plant.plant)")
    else { continue }
    check.record("coal of plant \(plant.plant)", "at most \(cap) t")
    if burned > cap {
      check.violate(
        "plant \(plant.plant) will have burned \(burned) t this year; its cap is \(cap) t",
        chinese: "电厂 \(plant.plant) 年耗煤 \(burned) t，上限 \(cap) t", source: Evaluation.deskSource,
        advice: "Take the plant out, or have the cap changed.")
    }
  }
}

/// E08: limestone, ammonia and water last as long as they must.
func checkMaterials(_ check: inout Evaluation) {
  for plant in check.plants() ?? [] {
    guard let days = check.given(plant.materialDays, "materials of plant \(plant.plant)"),
      let least = check.given(plant.minimumMaterialDays, "least materials of plant \(plant.plant)")
    else { continue }
    for (name, needed) in least.sorted(by: { $0.key < $1.key }) {
      check.record("\(name) of plant \(plant.plant)", "at least \(needed) days")
      guard let held = check.given(days[name], "stock of \(name) at plant \(plant.plant)"), held < needed else {
        continue
      }
      check.violate(
        "\(name) of plant \(plant.plant) lasts \(held) days; \(needed) are needed",
        chinese: "电厂 \(plant.plant) 的 \(name) 可用 \(held) 天，要求 \(needed) 天", source: Evaluation.deskSource,
        advice: "Order \(name).")
    }
  }
}
