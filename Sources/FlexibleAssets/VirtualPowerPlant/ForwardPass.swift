internal import NumericMethods

/// Goes through the intervals in their order and fills each exactly, with what every resource has left.
struct ForwardPass {
  let maker: BlockMaker
  let threads: Int
  /// Interval in which a resource stops answering; the others take over from the next one on.
  var silentFrom: [Int: Int] = [:]

  init(maker: BlockMaker, threads: Int) {
    self.maker = maker
    self.threads = threads
  }

  private static let chunk = 256

  func dispatch(schedule: [Double]) -> PlantDispatch {
    let plant = maker.plant
    let (count, intervals) = (plant.resources.count, plant.intervals)
    var levels = maker.initialLevels
    var powers = [Double](repeating: 0, count: count * intervals)
    var deviations = [Double](repeating: 0, count: intervals)
    var prices = maker.prices
    var keys: [(price: Double, megawatts: Double)] = []
    for interval in 0..<intervals {
      let (lowest, blocks) = blocks(at: interval, levels: levels)
      let needed = schedule[interval] - lowest.reduce(0, +)
      let selection = BlockSelection(blocks, power: needed, keys: &keys)
      var moves = lowest
      for block in blocks { moves[Int(block.resource)] += selection.share(of: block) * block.megawatts }
      for (resource, from) in silentFrom where from == interval {
        moves[resource] = maker.unsteeredPower(of: resource, at: interval, level: levels[resource])
      }
      for resource in 0..<count {
        powers[resource * intervals + interval] = moves[resource]
        levels[resource] = maker.level(
          after: moves[resource], of: resource, at: interval, from: levels[resource])
      }
      let deviation = moves.reduce(0, +) - schedule[interval]
      deviations[interval] = abs(deviation) < 1e-7 ? 0 : deviation
      if selection.price.isFinite { prices[interval] = selection.price }
    }
    let cost = (0..<count).reduce(0) { sum, resource in
      sum + plant.cost(plant.resources[resource], Array(powers[resource * intervals..<(resource + 1) * intervals]))
    }
    return PlantDispatch(
      powers: powers, intervals: intervals, deviations: deviations, prices: prices, coordination: maker.prices,
      cost: cost, costBound: nil,
      iterations: 1)
  }

  /// Lowest power of every resource and the blocks above it.
  func blocks(at interval: Int, levels: [Double]) -> (lowest: [Double], blocks: [FlexibleBlock]) {
    let count = maker.plant.resources.count
    let chunks = (count + ForwardPass.chunk - 1) / ForwardPass.chunk
    let parts = concurrentMap(count: chunks, threads: threads) { chunk in
      var (lowest, blocks) = ([Double](), [FlexibleBlock]())
      for resource in chunk * ForwardPass.chunk..<min((chunk + 1) * ForwardPass.chunk, count) {
        let isSilent = silentFrom[resource].map { $0 < interval } ?? false
        lowest.append(
          isSilent
            ? maker.unsteeredPower(of: resource, at: interval, level: levels[resource])
            : maker.append(to: &blocks, resource: resource, interval: interval, level: levels[resource]))
      }
      return (lowest, blocks)
    }
    return (parts.flatMap(\.0), parts.flatMap(\.1))
  }
}
