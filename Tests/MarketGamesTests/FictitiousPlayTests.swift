import MarketGames
import Testing

@Suite("Best answers and equilibria of offers") struct FictitiousPlayTests {
  private func game(players: Int, contracted: Double = 0) -> OfferGame {
    let prices = OfferGrid.prices(floor: 0, cap: 100, count: 51)
    let demand = (0..<12).map { 60 + 5 * Double($0) }
    let own = (0..<players).map { number in
      let grid = OfferGrid(prices: prices, lowest: 0, highest: 36, steps: 18)
      return Player(
        name: "\(number)", grid: grid, cost: FleetCost(lowest: 0, costAtLowest: 0, blocks: [(36, 20)]),
        contracted: demand.map { _ in contracted }, scale: 10_000)
    }
    return OfferGame(players: own, demand: demand, fringe: prices.map { 0.8 * $0 }, intervalHours: 1)
  }

  @Test("a best answer never lowers the own profit")
  func bestResponse() {
    let game = game(players: 2)
    var offers = game.players.map(\.opening)
    for round in 0..<6 {
      let answer = game.bestResponse(of: round % 2, to: offers)
      #expect(answer.value >= answer.present - 1e-9)
      offers[round % 2] = answer.offer
    }
  }

  @Test("regret is at least zero and falls; the same seed gives the same play")
  func regret() {
    var play = FictitiousPlay()
    play.rounds = 40
    play.tolerance = 0
    play.seed = 3
    let found = play.play(game(players: 3))
    #expect(found.course.allSatisfy { $0.regrets.allSatisfy { $0 >= 0 } })
    #expect(found.last.largest < 0.5 * found.course[0].largest)
    let again = play.play(game(players: 3))
    #expect(again.plays == found.plays && again.course == found.course)
  }

  @Test("where everybody's output is under contract, nobody gains by leaving marginal cost")
  func contracted() {
    // At cost the price is 20 in every interval, the fringe gives 16, both firms share 44 to 99.
    let prices = OfferGrid.prices(floor: 0, cap: 100, count: 51)
    let grid = OfferGrid(prices: prices, lowest: 0, highest: 60, steps: 30)
    let cost = FleetCost(lowest: 0, costAtLowest: 0, blocks: [(60, 20)])
    let firm = Player(name: "a", grid: grid, cost: cost, contracted: [44])
    let game = OfferGame(players: [firm], demand: [60], fringe: prices.map { 0.8 * $0 }, intervalHours: 1)
    let answer = game.bestResponse(of: 0, to: [firm.opening])
    #expect(abs(answer.value - answer.present) < 1e-9)
  }

  @Test("screens: pivotal supply, conduct and impact by hand")
  func screens() {
    #expect(abs(ResidualSupply.index(total: 52_000, own: 9_500, demand: 43_000) - 0.98837) < 1e-5)
    #expect(ResidualSupply.threePivotalIndex(total: 100, own: 10, others: [5, 30, 20], demand: 50) == 0.8)
    let limits = MarketPowerLimits(residualSupplyReference: 1, conductShare: 0.15, conductAmount: 40, impact: 35)
    #expect(limits.ceiling(cost: 300) == 340)
    func finding(_ price: Double, index: Double, rise: Double) -> MarketPowerFinding {
      MarketPowerFinding(
        indices: [index, 1.5], threePivotal: [0.5, 0.5], offers: [(100, 300, 300), (100, price, 300)],
        rises: [rise, 90], limits: limits)
    }
    #expect(finding(341, index: 0.9, rise: 36).breaks)
    #expect(finding(341, index: 0.9, rise: 36).shareAboveCeiling == 0.5)
    #expect(!finding(340, index: 0.9, rise: 36).breaks)
    #expect(!finding(341, index: 0.9, rise: 34).breaks)
    #expect(!finding(341, index: 1.1, rise: 36).breaks)
  }
}
