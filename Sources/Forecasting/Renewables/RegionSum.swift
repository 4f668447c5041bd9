internal import NumericMethods

/// The power of a region as the sum over its sites of joint samples; quantiles of sites do not add up.
///
/// Past days are templates: where each site's truth lay among its percentiles, in every interval of the same day. Their ranks
/// carry the dependence between sites and between intervals to today's percentiles (Schaake shuffle; Clark et al. 2004), so
/// that each site keeps its own marginals. Sites may be of any kind; hand them in the same order every day.
public struct RegionSum: Sendable {
  /// Past days that serve as templates at the most, and below which all sites are taken to rise and fall together.
  public static let mostTemplates = 200
  public static let leastTemplates = 30

  private let sites: Int
  private let intervals: Int
  /// [day][site][interval]: level of the truth, NaN where it is not known.
  private var templates: [[[Double]]] = []

  public init(sites: Int, intervals: Int) {
    precondition(sites >= 1 && intervals >= 1, "A region has sites, a day has intervals")
    self.sites = sites
    self.intervals = intervals
  }

  /// Whether enough days were seen to know how the sites move together.
  public var knowsDependence: Bool { templates.count >= RegionSum.leastTemplates }

  /// Learns from one day: what was said of each site, and what came there.
  ///
  /// - Throws: ``ForecastingError`` if sites or intervals are not as many as agreed.
  public mutating func observe(_ forecasts: [ModelForecast], actuals: [[Double]]) throws(ForecastingError) {
    try check(forecasts)
    guard actuals.count == sites, actuals.allSatisfy({ $0.count == intervals }) else {
      throw ForecastingError("The region has \(sites) sites of \(intervals) intervals; the truth of others was handed")
    }
    templates.append(
      (0..<sites).map { site in
        (0..<intervals).map { interval in
          let truth = actuals[site][interval]
          guard truth.isFinite else { return .nan }
          return Percentiles.level(of: truth, among: forecasts[site].quantiles.map { $0[interval] })
        }
      })
    if templates.count > RegionSum.mostTemplates { templates.removeFirst() }
  }

  /// Equally likely paths of the region's power, 200 or more: each template as often as that takes. With too few templates
  /// all sites rise together.
  ///
  /// - Throws: ``ForecastingError`` if sites or intervals are not as many as agreed.
  public func samples(_ forecasts: [ModelForecast]) throws(ForecastingError) -> [[Double]] {
    try check(forecasts)
    let count = knowsDependence ? templates.count : Percentiles.levels.count
    let copies = (RegionSum.mostTemplates + count - 1) / count
    var paths = [[Double]](repeating: [Double](repeating: 0, count: intervals), count: count * copies)
    for site in 0..<sites {
      for interval in 0..<intervals {
        let own = forecasts[site].quantiles.map { $0[interval] }
        let ranks = ranks(site, interval, count: count)
        for path in paths.indices {
          // Copies of a template spread over the width of its rank, so that few templates still reach the tails.
          let place = (Double(path / count) + 0.5) / Double(copies)
          let level = (Double(ranks[path % count]) + place) / Double(count)
          paths[path][interval] += Percentiles.value(at: level, of: own)
        }
      }
    }
    return paths
  }

  /// The 99 percentiles of the region's power.
  ///
  /// - Throws: ``ForecastingError`` if sites or intervals are not as many as agreed.
  public func forecast(_ forecasts: [ModelForecast]) throws(ForecastingError) -> ModelForecast {
    let paths = try samples(forecasts)
    let columns = (0..<intervals).map { interval in
      let sorted = paths.map { $0[interval] }.sorted()
      return Percentiles.levels.map { quantile(ofSorted: sorted, at: $0) }
    }
    let rows = Percentiles.levels.indices.map { level in columns.map { $0[level] } }
    return ModelForecast(
      model: "region", point: rows[49], quantiles: rows, seconds: forecasts.reduce(0) { $0 + $1.seconds })
  }

  /// Place of each template among all, in one interval of one site; an unknown level stands in the middle.
  private func ranks(_ site: Int, _ interval: Int, count: Int) -> [Int] {
    guard knowsDependence else { return Array(0..<count) }
    let levels = templates.map { $0[site][interval].isFinite ? $0[site][interval] : 0.5 }
    let order = levels.indices.sorted { (levels[$0], $0) < (levels[$1], $1) }
    var ranks = [Int](repeating: 0, count: count)
    for (rank, template) in order.enumerated() { ranks[template] = rank }
    return ranks
  }

  private func check(_ forecasts: [ModelForecast]) throws(ForecastingError) {
    guard forecasts.count == sites,
      forecasts.allSatisfy({ $0.quantiles.count == 99 && $0.point.count == intervals })
    else {
      throw ForecastingError("The region has \(sites) sites of \(intervals) intervals with 99 percentiles each")
    }
  }
}
