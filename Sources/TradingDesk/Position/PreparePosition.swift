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
    let files: [(name: String, content: Data)] =
      [
        ("position.json", try encodedDocument(report)), ("position.html", Data(PositionPage(report).document().utf8)),
        ("asset-bids.csv", Data(made.bids.text.utf8)),
      ] + (made.bids.plantOffers.isEmpty ? [] : [("plant-offers.csv", Data(made.bids.plantText.utf8))])
    try locked { try Workspace.write(files, in: directory) }
    return PositionOutcome(report: report, files: files.map { directory.appending(path: $0.name) })
  }

  func assetFolder(_ request: PositionRequest, _ store: MarketStore) throws -> URL {
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
