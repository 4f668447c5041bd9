import MarketGames
import NumericMethods
import Testing

@Suite("Learned shapes of an offer") struct ShapePolicyTests {
  private let grid = OfferGrid(
    prices: OfferGrid.prices(floor: 0, cap: 100, count: 101), lowest: 0, highest: 100, steps: 50)
  private let cost = FleetCost(lowest: 0, costAtLowest: 0, blocks: [(50, 20), (50, 30)])
  private let bounds = MarkupBounds(low: 0.5, high: 2)

  @Test("whatever the numbers are, the offer rises and keeps its bounds")
  func legal() {
    var random = SplitMix64(seed: 9)
    for _ in 0..<200 {
      let action = (0..<4).map { _ in 30 * random.nextGaussian() }
      let prices = ShapePolicy.offer(action, bounds: bounds, cost: cost, on: grid).prices(on: grid)
      #expect(zip(prices, prices.dropFirst()).allSatisfy { $0 <= $1 })
      // A running maximum may lift the dearer half by what the cheaper one asks.
      #expect(prices.allSatisfy { $0 >= 0.5 * 20 - 1 && $0 <= 2 * 30 })
    }
  }

  @Test("learning finds the mark-up of a known optimum, again from the same seed")
  func learns() {
    // Contracts differ from day to day and are seen: mark up when long, offer below cost when short.
    func day(_ share: Double) -> ShapeExperience {
      let demands = [60.0, 80, 100].map { level in
        ResidualDemand(megawatts: grid.prices.map { level + 10 - $0 }, contracted: 70 * share)
      }
      return ShapeExperience(
        features: [1, 2 * share - 1], cost: cost, payoffs: OfferPayoffs(demands, cost: cost, on: grid), scale: 1_000)
    }
    let days = (0..<9).map { day(Double($0) / 8) }
    var training = ShapeTraining()
    training.epochs = 60
    training.seed = 4
    let start = ShapePolicy(knots: 4, features: 2, bounds: bounds)
    let (policy, course) = training.train(start, on: days, heldOut: [day(0.3), day(0.7)], bounds: bounds)
    #expect(abs(course[0].training) < 0.02)
    let best = days.reduce(0) {
      $0 + ($1.payoffs.best().value - $1.payoffs.value(of: GridOffer(marginalCost: cost, on: grid))) / 1_000
    }
    #expect(course[course.count - 1].training > 0.7 * best / 9)
    #expect(training.train(start, on: days, heldOut: [day(0.3), day(0.7)], bounds: bounds).policy == policy)
  }
}
