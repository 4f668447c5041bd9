internal import NumericMethods

/// One customer's statistics of every day: the window's median residual, what is usual, and the threshold.
struct CustomerWatch: Sendable {
  /// Median residual of the window that ends on the day; NaN on unusual days and where too little is known.
  let deviations: [Double]
  /// Threshold of each day; infinite where the customer is not watched.
  let thresholds: [Double]
  /// The customer's usual deviation of each day.
  let usual: [Double]

  init(residuals: ArraySlice<Float>, unusual: [Bool], settings: AlertSettings) {
    let values = residuals.map(Double.init)
    let deviations = CustomerWatch.windowMedians(values, unusual, settings)
    self.deviations = deviations
    let usual = CustomerWatch.usualDeviations(deviations, settings)
    self.usual = usual
    thresholds = values.indices.map { day in
      let threshold = max(settings.leastDeviation, settings.noiseFactor * usual[day])
      return threshold <= settings.watchLimit && (values[day].isFinite || unusual[day]) ? threshold : .infinity
    }
  }

  private static func windowMedians(_ values: [Double], _ unusual: [Bool], _ settings: AlertSettings) -> [Double] {
    var medians = [Double](repeating: .nan, count: values.count)
    for day in values.indices where day >= settings.window - 1 {
      let first = day - settings.window + 1
      let known = (first...day).filter { !unusual[$0] && values[$0].isFinite }.map { values[$0] }
      if !unusual[day], known.count >= settings.window - 2 { medians[day] = median(known) }
    }
    return medians
  }

  /// The quantile of the past windows' deviations, renewed every week; infinite with fewer than 60 windows.
  private static func usualDeviations(_ deviations: [Double], _ settings: AlertSettings) -> [Double] {
    var usual = [Double](repeating: .infinity, count: deviations.count)
    for start in stride(from: 0, to: deviations.count, by: 7) {
      let end = start - settings.noiseGap
      guard end > 60 else { continue }
      let past = deviations[max(0, start - settings.noiseDays)..<end].filter(\.isFinite).map { abs($0) }
      guard past.count >= 60 else { continue }
      let level = quantile(past, at: settings.noiseLevel)
      for day in start..<min(start + 7, deviations.count) { usual[day] = level }
    }
    return usual
  }
}
