internal import NumericMethods

/// One strategic owner in a game of offers.
public struct Player: Sendable {
  public let name: String
  public let grid: OfferGrid
  public let cost: FleetCost
  /// MW that contracts settle in each interval.
  public let contracted: [Double]
  /// The highest price at which each step may be offered; nil without limit.
  public let ceilings: [Double]?
  /// What the player offers before the first answer.
  public let opening: GridOffer
  /// Money against which regret is measured, as the revenue of the day: profits net of contracts may be close to 0.
  public let scale: Double

  public init(
    name: String, grid: OfferGrid, cost: FleetCost, contracted: [Double], ceilings: [Double]? = nil,
    opening: GridOffer? = nil, scale: Double = 1
  ) {
    precondition(scale > 0, "a scale is above 0")
    self.name = name
    self.grid = grid
    self.cost = cost
    self.contracted = contracted
    self.ceilings = ceilings
    self.scale = scale
    self.opening = opening ?? GridOffer(marginalCost: cost, on: grid)
  }
}

/// Owners who each offer one curve for a day and meet the same demand beside offers that do not react.
public struct OfferGame: Sendable {
  public let players: [Player]
  /// MW by interval that all offers have to meet.
  public let demand: [Double]
  /// MW that everybody else offers up to and with each price, non-decreasing.
  public let fringe: [Double]
  public let intervalHours: Double

  public init(players: [Player], demand: [Double], fringe: [Double], intervalHours: Double) {
    precondition(
      !players.isEmpty && players.allSatisfy { $0.grid.prices == players[0].grid.prices }, "one set of prices")
    precondition(players.allSatisfy { $0.contracted.count == demand.count }, "one contract for each interval")
    precondition(fringe.count == players[0].grid.prices.count, "one quantity for each price")
    self.players = players
    self.demand = demand
    self.fringe = fringe
    self.intervalHours = intervalHours
  }

  /// What the offers of a player's parts earn, when the others offer each of some joint sets of curves equally often.
  public func payoffs(of player: Int, against others: [[GridOffer]]) -> OfferPayoffs {
    let own = players[player]
    let weight = intervalHours / Double(others.count)
    var demands: [ResidualDemand] = []
    demands.reserveCapacity(others.count * demand.count)
    for offers in others {
      var supply = fringe
      for (rival, offer) in offers.enumerated() where rival != player {
        let grid = players[rival].grid
        for price in supply.indices { supply[price] += grid.quantity(offer.reached[price]) }
      }
      for (interval, total) in demand.enumerated() {
        demands.append(
          ResidualDemand(
            megawatts: supply.map { total - $0 }, contracted: own.contracted[interval], weight: weight))
      }
    }
    return OfferPayoffs(demands, cost: own.cost, on: own.grid)
  }

  /// A player's most profitable answer to pure offers of the others, with what it and the present offer earn.
  public func bestResponse(of player: Int, to offers: [GridOffer]) -> (offer: GridOffer, value: Double, present: Double)
  {
    let payoffs = payoffs(of: player, against: [offers])
    let best = payoffs.best(ceilings: players[player].ceilings)
    return (best.offer, best.value, payoffs.value(of: offers[player]))
  }
}

/// How far a profile is from an equilibrium.
public struct EquilibriumRegret: Hashable, Sendable {
  public let round: Int
  /// Money that each player would gain with its best answer to what the others do, never below 0.
  public let regrets: [Double]
  /// What each player earns, contracts at their own price left out.
  public let profits: [Double]

  /// The epsilon of the ε-equilibrium.
  public var largest: Double { regrets.max() ?? 0 }
}

/// What fictitious play came to: each player's mixture is its curves of some rounds, all equally likely. Where play does not settle, the
/// mixtures are those measured with the smallest regret.
public struct OfferEquilibrium: Sendable {
  /// By player, then round.
  public let plays: [[GridOffer]]
  /// Measured on the way, then once more on fresh draws for the mixtures that are returned.
  public let course: [EquilibriumRegret]
  public let isWithinTolerance: Bool

