internal import MarketModel
internal import NumericMethods

/// The kind of plant, and where it stands if that is known.
enum RenewablePlant: Sendable {
  case wind
  case solar(latitude: Double?, longitude: Double?)

  var isSolar: Bool {
    if case .solar = self { true } else { false }
  }
}

/// The models of one plant, fitted on a stretch of days with the columns that may be used.
struct RenewableFit: Sendable {
  /// Models after the two baselines, in order.
  static let learned = ["analogues", "linear-quantiles", "boosted-quantiles", "quantile-forest"]
  static let leastRows = 200
  /// More rows than this are thinned: neighbouring quarter-hours say nearly the same.
  static let mostRows = 20_000

  let plant: RenewablePlant
  let usable: [String]
  let sun: SunPosition?
  let ceiling: Double
  /// Seconds that each learned model took.
  let seconds: [Double]
  let notes: [String]
  private let curve: PowerCurve
  private let spread: CurveSpread
  private let analogues: Analogues
  private let linear: LinearSpread?
  private let boosted: BoostedSpread
  private let forest: ForestSpread

  static func design(
    _ series: RenewableSeries, _ plant: RenewablePlant, usable: [String], sun: SunPosition?
  ) -> RenewableDesign? {
    switch plant {
    case .wind: WindFeatures.design(series, usable: usable)
    case .solar: SolarFeatures.design(series, usable: usable, sun: sun)
    }
  }

  /// nil if the columns hold no wind or radiation, or too few intervals are known.
  ///
  /// - Throws: ``BoostingError`` if trees could not be fitted.
  init?(
    _ series: RenewableSeries, plant: RenewablePlant, usable: [String], seed: UInt64, threads: Int,
    stopwatch: Stopwatch
  ) throws(BoostingError) {
    self.plant = plant
    self.usable = usable
    if case .solar(let latitude, let longitude) = plant {
      sun = SunPosition.learned(series, latitude: latitude, longitude: longitude)
    } else {
      sun = nil
    }
    guard let design = RenewableFit.design(series, plant, usable: usable, sun: sun) else { return nil }
    let lit = RenewableFit.lit(series, plant, sun)
    let known = (series.intervals..<max(series.intervals, series.count)).filter {
      series.share[$0].isFinite && design.driver[$0].isFinite && lit[$0]
    }
    let first = RenewableFit.curve(design, series, known)
    let curtailment = Curtailment(series, driver: design.driver, curve: first)
    let held = curtailment.held
    let positions = RenewableFit.thinned(known.filter { !held[$0] }, series.intervals)
    guard positions.count >= RenewableFit.leastRows else { return nil }
    notes = RenewableFit.notes(curtailment)
    let responses = positions.map { max(0, series.share[$0]) }
    ceiling = max(1, responses.max() ?? 1)
    curve = RenewableFit.curve(design, series, positions)
    let plain = design.rows(curve, at: positions)
    spread = CurveSpread(drivers: positions.map { design.driver[$0] }, responses: responses)
    var times = [stopwatch()]
    let axes = design.roles.filter { $0.distance > 0 }.map { (column: $0.column, weight: $0.distance) }
    let own = positions.map { $0 / series.intervals }
    analogues = Analogues(
      plain, responses: responses, days: own, weights: axes + [(design.curveColumn, 1), (design.curveColumn + 1, 0.6)])
    let rows = analogues.summarised(plain, days: own, threads: threads)
    times.append(stopwatch())
    linear = LinearSpread(
      rows, responses: responses, columns: design.roles.filter(\.linear).map(\.column),
      curveColumn: design.curveColumn)
    times.append(stopwatch())
    boosted = try BoostedSpread(rows, responses: responses, seed: seed, threads: threads)
    times.append(stopwatch())
    forest = try ForestSpread(
      rows, responses: responses, treesInPart: rows.count < BoostedSpread.fewRows ? 20 : 40, seed: seed &+ 100,
      threads: threads)
    times.append(stopwatch())
    seconds = zip(times, times.dropFirst()).map { $1 - $0 }
  }

  /// At most ``mostRows`` positions, spread evenly over days and times of day.
  private static func thinned(_ positions: [Int], _ intervals: Int) -> [Int] {
    let step = (positions.count + mostRows - 1) / mostRows
    return step <= 1 ? positions : positions.filter { ($0 / intervals + $0 % intervals).isMultiple(of: step) }
  }

  private static func curve(_ design: RenewableDesign, _ series: RenewableSeries, _ positions: [Int]) -> PowerCurve {
    PowerCurve(drivers: positions.map { design.driver[$0] }, shares: positions.map { series.share[$0] })
  }

  private static func notes(_ curtailment: Curtailment) -> [String] {
    let flagged = curtailment.flagged.count { $0 }
    let flat = curtailment.flat.count { $0 }
    return (flagged > 0 ? ["\(flagged) intervals flagged as curtailed are left out of the fit"] : [])
      + (flat > 0
        ? ["\(flat) intervals with flat output below the power curve count as curtailed and are left out"] : [])
  }

  /// Where a solar plant may produce: by the sun, or where power was seen. Everywhere for wind.
  private static func lit(_ series: RenewableSeries, _ plant: RenewablePlant, _ sun: SunPosition?) -> [Bool] {
    guard plant.isSolar else { return [Bool](repeating: true, count: series.count) }
    if let clear = SolarFeatures.clearSky(series, sun) {
      return clear.indices.map { clear[$0] > 0 || series.share[$0] > Night.leastSeen }
    }
    let ever = (0..<series.intervals).map { interval in
      series.days.indices.contains { series.share[$0 * series.intervals + interval] > Night.leastSeen }
    }
    return (0..<series.count).map { ever[$0 % series.intervals] }
  }

  /// Percentiles of the last day of the series by model: the power curve alone, then the learned ones;
  /// [model][interval][level] as shares, nil where a model cannot say.
  ///
  /// - Throws: ``BoostingError`` if the library refuses.
  func percentiles(_ series: RenewableSeries) throws(BoostingError) -> [[[Double]?]]? {
    guard let design = RenewableFit.design(series, plant, usable: usable, sun: sun) else { return nil }
    let positions = Array((series.count - series.intervals)..<series.count)
    let plain = design.rows(curve, at: positions)
    let rows = analogues.summarised(plain, days: nil, threads: 1)
    let byForest = try forest.percentiles(rows)
    let byBoosting = try boosted.percentiles(rows, ceiling: ceiling)
    let intervals = positions.indices
    let known = intervals.map { design.driver[positions[$0]].isFinite }
    func whereKnown(_ values: (Int) -> [Double]?) -> [[Double]?] { intervals.map { known[$0] ? values($0) : nil } }
    return [
      whereKnown { spread.percentiles(design.driver[positions[$0]]) },
      whereKnown { analogues.percentiles(plain, row: $0) },
      whereKnown { linear?.percentiles(rows, row: $0, ceiling: ceiling) },
      whereKnown { byBoosting[$0] }, whereKnown { byForest[$0] },
    ]
  }
}
