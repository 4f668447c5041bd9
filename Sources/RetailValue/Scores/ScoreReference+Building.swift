internal import Foundation
internal import NumericMethods

extension ScoreReference {
  /// Freezes a population.
  ///
  /// - Parameters:
  ///   - raw: values of every customer, [customer · indicators + indicator]; NaN is not known.
  ///   - segments: names of each customer's segments, the finest first.
  init(
    raw: [Double], segments names: [[String]], sizeLimits: [Double], pool: PoolFigures, asOf: String,
    settings: ScoreSettings
  ) throws(RetailProblem) {
    let width = Indicator.all.count
    let count = raw.count / width
    var values: [String: [Double]] = [:]
    var entropyByDimension: [String: Double] = [:]
    for dimension in ValueDimension.allCases {
      let members = Indicator.all.indices.filter {
        Indicator.all[$0].dimension == dimension && Indicator.all[$0].weight > 0
      }
      let columns = members.map { position -> [Double] in
        let indicator = Indicator.all[position]
        let known = stride(from: position, to: raw.count, by: width).map { raw[$0] }.filter(\.isFinite)
          .map { IndicatorScale.transformed($0, indicator) }
        let sorted = known.sorted()
        values[indicator.id] = Self.thinned(sorted)
        return IndicatorScale.winsorised(sorted, sorted)
      }
      let entropy = EntropyWeights.weights(of: columns)
      for (member, weight) in zip(members, entropy) { entropyByDimension[Indicator.all[member].id] = weight }
    }
    let energy = Indicator.position("E3")
    values["E3"] = Self.thinned(
      stride(from: energy, to: raw.count, by: width).map { raw[$0] }.filter(\.isFinite)
        .map { IndicatorScale.transformed($0, Indicator.all[energy]) }.sorted())
    let (weights, ratios) = try Self.weights(values, entropyByDimension, settings)
    self.asOf = asOf
    customers = count
    self.values = values
    self.weights = weights
    dimensionWeights = Dictionary(
      uniqueKeysWithValues: settings.dimensionWeights.map { ($0.key.rawValue, $0.value) })
    consistencyRatios = ratios
    entropy = entropyByDimension
    self.pool = pool
    self.sizeLimits = sizeLimits
    self.segments = Self.medians(raw, names, scales: values)
  }

  /// Weights of indicators: judgements or defaults, leashed entropy, nothing for what is constant.
  private static func weights(
    _ values: [String: [Double]], _ entropy: [String: Double], _ settings: ScoreSettings
  ) throws(RetailProblem) -> ([String: Double], [String: Double]) {
    var weights: [String: Double] = [:]
    var ratios: [String: Double] = [:]
    for dimension in ValueDimension.allCases {
      let all = Indicator.all.filter { $0.dimension == dimension && $0.weight > 0 }
      var prior = all.map(\.weight)
      let matrix = settings.judgements[dimension] ?? prior.map { row in prior.map { row / $0 } }
      guard matrix.count == all.count else {
        throw RetailProblem(
          "The judgements of \(dimension.english) need \(all.count) rows: \(all.map(\.id).joined(separator: ", ")).")
      }
      let hierarchy = try AnalyticHierarchy(matrix: matrix)
      ratios[dimension.rawValue] = hierarchy.consistencyRatio
      prior = hierarchy.weights
      // A constant indicator tells nobody apart.
      for (index, indicator) in all.enumerated() {
        if let known = values[indicator.id], let first = known.first, known.count > 1, first == known.last {
          prior[index] = 0
        }
      }
      let combined = EntropyWeights.combined(prior: prior, entropy: all.map { entropy[$0.id] ?? 0 })
      for (indicator, weight) in zip(all, combined) { weights[indicator.id] = weight }
    }
    weights["E3"] = 0
    return (weights, ratios)
  }

  private static func medians(
    _ raw: [Double], _ names: [[String]], scales values: [String: [Double]]
  ) -> [String: [String: Double]] {
    let width = Indicator.all.count
    let scales = Indicator.all.map { IndicatorScale($0, sorted: values[$0.id] ?? []) }
    var members: [String: [Int]] = [:]
    for (customer, list) in names.enumerated() { for name in list { members[name, default: []].append(customer) } }
    var medians: [String: [String: Double]] = [:]
    for (name, customers) in members
    where customers.count >= CustomerSegments.least || name == CustomerSegments.everybody {
      var scores: [String: Double] = [:]
      for position in 0..<width {
        let known = customers.map { raw[$0 * width + position] }.filter(\.isFinite).map { scales[position].score($0) }
        scores[Indicator.all[position].id] = known.isEmpty ? 50 : median(known)
      }
      medians[name] = scores
    }
    return medians
  }

  private static func thinned(_ sorted: [Double]) -> [Double] {
    guard sorted.count > limit else { return sorted }
    return (0..<limit).map { sorted[$0 * (sorted.count - 1) / (limit - 1)] }
  }
}

/// Whom a customer is compared with: industry × voltage × size, coarser where too few are alike.
enum CustomerSegments {
  static let least = 20
  static let everybody = "all"

  static func names(industry: String?, voltage: Double?, energy: Double, limits: [Double]) -> [String] {
    let size = limits.firstIndex { energy <= $0 } ?? limits.count
    let branch = industry.map { String($0.prefix(4)) } ?? "?"
    let level = voltage.map { "\(Int($0.rounded())) kV" } ?? "?"
    return [
      "\(branch) · \(level) · size \(size + 1)", "\(branch) · \(level)", branch == "?" ? everybody : branch, everybody,
    ]
  }

  static func sizeLimits(_ energies: [Double]) -> [Double] {
    let known = energies.filter { $0.isFinite && $0 > 0 }.sorted()
    return known.isEmpty ? [] : (1...9).map { quantile(ofSorted: known, at: Double($0) / 10) }
  }
}