  /// The regrets of ``plays``.
  public var last: EquilibriumRegret { course[course.count - 1] }

  /// Joint sets of curves, each player's drawn from its mixture independently of the others'.
  public func samples(_ count: Int, seed: UInt64) -> [[GridOffer]] {
    var generator = SplitMix64(seed: seed)
    return (0..<count).map { _ in plays.map { $0[Int(generator.next() % UInt64($0.count))] } }
  }
}

/// Settings of fictitious play.
public struct FictitiousPlay: Hashable, Sendable {
  public var rounds = 60
  /// Joint sets of the others' past curves that an answer is made to.
  public var samples = 12
  /// Joint sets on which regret is measured.
  public var judges = 60
  /// Rounds between two measurements.
  public var pace = 10
  /// Play ends when no player would gain more than this share of its scale.
  public var tolerance = 0.002
  public var seed: UInt64 = 1

  public init() {}

  /// Each round every player in turn adds its best answer to the others' past curves (Brown 1951; Monderer and Shapley 1996).
  ///
  /// The first third of a mixture is dropped as it grows: what was offered before anybody answered says little. Regret is measured on
  /// draws that no answer was made to, and there the answer is exact on the grid, so that it cannot be below 0.
  public func play(_ game: OfferGame) -> OfferEquilibrium {
    var generator = SplitMix64(seed: seed)
    var plays = game.players.map { [$0.opening] }
    var course = [regret(game, plays, round: 0, seed: generator.next())]
    var best = (plays: plays, regret: course[0])
    for round in 1...max(1, rounds) {
      addAnswers(game, to: &plays, generator: &generator)
      if round % 3 == 0 { for player in plays.indices { plays[player].removeFirst() } }
      let judge = generator.next()
      guard round % max(1, pace) == 0 || round == rounds else { continue }
      let measured = regret(game, plays, round: round, seed: judge)
      course.append(measured)
      if share(measured, game) < share(best.regret, game) { best = (plays, measured) }
      if share(measured, game) <= tolerance { break }
    }
    course.append(regret(game, best.plays, round: best.regret.round, seed: generator.next()))
    let isSettled = share(course[course.count - 1], game) <= tolerance
    return OfferEquilibrium(plays: best.plays, course: course, isWithinTolerance: isSettled)
  }

  private func addAnswers(_ game: OfferGame, to plays: inout [[GridOffer]], generator: inout SplitMix64) {
    for player in game.players.indices {
      let payoffs = game.payoffs(of: player, against: draw(plays, count: samples, generator: &generator))
      plays[player].append(payoffs.best(ceilings: game.players[player].ceilings).offer)
    }
  }

  /// The largest regret as a share of its player's scale.
  private func share(_ measured: EquilibriumRegret, _ game: OfferGame) -> Double {
    zip(measured.regrets, game.players).map { $0 / $1.scale }.max() ?? 0
  }

  private func draw(_ plays: [[GridOffer]], count: Int, generator: inout SplitMix64) -> [[GridOffer]] {
    (0..<count).map { _ in plays.map { $0[Int(generator.next() % UInt64($0.count))] } }
  }

  private func regret(_ game: OfferGame, _ plays: [[GridOffer]], round: Int, seed: UInt64) -> EquilibriumRegret {
    var generator = SplitMix64(seed: seed)
    let others = draw(plays, count: plays.contains { $0.count > 1 } ? judges : 1, generator: &generator)
    var regrets: [Double] = []
    var profits: [Double] = []
    for player in game.players.indices {
      let payoffs = game.payoffs(of: player, against: others)
      let present = plays[player].reduce(0) { $0 + payoffs.value(of: $1) } / Double(plays[player].count)
      let best = payoffs.best(ceilings: game.players[player].ceilings)
      regrets.append(max(0, best.value - present))
      profits.append(present)
    }
    return EquilibriumRegret(round: round, regrets: regrets, profits: profits)
  }
}
