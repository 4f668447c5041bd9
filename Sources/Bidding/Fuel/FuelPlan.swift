internal import MarketModel
internal import MarketRules
internal import Optimization
internal import UnitScheduling

/// Finds what scarce coal is worth today so that the week keeps within its budgets.
///
/// A budget over the first k days is one constraint on the sum of what the units of a plant burn. Its multiplier is a value of a
/// tonne of coal at which every unit decides for itself (Lagrangian decomposition; Geoffrion, Mathematical Programming Study 2,
/// 1974); what is burned falls as the value rises, so bisection finds it. Coal that is burned today counts in the budget of
/// every span, therefore today's value is the highest of all spans'. It is found anew on each day from that day's stock.
///
/// Weeks that may come: a path of the day, an outlook and deviation of the day after, then recent days of the same weekdays.
struct FuelPlan {
  private static let weekCount = 8
  private static let steps = 12
  private let inputs: BiddingInputs
  private let week: FuelWeek
  private let weeks: [[Double]]
  private let intervalsByDay: [Int]
  private let largestValue: Double

  /// Nil if no budget is known.
  init?(_ inputs: BiddingInputs, rules: OfferRules) {
    guard let week = inputs.fuel, !week.budgets.isEmpty else { return nil }
    self.inputs = inputs
    self.week = week
    let days = [inputs.unitDays, inputs.nextUnitDays] + week.laterUnitDays
    intervalsByDay = days.map { $0.first?.grid.count ?? 0 }
    largestValue = 4 * rules.cap.perMegawattHour
    let later = intervalsByDay.dropFirst(2)
    weeks = (0..<Self.weekCount).map { number in
      let path = inputs.paths[number * inputs.paths.count / Self.weekCount]
      let after = inputs.dayAfter
      let deviation = after.deviations[number * after.deviations.count / Self.weekCount]
      let next = zip(after.outlooks[number % after.outlooks.count], deviation).map { $0 + $1 }
      return later.enumerated().reduce(path + next) { known, day in
        known + FuelPlan.prices(day.offset + 2, weeksAgo: 1 + number % 4, count: day.element, week, otherwise: next)
      }
    }
  }

  /// Prices of the recent day of the same weekday.
  private static func prices(
    _ ahead: Int, weeksAgo: Int, count: Int, _ week: FuelWeek, otherwise: [Double]
  ) -> [Double] {
    let place = 7 * weeksAgo - ahead - 1
    let day =
      week.recentDays.isEmpty ? otherwise : week.recentDays[min(max(place, 0), week.recentDays.count - 1)]
    return (0..<count).map { day[min($0, day.count - 1)] }
  }

  /// The value of a tonne of standard coal for each plant that has to save it.
  func values() throws -> [PlantID: FuelValue] {
    var values: [PlantID: FuelValue] = [:]
    for plant in Set(week.budgets.map(\.plant)).sorted() {
      let members = inputs.unitDays.indices.filter { inputs.unitDays[$0].unit.plant == plant }
      guard !members.isEmpty else { continue }
      let budgets = week.budgets.filter { $0.plant == plant && $0.days <= intervalsByDay.count }
      let free = try burned(members, value: 0)
      for budget in budgets where free[budget.days - 1] > budget.standardTonnes {
        let found = try value(of: budget, members, free: free[budget.days - 1])
        if found.perStandardTonne > values[plant]?.perStandardTonne ?? 0 { values[plant] = found }
      }
    }
    return values
  }

  private func value(of budget: FuelBudget, _ members: [Int], free: Double) throws -> FuelValue {
    var (low, high) = (0.0, largestValue)
    var planned = try burned(members, value: high)[budget.days - 1]
    for _ in 0..<Self.steps where planned <= budget.standardTonnes || high < largestValue {
      let middle = (low + high) / 2
      let amount = try burned(members, value: middle)[budget.days - 1]
      if amount > budget.standardTonnes { low = middle } else { (high, planned) = (middle, amount) }
    }
    return FuelValue(budget: budget, perStandardTonne: high, freeTonnes: free, plannedTonnes: planned)
  }

  /// Standard coal that units burn by the end of each day in expectation, coal dearer by a value, in tonnes.
  private func burned(_ members: [Int], value: Double) throws -> [Double] {
    let each = try inThreads(members.count, threads: inputs.threads) { number in
      burned(unit: members[number], value: value)
    }
    return intervalsByDay.indices.map { day in each.reduce(0) { $0 + $1[day] } }
  }

  private func burned(unit: Int, value: Double) -> [Double] {
    let days = ([inputs.unitDays, inputs.nextUnitDays] + week.laterUnitDays).map { $0[unit].withDearerCoal(by: value) }
    let levels = OutputLevels(days)
    let problem = UnitProblem(days, levels: levels)
    let envelope = CostEnvelope(levels)
    let profits = IntervalProfits(levels, envelope, hours: problem.length.hours)
    let frame = problem.commitmentProblem(onValue: [Double](repeating: 0, count: problem.intervals))
    let stages = CommitmentStages(frame)
    let final = [Double](repeating: 0, count: stages.count)
    let tonnes = levels.megawatts.map { days[0].unit.fuelCurve.tonnesPerHour(atMegawatts: $0) * problem.length.hours }
    var byInterval = [Double](repeating: 0, count: problem.intervals)
    for prices in weeks {
      let on = profits.means(over: [prices], allowed: problem.allowed)
      let table = stages.values(on: on, off: frame.offValue, final: final)
      let commitment = stages.commitment(from: stages.state(frame.initial), on: on, off: frame.offValue, table: table)
      for (interval, isOn) in commitment.enumerated() where isOn {
        guard let range = problem.allowed[interval] else { continue }
        byInterval[interval] += tonnes[envelope.bestLevel(atPrice: prices[interval], within: range)]
      }
    }
    var (first, total) = (0, 0.0)
    return intervalsByDay.map { count in
      total += byInterval[first..<first + count].reduce(0, +) / Double(weeks.count)
      first += count
      return total
    }
  }
}

extension UnitDay {
  /// The same day with a tonne of standard coal dearer by a value; the fuel's own price carries it.
  func withDearerCoal(by value: Double) -> UnitDay {
    guard value > 0 else { return self }
    var dear = unit
    dear.coal = Coal(
      pricePerTonne: unit.coal.pricePerTonne + value * unit.coal.kilocaloriesPerKilogram
        / Coal.standardKilocaloriesPerKilogram, kilocaloriesPerKilogram: unit.coal.kilocaloriesPerKilogram)
    return UnitDay(
      unit: dear, availableCapacity: availableCapacity, minimumOutput: minimumOutput, mustRun: mustRun,
      initialState: initialState, minutesFromOrder: minutesFromOrder)
  }
}
