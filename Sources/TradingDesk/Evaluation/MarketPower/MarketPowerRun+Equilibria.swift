internal import MarketGames
internal import MarketModel
internal import ProvinceSimulation

extension MarketPowerRun {
  /// The days on which groups play, spread evenly over the period.
  private var playedDays: [MarketDay] {
    let count = min(request.equilibriumDays, request.days)
    return (0..<count).map { request.from.advanced(by: request.days * (2 * $0 + 1) / (2 * count)) }
  }

  /// A game within the conduct limit and one without on every chosen day.
  func equilibria() throws -> [MarketPowerReport.Equilibrium] {
    try playedDays.flatMap { day -> [MarketPowerReport.Equilibrium] in
      guard let strategies = try strategies(on: day) else { return [] }
      return try [true, false].compactMap { try equilibrium(strategies, isLimited: $0) }
    }
  }

  private func equilibrium(_ strategies: FleetStrategies, isLimited: Bool) throws -> MarketPowerReport.Equilibrium? {
    let market = strategies.fleet.market
    let all = market.day.offers.indices.flatMap { market.simulatedParts($0) }
    let simulated = try market.clear(all)
    let prices = OfferGrid.prices(floor: market.day.floor, cap: market.day.cap, count: Self.gridPrices)
    var players: [Player] = []
    var fleets: [FleetDay] = []
    for (number, group) in groups.groups.enumerated() where group.role != .fringe {
      let fleet = FleetDay(market, owners: groups.owners, group: number)
      guard let grid = fleet.grid(prices: prices, steps: Self.gridSteps) else { continue }
      players.append(
        Player(
          name: group.name, grid: grid, cost: fleet.cost,
          contracted: fleet.output(simulated).map { request.equilibriumCover * $0 },
          ceilings: isLimited ? fleet.ceilings(limits, on: grid) : nil, scale: max(1, fleet.revenue(simulated))))
      fleets.append(fleet)
    }
    guard players.count > 1 else { return nil }
    let playing = Set(fleets.flatMap(\.units))
    let fringe = market.day.offers.indices.filter { !playing.contains($0) }.flatMap { market.simulatedParts($0) }
    let game = OfferGame(
      players: players, demand: market.day.demand, fringe: prices.map { price in supply(fringe, upTo: price) },
      intervalHours: 24 / Double(market.day.demand.count))
    var play = FictitiousPlay()
    play.rounds = request.rounds
    play.seed = request.seed
    let found = play.play(game)
    let robustness = try robustness(
      strategies, game: game, found: found, fleets: fleets, fringe: fringe, isLimited: isLimited)
    return report(strategies, game, found, play, isLimited: isLimited, robustness: robustness)
  }

  /// MW up to and with a price.
  private func supply(_ parts: [MarketPart], upTo price: Double) -> Double {
    parts.reduce(0) { sum, part in
      let (low, high) = (part.from.perMegawattHour, part.to.perMegawattHour)
      if price >= high { return sum + part.quantity.megawatts }
      return price <= low ? sum : sum + part.quantity.megawatts * (price - low) / (high - low)
    }
  }

  private func report(
    _ strategies: FleetStrategies, _ game: OfferGame, _ found: OfferEquilibrium, _ play: FictitiousPlay,
    isLimited: Bool, robustness: [MarketPowerReport.Equilibrium.Robustness]
  ) -> MarketPowerReport.Equilibrium {
    MarketPowerReport.Equilibrium(
      day: strategies.fleet.market.day.day, cover: request.equilibriumCover, isLimited: isLimited,
      players: game.players.map(\.name),
      course: found.course.map { measured in
        MarketPowerReport.Equilibrium.Round(
          round: measured.round,
          epsilonPercent: DayReport.rounded(
            zip(measured.regrets, game.players).map { 100 * $0 / $1.scale }.max() ?? 0, 4),
          regrets: measured.regrets.map { DayReport.rounded($0, 2) })
      },
      isWithinTolerance: found.isWithinTolerance, tolerancePercent: 100 * play.tolerance, robustness: robustness)
  }

  /// What our offers earn when the rivals offer as simulated, and when they offer what they play at the end.
  private func robustness(
    _ strategies: FleetStrategies, game: OfferGame, found: OfferEquilibrium, fleets: [FleetDay],
    fringe: [MarketPart], isLimited: Bool
  ) throws -> [MarketPowerReport.Equilibrium.Robustness] {
    let fleet = strategies.fleet
    let market = fleet.market
    let rivals = market.day.offers.indices.filter { !fleet.units.contains($0) }.flatMap { market.simulatedParts($0) }
    let today = ReclearedDay(strategies: strategies, rivals: rivals, groups: groups, limits: limits)
    let contracted = game.players[0].contracted
    let sets = found.samples(request.judgedSets, seed: request.seed &+ 1)
    let playing = sets.map { set in
      fringe
        + game.players.indices.dropFirst().flatMap {
          gridParts(set[$0], on: game.players[$0].grid, unit: fleets[$0].units[0])
        }
    }
    var offers: [(name: String, parts: [[MarketPart]])] = []
    func add(_ policy: Policy, _ own: [MarketPart]) { offers.append((policy.rawValue, [own])) }
    add(.standard, strategies.parts(try strategies.standard()))
    add(.priceTaker, strategies.parts(try strategies.priceTaker()))
    if let made = try today.priceMaker(isLimited ? .limited : .unlimited, contracted: contracted) {
      add(isLimited ? .limited : .unlimited, made.parts)
    }
    offers.append(
      ("equilibrium", try sets.map { strategies.parts(try strategies.book($0[0], on: game.players[0].grid)) }))
    func mean(_ books: [[MarketPart]]) throws -> (profit: Double, price: Double) {
      var (profit, price) = (0.0, 0.0)
      for book in books {
        let outcome = try market.clear(book)
        profit += fleet.profit(outcome, contracted: contracted, contractPrice: strategies.contractPrice)
        price += outcome.prices.reduce(0, +) / Double(outcome.prices.count)
      }
      let count = Double(books.count)
      return (DayReport.rounded(profit / count, 2), DayReport.rounded(price / count, 3))
    }
    return try offers.map { name, own in
      let before = try mean(own.map { rivals + $0 })
      let after = try mean(playing.indices.map { playing[$0] + own[min($0, own.count - 1)] })
      return MarketPowerReport.Equilibrium.Robustness(
        policy: name, rivalsAsSimulated: before.profit, rivalsAtEquilibrium: after.profit,
        meanPriceAsSimulated: before.price, meanPriceAtEquilibrium: after.price)
    }
  }

  /// A rival's offer as parts of one of its units: what each unit generates does not matter to us.
  private func gridParts(_ offer: GridOffer, on grid: OfferGrid, unit: Int) -> [MarketPart] {
    func part(_ price: Double, _ megawatts: Double) -> MarketPart {
      MarketPart(
        from: .perMegawattHour(price), to: .perMegawattHour(price), quantity: .megawatts(megawatts), unit: unit)
    }
    return [part(grid.prices[0], grid.lowest)] + offer.prices(on: grid).map { part($0, grid.step) }
  }
}
