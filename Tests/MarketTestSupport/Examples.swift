public import MarketModel

/// Units, days and grids that tests share; typical of their class, made up.
public enum Example {
  public static let day = day(2023, 3, 15)

  public static func day(_ year: Int, _ month: Int, _ day: Int) -> MarketDay {
    guard let date = MarketDay(year: year, month: month, day: day) else { preconditionFailure("no such date") }
    return date
  }

  public static let zone: MarketZone = {
    guard let zone = MarketZone(identifier: "Asia/Shanghai", length: .quarterHour) else {
      preconditionFailure("the tz database is missing")
    }
    return zone
  }()

  public static func grid(_ day: MarketDay = Example.day) -> IntervalGrid { zone.grid(for: day) }

  public static let startUp = StartUpStages([
    StartUpStage(temperature: .hot, afterOffMinutes: 0, cost: Money(hundredths: 15_000_000), minutesToSynchronise: 180),
    StartUpStage(
      temperature: .warm, afterOffMinutes: 600, cost: Money(hundredths: 30_000_000), minutesToSynchronise: 300),
    StartUpStage(
      temperature: .cold, afterOffMinutes: 4_320, cost: Money(hundredths: 60_000_000), minutesToSynchronise: 480),
  ])

  /// A 330 MW coal unit: 165–330 MW, incremental cost of about 300–350 per net MWh.
  public static func unit(
    _ id: String = "A1", plant: String = "A", rated: Double = 330, minimum: Double = 165,
    fuelCurve: FuelCurve = .quadratic(constant: 9, linear: 0.25, quadratic: 0.00005),
    state: UnitState = .on(minutes: 6_000, output: .megawatts(200))
  ) -> ThermalUnit {
    ThermalUnit(
      id: UnitID(id), plant: PlantID(plant), ratedCapacity: .megawatts(rated),
      minimumStableOutput: .megawatts(minimum), rampUp: .megawattsPerMinute(rated * 0.015),
      rampDown: .megawattsPerMinute(rated * 0.015), minimumUpMinutes: 480, minimumDownMinutes: 480,
      maximumStartsPerDay: 1, startUp: startUp, noLoadCostPerHour: .zero, fuelCurve: fuelCurve,
      coal: Coal(pricePerTonne: 800, kilocaloriesPerKilogram: 5_000), auxiliaryPowerPartsPerMillion: 60_000,
      otherVariableCost: .perMegawattHour(8), heatSupply: nil, initialState: state)
  }

  public static func unitDay(
    _ unit: ThermalUnit = Example.unit(), day: MarketDay = Example.day, outages: [Outage] = [], state: UnitState? = nil
  ) -> UnitDay {
    UnitDay(
      unit: unit, grid: grid(day), zone: zone, outages: outages, initialState: state ?? unit.initialState)
  }

  public static func series<Value: Sendable>(_ values: [Value], day: MarketDay = Example.day) -> IntervalSeries<Value> {
    do {
      return try IntervalSeries(grid(day), values)
    } catch {
      preconditionFailure(error.description)
    }
  }

  /// A price path with a midday valley at the floor and an evening peak, moved by `shift`.
  public static func pricePath(shift: Double = 0, valley: Double = -80, peak: Double = 560) -> [Double] {
    (1...96).map { interval in
      switch interval {
      case 41...60: valley
      case 69...84: peak + shift
      case 25...40, 61...68: 300 + shift
      default: 380 + shift
      }
    }
  }
}
