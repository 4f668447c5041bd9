/// One thermal generating unit: what it can do and what that costs. Output is gross (at the generator) unless a name
/// says net; the market pays for net energy.
public struct ThermalUnit: Hashable, Sendable {
  public var id: UnitID
  public var plant: PlantID
  public var ratedCapacity: Power
  /// Lowest output at which the unit stays on line.
  public var minimumStableOutput: Power
  public var rampUp: RampRate
  public var rampDown: RampRate
  public var minimumUpMinutes: Int
  public var minimumDownMinutes: Int
  public var maximumStartsPerDay: Int
  public var startUp: StartUpStages
  /// Cost of an hour on line beside the fuel curve's own constant.
  public var noLoadCostPerHour: Money
  public var fuelCurve: FuelCurve
  public var coal: Coal
  /// Share of gross output that the unit uses itself, in parts per million (6 % is 60,000).
  public var auxiliaryPowerPartsPerMillion: Int
  /// Limestone, ammonia, water, carbon: per gross megawatt-hour.
  public var otherVariableCost: EnergyPrice
  public var heatSupply: HeatSupply?
  /// State at the start of the first day, unless a later one is known.
  public var initialState: UnitState
  /// Names of the register's columns that hold typical values of the class instead of the unit's own.
  public var assumedFields: [String]

  public init(
    id: UnitID, plant: PlantID, ratedCapacity: Power, minimumStableOutput: Power, rampUp: RampRate,
    rampDown: RampRate, minimumUpMinutes: Int, minimumDownMinutes: Int, maximumStartsPerDay: Int,
    startUp: StartUpStages, noLoadCostPerHour: Money, fuelCurve: FuelCurve, coal: Coal,
    auxiliaryPowerPartsPerMillion: Int, otherVariableCost: EnergyPrice, heatSupply: HeatSupply?,
    initialState: UnitState, assumedFields: [String] = []
  ) {
    self.id = id
    self.plant = plant
    self.ratedCapacity = ratedCapacity
    self.minimumStableOutput = minimumStableOutput
    self.rampUp = rampUp
    self.rampDown = rampDown
    self.minimumUpMinutes = minimumUpMinutes
    self.minimumDownMinutes = minimumDownMinutes
    self.maximumStartsPerDay = maximumStartsPerDay
    self.startUp = startUp
    self.noLoadCostPerHour = noLoadCostPerHour
    self.fuelCurve = fuelCurve
    self.coal = coal
    self.auxiliaryPowerPartsPerMillion = auxiliaryPowerPartsPerMillion
    self.otherVariableCost = otherVariableCost
    self.heatSupply = heatSupply
    self.initialState = initialState
    self.assumedFields = assumedFields
  }
}

extension ThermalUnit {
  /// Net output to the nearest kilowatt: gross · (1 − auxiliary power), half to even.
  public func netOutput(ofGross gross: Power) -> Power {
    let scaled = Int128(gross.kilowatts) * Int128(1_000_000 - auxiliaryPowerPartsPerMillion)
    let (quotient, remainder) = scaled.quotientAndRemainder(dividingBy: 1_000_000)
    let roundsUp = remainder > 500_000 || (remainder == 500_000 && quotient % 2 != 0)
    return Power(kilowatts: Int64(quotient) + (roundsUp ? 1 : 0))
  }

  /// What an hour on line at this gross output costs: fuel, no-load and other variable cost; start-ups apart.
  public func costPerHour(atMegawatts gross: Double) -> Double {
    fuelCurve.tonnesPerHour(atMegawatts: gross) * coal.pricePerTonneOfStandardCoal + noLoadCostPerHour.amount
      + otherVariableCost.perMegawattHour * gross
  }

  /// Cost of one more net megawatt-hour between two gross outputs in MW.
  public func incrementalCost(fromMegawatts lower: Double, toMegawatts upper: Double) -> Double {
    let share = 1 - Double(auxiliaryPowerPartsPerMillion) / 1_000_000
    return (costPerHour(atMegawatts: upper) - costPerHour(atMegawatts: lower)) / ((upper - lower) * share)
  }

