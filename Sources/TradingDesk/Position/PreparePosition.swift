internal import Bidding
internal import FlexibleAssets
public import Foundation
internal import MarketData
public import MarketModel
internal import MarketRules
internal import MarketStore

/// What a position is asked for.
public struct PositionRequest: Sendable {
  public var day: MarketDay
  public var rules: String?
  /// Folder with storages.csv, stations.csv, customer-groups.csv and virtual-power-plant.csv; nil for the workspace's folder "assets",
  /// or the demonstration's in a simulated workspace.
  public var assets: URL?
  /// Pack that the assets' bids are checked against; nil for the day's own.
  public var assetRules: String?
  public var settings: ForecastSettings
  /// Weight of CVaR against the mean in hedges and quantities, 0 to 1.
  public var riskWeight = 0.5
  /// Half of the gap between buying and selling a contract, per MWh.
  public var hedgeCost = 1.0
  /// MW of each contract that can be traded.
  public var hedgeLimit = 1_000.0

  public init(day: MarketDay, settings: ForecastSettings) {
    self.day = day
    self.settings = settings
  }
}

/// A position and the files that it was written to.
public struct PositionOutcome: Sendable {
  public let report: PositionReport
  public let files: [URL]
}

extension TradingDesk {
  /// Thermal bids, storages, stations, virtual power plant, retail load and contracts of a prepared day in one risk model.
  ///
  /// - Throws: `DeskProblem` if the day has no bids, a file is wrong, or no price is forecast.
  public func preparePosition(_ request: PositionRequest) throws -> PositionOutcome {
    let store = try openStore()
    let limits = try PreparedLimits(request.day, store: store, desk: self)
    let folder = try AssetFolder(try assetFolder(request, store))
    let paths = try positionPaths(request.day, rules: request.rules, settings: request.settings, store: store)
    progress("\(request.day): position on \(paths.count) joint paths")
    let asOf = try ForecastGate(day: request.day, pack: limits.pack).asOf
    let contracts = try inDeskTerms { try store.contracts(asOf: asOf) }
    let made = try inAssetTerms {
      try MadePosition(request, limits: limits, contracts: contracts, folder: folder, paths: paths, desk: self)
    }
    let report = PositionReport(made, simulated: try isSimulated(store), program: programVersion)
    let directory = workspace.dayDirectory(request.day)
    let files: [(name: String, content: Data)] = [
      ("position.json", try encodedDocument(report)), ("position.html", Data(PositionPage(report).document().utf8)),
      ("asset-bids.csv", Data(made.bids.text.utf8)),
    ]
    try locked { try Workspace.write(files, in: directory) }
    return PositionOutcome(report: report, files: files.map { directory.appending(path: $0.name) })
  }

  private func assetFolder(_ request: PositionRequest, _ store: MarketStore) throws -> URL {
    if let named = request.assets { return named }
    let own = workspace.directory.appending(path: "assets")
    if FileManager.default.fileExists(atPath: own.path) { return own }
    guard try isSimulated(store) else {
      throw DeskProblem(
        .missingInput, "\(own.path) is not there; put the assets' files into it, or name their folder with --assets.")
    }
    return dataDirectory.appending(path: "demonstration/assets")
  }
}

/// All parts of a position, its hedge, and what the assets bid.
struct MadePosition {
  let request: PositionRequest
  let limits: PreparedLimits
  let paths: PositionPaths
  let parts: [PositionPart]
  let products: [HedgeProduct]
  let value: JointValue
  let bids: AssetBids
  let reserves: [(name: String, points: [ReserveOfferPoint])]
  let notes: [String]

