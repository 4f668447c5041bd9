internal import NumericMethods

/// Linear quantile regression on the power curve's output, the analogues' mean, their powers, the other linear predictors, and these times the
/// curve's slope region: what the wind's direction or the cloud adds matters where the curve is steep.
struct LinearSpread: Sendable {
  static let levels = [0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.98]

  private let axes: [(column: Int, centre: Double, spread: Double)]
  private let curveColumn: Int
  private let fit: LinearQuantiles

  /// nil if the columns allow no fit.
  init?(_ rows: FeatureRows, responses: [Double], columns: [Int], curveColumn: Int) {
    self.curveColumn = curveColumn
    axes = (columns + [curveColumn + 1, curveColumn + 3]).map { column in
      let values = (0..<rows.count).map { Double(rows[$0, column]) }.filter(\.isFinite)
      let spread = values.count > 1 ? standardDeviation(values) : 0
      return (column, values.isEmpty ? 0 : mean(values), spread > 1e-9 ? spread : .infinity)
    }
    var elements: [Double] = []
    let axes = axes
    let basis = (0..<rows.count).map { LinearSpread.basis(rows, row: $0, axes, curveColumn) }
    for column in 0..<(basis.first?.count ?? 0) { elements.append(contentsOf: basis.map { $0[column] }) }
    let matrix = Matrix(rows: rows.count, columns: basis.first?.count ?? 0, columnMajor: elements)
    guard
      let fit = try? LinearQuantiles(
        predictors: matrix, responses: responses, levels: LinearSpread.levels, smoothing: 0.02, ridge: 1e-5)
    else { return nil }
    self.fit = fit
  }

  private static func basis(
    _ rows: FeatureRows, row: Int, _ axes: [(column: Int, centre: Double, spread: Double)], _ curveColumn: Int
  ) -> [Double] {
    let raw = Double(rows[row, curveColumn])
    let curve = raw.isFinite ? raw : 0
    let likely = Double(rows[row, curveColumn + 2])
    let mean = likely.isFinite ? likely : curve
    let steep = 4 * mean * (1 - mean)
    var basis = [1, curve, curve * curve, curve * curve * curve, mean, mean * mean, mean * mean * mean]
    for axis in axes {
      let value = Double(rows[row, axis.column])
      let standard = value.isFinite ? min(max((value - axis.centre) / axis.spread, -4), 4) : 0
      basis.append(standard)
      basis.append(standard * steep)
    }
    return basis
  }

  func percentiles(_ rows: FeatureRows, row: Int, ceiling: Double) -> [Double] {
    Percentiles.interpolated(
      fit.predicted(for: LinearSpread.basis(rows, row: row, axes, curveColumn)), at: LinearSpread.levels,
      ceiling: ceiling)
  }
}