  /// Average cost of a net megawatt-hour at a gross output in MW, no-load included.
  public func averageCost(atMegawatts gross: Double) -> Double {
    let share = 1 - Double(auxiliaryPowerPartsPerMillion) / 1_000_000
    return costPerHour(atMegawatts: gross) / (gross * share)
  }

  /// What is wrong with the numbers of this unit, each in one sentence; empty if nothing is.
  public var problems: [String] {
    var found: [String] = []
    func require(_ holds: Bool, _ sentence: @autoclosure () -> String) { if !holds { found.append(sentence()) } }
    require(ratedCapacity > .zero, "rated capacity \(ratedCapacity) must be above 0 MW")
    require(minimumStableOutput > .zero, "minimum stable output \(minimumStableOutput) must be above 0 MW")
    require(
      minimumStableOutput <= ratedCapacity,
      "minimum stable output \(minimumStableOutput) is above rated capacity \(ratedCapacity)")
    require(
      rampUp > RampRate(kilowattsPerMinute: 0) && rampDown > RampRate(kilowattsPerMinute: 0),
      "ramp rates must be above 0 MW/min")
    require(minimumUpMinutes >= 0 && minimumDownMinutes >= 0, "minimum up and down times must not be negative")
    require(maximumStartsPerDay >= 0, "maximum starts per day must not be negative")
    require(
      (0..<1_000_000).contains(auxiliaryPowerPartsPerMillion),
      "auxiliary power \(Double(auxiliaryPowerPartsPerMillion) / 10_000) % is outside 0…100 %")
    require(
      coal.pricePerTonne > 0 && coal.kilocaloriesPerKilogram > 0,
      "coal price and calorific value must be above 0")
    require(
      costPerHour(atMegawatts: ratedCapacity.megawatts) > 0,
      "an hour at rated capacity costs nothing; the fuel curve must burn more than 0 t/h")
    require(startUp.stages.first?.afterOffMinutes == 0, "start-up stages must begin at 0 minutes off line")
    for (earlier, later) in zip(startUp.stages, startUp.stages.dropFirst()) {
      require(
        earlier.afterOffMinutes < later.afterOffMinutes && earlier.cost <= later.cost,
        "start-up stages must rise in time off line and in cost (\(earlier.temperature) to \(later.temperature))")
    }
    if let heat = heatSupply {
      require(
        heat.minimumOutput <= ratedCapacity,
        "heat-supply minimum \(heat.minimumOutput) is above rated capacity \(ratedCapacity)")
    }
    if case .piecewise(let points) = fuelCurve {
      let rises = zip(points, points.dropFirst()).allSatisfy { $0.megawatts < $1.megawatts }
      require(points.count >= 2 && rises, "fuel curve needs two or more points with rising output")
    }
    return found
  }
}

/// A unit that must stay on line to supply heat in a season.
public struct HeatSupply: Hashable, Sendable {
  /// Gross output below which the heat load is not met.
  public let minimumOutput: Power
  /// First and last day of the season, as month × 100 + day; the season may run over the new year.
  public let firstMonthDay: Int
  public let lastMonthDay: Int

  public init(minimumOutput: Power, firstMonthDay: Int, lastMonthDay: Int) {
    self.minimumOutput = minimumOutput
    self.firstMonthDay = firstMonthDay
    self.lastMonthDay = lastMonthDay
  }

  public func isInSeason(_ day: MarketDay) -> Bool {
    let monthDay = day.date.month * 100 + day.date.day
    return firstMonthDay <= lastMonthDay
      ? (firstMonthDay...lastMonthDay).contains(monthDay)
      : monthDay >= firstMonthDay || monthDay <= lastMonthDay
  }
}

/// Where a unit stands at the start of a day.
public enum UnitState: Hashable, Sendable {
  /// On line for so many minutes, at this gross output.
  case on(minutes: Int, output: Power)
  /// Off line for so many minutes.
  case off(minutes: Int)

  public var isOn: Bool { if case .on = self { true } else { false } }
}
