internal import Optimization

/// Energy and upward reserve of a storage over a day, decided together.
public struct StorageReserve: Hashable, Sendable {
  /// Delivered above zero, drawn below, MW by interval.
  public let powers: [Double]
  /// Held, MW by interval.
  public let reserves: [Double]
  /// From energy, wear and the worth of what is stored at the end; and from reserve.
  public let energyProfit: Double
  public let reserveProfit: Double

  /// Linear programme over the day: reserve shares power with delivery and needs energy in the store for as long as it may be called.
  ///
  /// - Parameters:
  ///   - prices: of energy, per MWh by interval, expected.
  ///   - reservePrices: of a MW held for an hour, by interval.
  ///   - hours: length of an interval.
  ///   - callHours: for which a called reserve must be delivered.
  /// - Throws: ``AssetProblem`` if the programme has no solution.
  public init(
    _ battery: MemberBattery, prices: [Double], reservePrices: [Double], hours: Double, callHours: Double
  ) throws(AssetProblem) {
    precondition(prices.count == reservePrices.count, "a reserve price an interval")
    let unit = battery.unit
    var program = LinearProgram(goal: .maximise)
    var columns: [(charge: Variable, discharge: Variable, reserve: Variable, stored: Variable)] = []
    for (interval, price) in prices.enumerated() {
      let charge = program.addVariable(name: "charge", in: 0...unit.chargeMegawatts, objective: -price * hours)
      let discharge = program.addVariable(
        name: "discharge", in: 0...unit.dischargeMegawatts, objective: (price - unit.wearCostPerMWh) * hours)
      let reserve = program.addVariable(
        name: "reserve", in: 0...(unit.chargeMegawatts + unit.dischargeMegawatts),
        objective: reservePrices[interval] * hours)
      let isLast = interval == prices.count - 1
      let stored = program.addVariable(
        name: "stored", in: 0...unit.usableMegawattHours, objective: isLast ? battery.endValuePerMWh : 0)
      var balance = LinearExpression(constant: interval == 0 ? battery.initialMegawattHours : 0)
      if let before = columns.last { balance.add(1, before.stored) }
      balance.add(unit.chargeEfficiency * hours, charge)
      balance.add(-hours / unit.dischargeEfficiency, discharge)
      balance.add(-1, stored)
      program.constrain(balance, equalTo: 0, name: "balance \(interval)")
      // Power that is left, and energy for a call after this interval.
      program.constrain(discharge - charge + reserve, atMost: unit.dischargeMegawatts, name: "power \(interval)")
      program.constrain(
        stored - (callHours / unit.dischargeEfficiency) * reserve, atLeast: 0, name: "call \(interval)")
      // Charging and discharging at once would burn energy where prices are negative.
      program.constrain(
        unit.dischargeMegawatts * charge + unit.chargeMegawatts * discharge,
        atMost: unit.chargeMegawatts * unit.dischargeMegawatts, name: "one way \(interval)")
      columns.append((charge, discharge, reserve, stored))
    }
    let solution: Solution
    do { solution = try solve(program) } catch { throw AssetProblem("Storage \(unit.name): no schedule: \(error).") }
    powers = columns.map { solution[$0.discharge] - solution[$0.charge] }
    reserves = columns.map { solution[$0.reserve] }
    reserveProfit = zip(reserves, reservePrices).reduce(0) { $0 + $1.0 * $1.1 } * hours
    energyProfit = solution.objective - reserveProfit - battery.endValuePerMWh * battery.initialMegawattHours
  }

  public var meanReserve: Double { reserves.reduce(0, +) / Double(max(reserves.count, 1)) }
}

/// A point of a storage's reserve offer: what it holds at a price, and what its energy loses by that.
public struct ReserveOfferPoint: Hashable, Sendable {
  public let pricePerMWh: Double
  public let meanMegawatts: Double
  public let opportunityCost: Double
}

extension MemberBattery {
  /// How much reserve pays at rising prices: the supply of a storage that loses energy sales by holding.
  ///
  /// - Throws: ``AssetProblem`` if a programme has no solution.
  public func reserveOffer(
    prices: [Double], reservePrices: [Double], hours: Double, callHours: Double
  ) throws(AssetProblem) -> [ReserveOfferPoint] {
    func solved(_ price: Double) throws(AssetProblem) -> StorageReserve {
      try StorageReserve(
        self, prices: prices, reservePrices: prices.map { _ in price }, hours: hours, callHours: callHours)
    }
    let alone = try solved(0)
    var points: [ReserveOfferPoint] = []
    for price in reservePrices {
      let made = try solved(price)
      points.append(
        ReserveOfferPoint(
          pricePerMWh: price, meanMegawatts: made.meanReserve,
          opportunityCost: max(0, alone.energyProfit - made.energyProfit)))
    }
    return points
  }
}
