public import MarketGames
internal import MarketModel
internal import MarketRules

extension StrategyInputs {
  /// The optimised book, drawn anew as the company's part of an ε-equilibrium: fictitious play among the owners, then the best answer to
  /// what the others came to play, at every level of their estimate. What the rules take for conduct bounds every price.
  ///
  /// - Throws: ``StrategyError`` without the rest of the market; as ``draftBids(for:under:)``.
  func equilibriumBook(_ base: BidBook, by strategy: Strategy, under pack: RulePack) throws -> BidBook {
    let fleet = FleetOffer(base, inputs: self, market: try market(for: strategy), rules: try OfferRules(pack))
    guard let fleet else { return base }
    let game = OfferGame(fleet, cover: strategy[.rivalCover])
    var play = FictitiousPlay()
    play.rounds = 12
    play.samples = 4
    play.judges = 6
    play.pace = 6
    let found = play.play(game)
    let payoffs = game.payoffs(of: 0, against: found.samples(6, seed: 1))
    return try fleet.book(payoffs.best(ceilings: fleet.ceilings).offer)
  }

  /// The optimised book with the mark-ups of a policy that learned them (``LearnedPolicy``).
  func learnedBook(_ base: BidBook, by strategy: Strategy, under pack: RulePack) throws -> BidBook {
    guard let policy = strategy.policy else {
      throw StrategyError(
        "\(strategy.name) has no policy; give it a file {\"name\": …, \"strategy\": \"learned\", \"policy\": FILE} with a policy that "
          + "`spotdesk evaluate learned-offer --policy FILE` wrote.")
    }
    let fleet = FleetOffer(base, inputs: self, market: try market(for: strategy), rules: try OfferRules(pack))
    guard let fleet else { return base }
    return try fleet.book(policy.offer(for: fleet))
  }

  /// The book from which price makers start: units on line where they earn at the prices that come with them. Where our share of the past
  /// is not known, or is what we offer now, those are the forecast's.
  func anticipatedBook(by strategy: Strategy, under pack: RulePack) throws -> BidBook {
    let rest = try market(for: strategy)
    guard rest.ownShare != nil else { return try optimisedBook(by: strategy, under: pack) }
    return try AnticipatedCommitment(
      pooled(for: strategy).bidding, market: try market(for: strategy), under: pack,
      riskAversion: strategy[.riskAversion]
    ).book()
  }

  private func market(for strategy: Strategy) throws(StrategyError) -> RestOfMarket {
    guard let rest else {
      throw StrategyError(
        "\(strategy.name) needs the rest of the market: published bidding space of the day and of the weeks before, and its owners."
      )
    }
    return rest
  }
}

extension OfferGame {
  /// The company against strategic owners whose costs are taken to be what they offered.
  ///
  /// - Parameter cover: share of what a rival would sell at cost that contracts settle.
  fileprivate init(_ fleet: FleetOffer, cover: Double) {
    let market = fleet.market
    let others = fleet.others(market.middle)
    let expected = market.demand.map { space in others.indices.last { others[$0] <= space } ?? 0 }
    var players = [
      Player(
        name: "own", grid: fleet.grid, cost: fleet.cost, contracted: fleet.contracted, ceilings: fleet.ceilings,
        scale: max(1, fleet.cost.perHour(fleet.cost.highest) * 24))
    ]
    for (number, share) in market.strategicShares.enumerated() {
      let blocks = zip(others, others.dropFirst()).enumerated().map { step, pair in
        (megawatts: share * (pair.1 - pair.0), cost: market.prices[step + 1])
      }
      let cost = FleetCost(lowest: share * others[0], costAtLowest: 0, blocks: blocks)
      guard cost.highest > cost.lowest + 1 else { continue }
      players.append(
        Player(
          name: "owner \(number + 1)",
          grid: OfferGrid(
            prices: market.prices, lowest: cost.lowest, highest: cost.highest, steps: FleetOffer.steps), cost: cost,
          contracted: expected.map { cover * share * others[$0] }, scale: max(1, cost.perHour(cost.highest) * 24)))
    }
    let fringe = 1 - market.strategicShares.reduce(0, +)
    self.init(
      players: players, demand: market.demand, fringe: others.map { fringe * $0 },
      intervalHours: fleet.intervalHours)
  }
}

/// Mark-ups that were learned by trial in the simulated market, with what they look at.
public struct LearnedPolicy: Hashable, Sendable, Codable {
  public let policy: ShapePolicy
  public let scaling: FeatureScaling
  /// Bounds of the mark-ups, as multiples of cost.
  public let lowest: Double
  public let highest: Double
  /// On which days it learned, with which seed.
  public let provenance: String

  public init(
    policy: ShapePolicy, scaling: FeatureScaling, lowest: Double, highest: Double, provenance: String
  ) {
    self.policy = policy
    self.scaling = scaling
    self.lowest = lowest
    self.highest = highest
    self.provenance = provenance
  }

  /// What is known of a day before its gate, as the policy sees it; the first is 1.
  ///
  /// - Parameters:
  ///   - space: MW of bidding space by interval.
  ///   - price: at which everybody met a bidding space in the past.
  ///   - contracted: MW by interval.
  public static func features(
    space: [Double], price: (Double) -> Double, cost: FleetCost, contracted: [Double]
  ) -> [Double] {
    let mean = space.reduce(0, +) / Double(space.count)
    let highest = space.max() ?? mean
    let own = cost.meanIncremental(from: cost.lowest, to: cost.highest)
    return [
      1, mean, highest, space.min() ?? mean, price(mean) / own, price(highest) / own, cost.lowest / cost.highest,
      cost.highest, contracted.reduce(0, +) / Double(contracted.count) / cost.highest,
    ]
  }

  func offer(for fleet: FleetOffer) -> GridOffer {
    let market = fleet.market
    let seen = LearnedPolicy.features(
      space: market.demand, price: market.price(meeting:), cost: fleet.cost, contracted: fleet.contracted)
    return ShapePolicy.offer(
      policy.action(for: scaling.scaled(seen)), bounds: MarkupBounds(low: lowest, high: highest), cost: fleet.cost,
      on: fleet.grid)
  }
}
