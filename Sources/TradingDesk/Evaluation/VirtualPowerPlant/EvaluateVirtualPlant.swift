internal import FlexibleAssets
internal import MarketModel

/// What a test of a virtual power plant is asked for.
public struct VirtualPlantRequest: Sendable {
  public var resources = 10_000
  public var members = 1_000
  public var intervals = 96
  /// Resources that stop answering at noon.
  public var silent = 20
  /// Records of each kind of fault among the resources.
  public var faulty = 2
  public var feeShare = 0.1
  public var rounds = 12
  public var gap = 0.002
  public var seed: UInt64 = 1
  public var threads = 1

  public init() {}
}

extension TradingDesk {
  /// Makes a plant up from a seed and lives through a day: aggregate, offer, clear, dispatch, resources that fall silent, settlement.
  ///
  /// - Throws: `DeskProblem` if the plant is empty.
  public func evaluateVirtualPlant(_ request: VirtualPlantRequest) throws -> VirtualPlantReport {
    let made = try inAssetTerms {
      try ConstructedPlant(
        resources: request.resources, members: request.members, intervals: request.intervals, seed: request.seed,
        faulty: request.faulty)
    }
    let plant = made.plant
    progress("\(plant.resources.count) resources made up from seed \(request.seed)")
    let start = now()
    let rules = PlantOfferRules(largestSteps: 10, smallestStepMegawatts: 2, limits: -80...1_300)
    let envelope = plant.envelope(prices: made.expectedPrices, rules: rules, threads: request.threads)
    let aggregated = now()
    let schedule = (0..<plant.intervals).map { envelope.cleared(interval: $0, price: made.actualPrices[$0]) }
    var settings = DispatchSettings()
    (settings.rounds, settings.gap, settings.threads) = (request.rounds, request.gap, request.threads)
    let plan = plant.dispatch(schedule: schedule, prices: made.actualPrices, settings: settings)
    let dispatched = now()
    let silent = silentResources(of: plant, count: request.silent)
    let followed = plant.follow(plan, schedule: schedule, silentFrom: silent, threads: request.threads)
    let settlement = plant.settle(
      instructed: followed.orders(plan: plan, silentFrom: silent), metered: followed, schedule: schedule,
      dayAhead: made.actualPrices, realTime: made.actualPrices.map { 1.1 * $0 + 5 }, feeShare: request.feeShare)
    let records = try inAssetTerms { try ConstructedRecords(of: plant, seed: request.seed &+ 1) }
    return VirtualPlantReport(
      request,
      VirtualPlantDay(
        made: made, envelope: envelope, schedule: schedule, plan: plan, silent: silent, followed: followed,
        settlement: settlement, records: records, aggregationSeconds: aggregated.timeIntervalSince(start),
        dispatchSeconds: dispatched.timeIntervalSince(aggregated)))
  }

  /// Every so manieth resource, from the interval after noon.
  private func silentResources(of plant: VirtualPowerPlant, count: Int) -> [Int: Int] {
    guard count > 0 else { return [:] }
    let step = max(1, plant.resources.count / count)
    let chosen = stride(from: step / 2, to: plant.resources.count, by: step).prefix(count)
    return Dictionary(uniqueKeysWithValues: chosen.map { ($0, plant.intervals / 2) })
  }
}

/// All that a test day of a virtual power plant brought.
struct VirtualPlantDay {
  let made: ConstructedPlant
  let envelope: FlexibilityEnvelope
  let schedule: [Double]
  let plan: PlantDispatch
  let silent: [Int: Int]
  let followed: PlantDispatch
  let settlement: PlantSettlement
  let records: ConstructedRecords
  let aggregationSeconds: Double
  let dispatchSeconds: Double
}