  init(
    _ request: PositionRequest, limits: PreparedLimits, contracts: [ContractForDifference], folder: AssetFolder,
    paths: PositionPaths, desk: TradingDesk
  ) throws {
    let builder = PositionBuilder(paths: paths, riskWeight: request.riskWeight)
    let grid = limits.grid
    var notes = paths.notes + folder.notes
    var bids = AssetBids(
      pack: try request.assetRules.map { try desk.namedPack($0, day: request.day) } ?? limits.pack, grid: grid)
    let book = try limits.stored.optimised.map { try $0.bid(on: grid) }
    var parts = [
      try builder.thermal(book, unitDays: limits.unitDays, threads: request.settings.threads),
      builder.contracts(contracts),
    ]
    for storage in folder.storages {
      let (part, powers) = try builder.storage(storage)
      parts.append(part)
      try bids.add(storage, plan: powers, expected: paths.expected, endValue: builder.endValue(storage))
    }
    for station in folder.stations {
      guard let market = station.isWind ? paths.wind : paths.solar else {
        notes.append(
          "station \(station.site.name): the scenarios hold no \(station.isWind ? "wind" : "solar"); it is left out")
        continue
      }
      let (part, sold, note) = builder.station(station, market: market)
      parts.append(part)
      if let note { notes.append(note) }
      try bids.add(station, sold: sold, reference: paths.expected.reduce(0, +) / Double(grid.count))
    }
    if let plant = folder.virtualPlant {
      let (part, said) = try MadePosition.virtualPlant(plant, builder, threads: request.settings.threads)
      parts.append(part)
      notes += said
    }
    if let retail = builder.retail(folder.groups) {
      parts.append(retail)
    } else if !folder.groups.isEmpty {
      notes.append("the scenarios hold no load; retail is left out")
    }
    reserves = try folder.storages.map { ($0.unit.name, try builder.reserve($0)) }
    products = HedgeBlock.products(paths: paths, cost: request.hedgeCost, limit: request.hedgeLimit)
    value = try JointValue(
      of: MadePosition.desks(parts), products: products, prices: paths.prices, hours: paths.hours,
      riskWeight: request.riskWeight,
      seed: request.settings.seed)
    (self.request, self.limits, self.paths, self.parts, self.bids) = (request, limits, paths, parts, bids)
    self.notes = notes + bids.notes
  }

  /// Parts as desks that would hedge by themselves: units with their contracts, storages, stations, and every other part alone.
  private static func desks(_ parts: [PositionPart]) -> [PositionPart] {
    var desks: [(name: String, parts: [PositionPart])] = []
    for part in parts {
      let first = part.name.prefix { $0 != " " }
      let name = first == "contracts" ? "thermal" : first == "storage" || first == "station" ? String(first) : part.name
      if let place = desks.firstIndex(where: { $0.name == name }) {
        desks[place].parts.append(part)
      } else {
        desks.append((name, [part]))
      }
    }
    return desks.map { $0.parts.joined(name: $0.name) }
  }

  /// The plan of a plant that is made up, for the expected prices.
  private static func virtualPlant(
    _ plant: (resources: Int, members: Int, seed: UInt64), _ builder: PositionBuilder, threads: Int
  ) throws -> (PositionPart, [String]) {
    let paths = builder.paths
    let made = try ConstructedPlant(
      resources: plant.resources, members: plant.members, intervals: paths.grid.count, seed: plant.seed)
    let envelope = made.plant.envelope(
      prices: paths.expected,
      rules: PlantOfferRules(largestSteps: 10, smallestStepMegawatts: 2, limits: -80...1_300), threads: threads)
    var settings = DispatchSettings()
    settings.threads = threads
    let plan = made.plant.dispatch(schedule: envelope.plan, prices: paths.expected, settings: settings)
    return (
      builder.scheduled("virtual power plant", powers: envelope.plan, cost: plan.cost),
      made.notes + ["virtual power plant: \(made.plant.resources.count) resources made up from seed \(plant.seed)"]
    )
  }
}

/// The times of day for which contracts are traded.
enum HedgeBlock {
  static let all: [(name: String, from: Int, to: Int)] = [
    ("base", 0, 1_440), ("night", 0, 360), ("morning", 360, 600), ("noon", 600, 960), ("evening", 960, 1_320),
    ("late", 1_320, 1_440),
  ]

  /// Contracts at the expected price of their block.
  static func products(paths: PositionPaths, cost: Double, limit: Double) -> [HedgeProduct] {
    all.map { block in
      let places = paths.grid.intervals.indices.filter {
        let end = paths.grid.intervals[$0].endMinute
        return end > block.from && end <= block.to
      }
      let price = places.reduce(0) { $0 + paths.expected[$1] } / Double(max(places.count, 1))
      return HedgeProduct(
        name: block.name, intervals: places, pricePerMWh: price, costPerMWh: cost, largestMegawatts: limit)
    }
  }
}
