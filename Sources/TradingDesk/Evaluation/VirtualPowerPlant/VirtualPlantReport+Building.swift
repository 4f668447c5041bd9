internal import FlexibleAssets

extension VirtualPlantReport {
  init(_ request: VirtualPlantRequest, _ day: VirtualPlantDay) {
    let plant = day.made.plant
    resources = plant.resources.count
    members = day.settlement.statements.count
    intervals = plant.intervals
    seed = request.seed
    kinds = VirtualPlantReport.kinds(plant, day.plan)
    seconds = Seconds(
      aggregation: DayReport.rounded(day.aggregationSeconds, 2), dispatch: DayReport.rounded(day.dispatchSeconds, 2))
    envelope = Envelope(day)
    dispatch = Dispatch(day)
    silence = Silence(day)
    settlement = Settlement(day.settlement)
    health = Health(day.records)
    notes =
      [
        "resources, prices and records are made up from a seed; no number is a measurement",
        "prices by interval coordinate the resources; a forward pass then keeps the schedule exactly; the bound is that of the prices "
          + "(Lagrangian duality)",
        "limited energy (batteries, piles, allowances of loads) is offered as planned at the floor; sun, heat and power at their cost",
        "market payment: cleared schedule at the market price, deviations at a made-up real-time price of 1.1 times that plus 5",
      ] + day.made.notes
  }

  private static func kinds(_ plant: VirtualPowerPlant, _ plan: PlantDispatch) -> [Kind] {
    let names = ["photovoltaics", "battery", "charging pile", "adjustable load", "heat and power"]
    var (counts, delivered, drawn) = ([0, 0, 0, 0, 0], [0.0, 0, 0, 0, 0], [0.0, 0, 0, 0, 0])
    for (index, resource) in plant.resources.enumerated() {
      let kind =
        switch resource.kind {
        case .photovoltaics: 0
        case .battery: 1
        case .chargingPile: 2
        case .adjustableLoad: 3
        case .heatAndPower: 4
        }
      counts[kind] += 1
      for power in plan.powers(of: index) {
        delivered[kind] += max(power, 0) * plant.hours
        drawn[kind] += max(-power, 0) * plant.hours
      }
    }
    return names.indices.map {
      Kind(
        kind: names[$0], resources: counts[$0], deliveredMWh: DayReport.rounded(delivered[$0], 1),
        drawnMWh: DayReport.rounded(drawn[$0], 1))
    }
  }
}

private func thousandths(_ values: [Double]) -> [Double] { values.map { DayReport.rounded($0, 3) } }

extension VirtualPlantReport.Envelope {
  init(_ day: VirtualPlantDay) {
    let envelope = day.envelope
    expectedPrice = thousandths(day.made.expectedPrices)
    marketPrice = thousandths(day.made.actualPrices)
    (lower, plan, upper) = (thousandths(envelope.lower), thousandths(envelope.plan), thousandths(envelope.upper))
    (priceDown, priceUp) = (thousandths(envelope.priceDown), thousandths(envelope.priceUp))
    offers = envelope.offers.map { steps in
      steps.map {
        VirtualPlantReport.Step(
          fromMW: DayReport.rounded($0.from, 3), toMW: DayReport.rounded($0.to, 3),
          pricePerMWh: DayReport.rounded($0.pricePerMWh, 2))
      }
    }
    cleared = thousandths(day.schedule)
  }
}

extension VirtualPlantReport.Dispatch {
  init(_ day: VirtualPlantDay) {
    let plant = day.made.plant
    let prices = day.made.actualPrices
    func value(_ powers: [Double]) -> Double { zip(prices, powers).reduce(0) { $0 + $1.0 * $1.1 } * plant.hours }
    cost = DayReport.rounded(day.plan.cost, 2)
    costBound = day.plan.costBound.map { DayReport.rounded($0, 2) }
    gapPercent = day.plan.costBound.map {
      DayReport.rounded(100 * (day.plan.cost - $0) / max(abs($0), 1), 4)
    }
    rounds = day.plan.iterations
    largestDeviationMW = DayReport.rounded(day.plan.largestDeviation, 6)
    profit = DayReport.rounded(value(day.schedule) - day.plan.cost, 2)
    unsteeredProfit = DayReport.rounded(
      plant.resources.reduce(0) { sum, resource in
        let free = plant.unsteered(resource)
        return sum + value(free) - plant.cost(resource, free)
      }, 2)
  }
}

extension VirtualPlantReport.Silence {
  init(_ day: VirtualPlantDay) {
    resources = day.silent.keys.sorted().map { day.made.plant.resources[$0].name }
    let first = day.silent.values.min()
    fromInterval = first.map { $0 + 1 }
    deviationMW = DayReport.rounded(first.map { day.followed.deviations[$0] } ?? 0, 4)
    let later = first.map { day.followed.deviations[($0 + 1)...].map(abs).max() ?? 0 } ?? 0
    laterDeviationMW = DayReport.rounded(later, 6)
    addedCost = DayReport.rounded(day.followed.cost - day.plan.cost, 2)
  }
}

extension VirtualPlantReport.Settlement {
  init(_ settlement: PlantSettlement) {
    marketPaymentCents = settlement.marketPayment
    feeCents = settlement.fee
    membersCents = settlement.statements.reduce(0) { $0 + $1.total }
    differenceCents = settlement.difference
    statements = settlement.statements.map {
      VirtualPlantReport.Statement(
        member: $0.member, resources: $0.resources, deliveredMWh: DayReport.rounded($0.deliveredMWh, 4),
        drawnMWh: DayReport.rounded($0.drawnMWh, 4), baseCents: DayReport.rounded($0.base, 2),
        compensationCents: DayReport.rounded($0.compensation, 2), deviationCents: DayReport.rounded($0.deviation, 2),
        shareCents: DayReport.rounded($0.share, 2), totalCents: $0.total)
    }
  }
}

extension VirtualPlantReport.Health {
  init(_ records: ConstructedRecords) {
    func share(_ value: Double) -> Double { DayReport.rounded(value, 4) }
    (batteries, solarPlants, wornBatteries) = (records.batteries, records.solarPlants, records.worn)
    (roundTripErrorOfPlate, roundTripErrorUpdated) = (
      share(records.roundTripErrors.plate), share(records.roundTripErrors.updated)
    )
    (energyErrorOfPlate, energyErrorUpdated) = (share(records.energyErrors.plate), share(records.energyErrors.updated))
    (yieldErrorOfPlate, yieldErrorUpdated) = (share(records.yieldErrors.plate), share(records.yieldErrors.updated))
    findings = Array(records.findings.prefix(10))
  }
}
