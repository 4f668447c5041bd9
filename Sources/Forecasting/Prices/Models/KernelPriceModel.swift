internal import Foundation
internal import NumericMethods

/// Gaussian-process regression on the levelled days: a linear part and a similarity part, each with its own weight for
/// every group of predictors; all intervals of the day share one factorisation. Days lose weight with age.
struct KernelPriceModel: PriceModel {
  let family = PriceFamily.kernel
  var windowDays: Int { settings.windowDays }
  var columns: Int { fitted.columns }
  /// Weights of the groups and of the parts; found on training years of three markets by random search.
  struct Settings: Sendable {
    var windowDays: Int
    var kernel: KernelRegression.Kernel
    /// Weight of the similarity part.
    var radial: Double
    /// Noise variance of the newest row; it grows by e in so many days.
    var noise: Double
    var memoryDays: Double
    /// By group: weight in the similarity part, and the factor by which the linear part's differs.
    var weights: [LevelledDays.Group: (radial: Double, linear: Double)]
  }

  let name: String
  let settings: Settings
  var fitted = DatedFit<Fit>()

  struct Fit: Codable, Sendable {
    let regression: KernelRegression
    let scaling: GroupScaling
  }

  init(name: String, settings: Settings) {
    self.name = name
    self.settings = settings
  }

  mutating func predicted(_ view: PriceView, refitAfter days: Int) throws(ForecastingError) -> [Double]? {
    guard let table = LevelledDays(view, windowDays: settings.windowDays) else { return nil }
    try fitted.refit(view, after: days, columns: table.columns) { [self] _ in try fit(table, view) }
    guard let fit = fitted.fit else { return nil }
    let last = table.positions.count
    let row = Array(table.rows[last * table.columns..<(last + 1) * table.columns])
    return table.restored(
      try checkedPath(fit.regression.predicted(linear: fit.scaling.linear(row), radial: fit.scaling.radial(row))))
  }

  private func fit(_ table: LevelledDays, _ view: PriceView) throws -> Fit {
    let scaling = GroupScaling(table, settings)
    let count = table.positions.count
    let intervals = view.intervals
    var linear: [Double] = []
    var radial: [Double] = []
    linear.reserveCapacity(count * table.columns)
    radial.reserveCapacity(count * table.columns)
    for row in 0..<count {
      let values = Array(table.rows[row * table.columns..<(row + 1) * table.columns])
      linear += scaling.linear(values)
      radial += scaling.radial(values)
    }
    // A radial part of weight w beside noise v is the same as one of weight 1 beside c/w and v/w.
    var kernel = settings.kernel
    kernel.linear /= settings.radial
    let weights = table.positions.map { exp(-Double(view.position - $0) / settings.memoryDays) }
    let total = weights.reduce(0, +)
    var responses = [Double](repeating: 0, count: count * intervals)
    var means = [Double](repeating: 0, count: intervals)
    for row in 0..<count {
      for interval in 0..<intervals {
        let value = table.targets[row * intervals + interval]
        responses[interval * count + row] = value
        means[interval] += weights[row] * value / total
      }
    }
    let regression = try KernelRegression(
      linearRows: Matrix(rows: table.columns, columns: count, columnMajor: linear),
      radialRows: Matrix(rows: table.columns, columns: count, columnMajor: radial),
      responses: Matrix(rows: count, columns: intervals, columnMajor: responses), means: means,
      noise: weights.map { settings.noise / settings.radial / $0 }, kernel: kernel)
    return Fit(regression: regression, scaling: scaling)
  }
}

/// Centres each column, and brings each profile of many columns to one common spread, so that weights mean the same in
/// every market.
struct GroupScaling: Sendable, Codable {
  private let centres: [Double]
  private let linearFactors: [Double]
  private let radialFactors: [Double]

  init(_ table: LevelledDays, _ settings: KernelPriceModel.Settings) {
    var centres = [Double](repeating: 0, count: table.columns)
    var linear = centres
    var radial = centres
    let count = Double(table.positions.count)
    for (group, columns) in table.groups {
      let weight = settings.weights[group] ?? (0, 0)
      var factor = 1.0
      if columns.count > 7 {
        var squares = 0.0
        for column in columns {
          var sum = 0.0
          for row in table.positions.indices { sum += table.rows[row * table.columns + column] }
          centres[column] = sum / count
          for row in table.positions.indices {
            let gap = table.rows[row * table.columns + column] - centres[column]
            squares += gap * gap
          }
        }
        let spread = (squares / count / Double(columns.count)).squareRoot()
        factor = 1 / max(spread, 1e-9) / Double(columns.count).squareRoot()
      }
      for column in columns {
        radial[column] = factor * weight.radial
        linear[column] = factor * weight.radial * weight.linear
      }
    }
    self.centres = centres
    linearFactors = linear
    radialFactors = radial
  }

  func linear(_ row: [Double]) -> [Double] { row.indices.map { (row[$0] - centres[$0]) * linearFactors[$0] } }
  func radial(_ row: [Double]) -> [Double] { row.indices.map { (row[$0] - centres[$0]) * radialFactors[$0] } }
}

extension KernelPriceModel.Settings {
  static let standard = KernelPriceModel.Settings(
    windowDays: 1456, kernel: KernelRegression.Kernel(linear: 1, shape: 1.52), radial: 0.177, noise: 0.0623,
    memoryDays: 725,
    weights: [
      .yesterday: (0.941, 0.239), .twoDaysBefore: (0, 0), .threeDaysBefore: (0, 0), .weekBefore: (0.0878, 0.465),
      .lateYesterday: (0.0877, 1.14), .dayMeans: (0.15, 0), .input: (0.5, 0.387), .inputChange: (0.25, 0.509),
      .inputWeekChange: (0.181, 0), .inputMeans: (0, 0), .weekday: (0.312, 0), .weekend: (0.205, 0),
      .season: (0.746, 0.752), .level: (0.251, 1.94), .trend: (0.197, 1.11), .volatility: (0.0475, 1.34),
      .quoted: (0.2, 1),
    ])
}
