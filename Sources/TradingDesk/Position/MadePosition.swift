internal import Bidding
internal import FlexibleAssets
internal import MarketModel

/// All parts of a position, its hedge, and what the assets bid.
struct MadePosition {
  let request: PositionRequest
  let limits: PreparedLimits
  let paths: PositionPaths
  private(set) var parts: [PositionPart] = []
  /// What the same decision of each part brought at what came, in the order of the parts; nil where that is not known.
  private(set) var outcomes: [PositionPart?] = []
  let products: [HedgeProduct]
  private(set) var value: JointValue
  private(set) var bids: AssetBids
  private(set) var reserves: [(name: String, points: [ReserveOfferPoint])] = []
  private(set) var procurement: Procurement?
  private(set) var plantViolations: [String] = []
  private(set) var notes: [String]

  /// - Parameter realised: one path, of what came; nil for a day to come.
  init(
    _ request: PositionRequest, limits: PreparedLimits, contracts: [ContractForDifference], folder: AssetFolder,
    paths: PositionPaths, realised: PositionPaths? = nil, desk: TradingDesk
  ) throws {
    (self.request, self.limits, self.paths) = (request, limits, paths)
    notes = paths.notes + folder.notes + (realised?.notes ?? [])
    bids = AssetBids(
      pack: try request.assetRules.map { try desk.namedPack($0, day: request.day) } ?? limits.pack, grid: limits.grid)
    products = HedgeBlock.products(paths: paths, cost: request.hedgeCost, limit: request.hedgeLimit)
    value = JointValue.none
    let builder = PositionBuilder(paths: paths, riskWeight: request.riskWeight)
    let outcome = realised.map { PositionBuilder(paths: $0, riskWeight: request.riskWeight) }
    try addThermal(contracts, builder, outcome)
    for storage in folder.storages { try add(storage, builder, outcome) }
    for station in folder.stations { try add(station, builder, outcome) }
    if let plant = folder.virtualPlant { try add(plant, builder, outcome) }
    try addRetail(folder.groups, builder, outcome)
    value = try JointValue(
      of: MadePosition.desks(parts), products: products, prices: paths.prices, hours: paths.hours,
      riskWeight: request.riskWeight, seed: request.settings.seed)
    notes += bids.notes
  }

  private mutating func addThermal(
    _ contracts: [ContractForDifference], _ builder: PositionBuilder, _ outcome: PositionBuilder?
  ) throws {
    let grid = limits.grid
    let book = try limits.stored.optimised.map { try $0.bid(on: grid) }
    let threads = request.settings.threads
    add(
      try builder.thermal(book, unitDays: limits.unitDays, threads: threads),
      came: try outcome?.thermal(book, unitDays: limits.unitDays, threads: threads))
    add(builder.contracts(contracts), came: outcome?.contracts(contracts))
  }

  private mutating func add(_ part: PositionPart, came: PositionPart?) {
    parts.append(part)
    outcomes.append(came)
  }

  /// Money of the part is unknown where its wind, sun or load is, even if prices came.
  private mutating func sayUnknown(_ name: String, _ source: String, _ outcome: PositionBuilder?) {
    guard outcome != nil else { return }
    notes.append("\(name): the \(source) that came is not known; the day has no realised figures of it")
  }

  private mutating func add(
    _ storage: AssetFolder.Storage, _ builder: PositionBuilder, _ outcome: PositionBuilder?
  ) throws {
    let (part, powers, cost) = try builder.storage(storage)
    add(part, came: outcome?.scheduled(part.name, powers: powers, cost: cost))
    try bids.add(storage, plan: powers, expected: paths.expected, endValue: builder.endValue(storage))
    reserves.append((storage.unit.name, try builder.reserve(storage)))
  }

  private mutating func add(
    _ station: AssetFolder.Station, _ builder: PositionBuilder, _ outcome: PositionBuilder?
  ) throws {
    let source = station.isWind ? "wind" : "solar"
    guard let market = station.isWind ? paths.wind : paths.solar else {
      notes.append("station \(station.site.name): the scenarios hold no \(source); it is left out")
      return
    }
    let (part, sold, note) = builder.station(station, market: market)
    if let note { notes.append(note) }
    let came = (station.isWind ? outcome?.paths.wind : outcome?.paths.solar).flatMap { measured in
      outcome?.station(station, market: measured, decided: sold).part
    }
    add(part, came: came)
    if came == nil { sayUnknown(part.name, source, outcome) }
    try bids.add(station, sold: sold, reference: paths.expected.reduce(0, +) / Double(paths.grid.count))
  }

  private mutating func addRetail(
    _ groups: [AssetFolder.CustomerGroup], _ builder: PositionBuilder, _ outcome: PositionBuilder?
  ) throws {
    guard !groups.isEmpty else { return }
    guard let load = builder.retailLoad(groups) else {
      notes.append("the scenarios hold no load; retail is left out")
      return
    }
    let (part, bought) = builder.retail(load)
    let came = outcome?.retailLoad(groups, marketMean: load.marketMean).flatMap { measured in
      outcome?.retail(measured, decided: bought).part
    }
    add(part, came: came)
    if came == nil { sayUnknown(part.name, "load", outcome) }
    procurement = try Procurement(
      load: load, bought: bought.map { -$0 }, paths: paths, products: products, riskWeight: request.riskWeight)
  }

  /// The plan of a plant that is made up, for the expected prices, and its steps.
  private mutating func add(
    _ plant: (resources: Int, members: Int, seed: UInt64), _ builder: PositionBuilder, _ outcome: PositionBuilder?
  ) throws {
    let made = try ConstructedPlant(
      resources: plant.resources, members: plant.members, intervals: paths.grid.count, seed: plant.seed)
    let threads = request.settings.threads
    let envelope = made.plant.envelope(prices: paths.expected, rules: bids.plantRules(), threads: threads)
    var settings = DispatchSettings()
    settings.threads = threads
    let plan = made.plant.dispatch(schedule: envelope.plan, prices: paths.expected, settings: settings)
    add(
      builder.scheduled("virtual power plant", powers: envelope.plan, cost: plan.cost),
      came: outcome?.scheduled("virtual power plant", powers: envelope.plan, cost: plan.cost))
    bids.add(plantOffers: envelope.offers)
    plantViolations = bids.plantViolations()
    let steps = envelope.offers.map(\.count)
    notes +=
      made.notes + [
        "virtual power plant: \(made.plant.resources.count) resources made up from seed \(plant.seed)",
        "virtual power plant: \(steps.min() ?? 0) to \(steps.max() ?? 0) priced steps an interval (plant-offers.csv); energy that is limited over the day is offered as planned",
      ] + plantViolations.map { "virtual power plant: \($0)" }
  }

  /// Parts as desks that would hedge by themselves: units with their contracts, storages, stations, and every other part alone.
  private static func desks(_ parts: [PositionPart]) -> [PositionPart] {
    var desks: [(name: String, parts: [PositionPart])] = []
    for part in parts {
      let own = assetClass(part.name)
      let name = own == "contracts" ? "thermal" : own
      if let place = desks.firstIndex(where: { $0.name == name }) {
        desks[place].parts.append(part)
      } else {
        desks.append((name, [part]))
      }
    }
    return desks.map { $0.parts.joined(name: $0.name) }
  }

  /// Class of a part by its name: all storages are one, all stations another.
  static func assetClass(_ name: String) -> String {
    let first = String(name.prefix { $0 != " " })
    return first == "storage" || first == "station" ? first : name
  }
}
