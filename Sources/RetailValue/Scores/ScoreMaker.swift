internal import NumericMethods

/// Scores one customer's values within a reference.
struct ScoreMaker: Sendable {
  let reference: ScoreReference
  private let scales: [IndicatorScale]
  private let weights: [Double]
  private let dimensionWeights: [Double]
  private let members: [[Int]]

  init(_ reference: ScoreReference) {
    self.reference = reference
    scales = Indicator.all.map { IndicatorScale($0, sorted: reference.values[$0.id] ?? []) }
    weights = Indicator.all.map { reference.weights[$0.id] ?? 0 }
    dimensionWeights = ValueDimension.allCases.map { reference.dimensionWeights[$0.rawValue] ?? 0 }
    members = ValueDimension.allCases.map { dimension in
      Indicator.all.indices.filter { Indicator.all[$0].dimension == dimension }
    }
  }

  func scale(_ position: Int) -> IndicatorScale { scales[position] }

  /// The finest segment of the list that the reference knows.
  func segment(_ names: [String]) -> (name: String, medians: [Double]) {
    let name = names.first { reference.segments[$0] != nil } ?? CustomerSegments.everybody
    let medians = reference.segments[name] ?? [:]
    return (name, Indicator.all.map { medians[$0.id] ?? 50 })
  }

  struct Result {
    var total = 0.0
    var segmentTotal = 0.0
    var dimensions: [DimensionScore] = []
    var indicators: [IndicatorScore] = []
    var coverage = 0.0
  }

  /// S_d = Σ seen w·s + Σ not seen w·median. In the total, a dimension that is not known well enough counts as the segment's median,
  /// so that it neither adds nor takes; if none is known well enough, all count as they are.
  func result(_ values: [Double], medians: [Double]) -> Result {
    var result = Result()
    let scores = values.indices.map { values[$0].isFinite ? scales[$0].score(values[$0]) : medians[$0] }
    for (dimension, list) in members.enumerated() {
      let coverage = list.reduce(0) { values[$1].isFinite ? $0 + weights[$1] : $0 }
      let score = list.reduce(0) { $0 + weights[$1] * scores[$1] }
      result.dimensions.append(
        DimensionScore(dimension: ValueDimension.allCases[dimension], score: score, coverage: min(coverage, 1)))
      result.coverage += dimensionWeights[dimension] * coverage
    }
    let isAnySufficient = result.dimensions.contains { $0.isSufficient }
    for (dimension, list) in members.enumerated() {
      let isCounted = !isAnySufficient || result.dimensions[dimension].isSufficient
      for position in list {
        let weight = dimensionWeights[dimension] * weights[position]
        let score = IndicatorScore(
          position: position, value: values[position].isFinite ? values[position] : nil,
          score: isCounted ? scores[position] : medians[position], segmentMedian: medians[position], weight: weight)
        result.total += weight * score.score
        result.segmentTotal += weight * score.segmentMedian
        result.indicators.append(score)
      }
    }
    return result
  }

  /// What a total of other months shares with the result of the full window.
  func redraw(_ own: [Double], like result: Result) -> Redraw {
    let isAnySufficient = result.dimensions.contains { $0.isSufficient }
    let isCounted = Dictionary(
      uniqueKeysWithValues: result.dimensions.map { ($0.dimension, !isAnySufficient || $0.isSufficient) })
    let parts = result.indicators.filter { $0.weight > 0 }.map { part in
      Redraw.Part(
        position: part.position, weight: part.weight, segmentMedian: part.segmentMedian,
        isCounted: isCounted[part.indicator.dimension] ?? false, value: own[part.position], score: part.score)
    }
    return Redraw(parts: parts)
  }

  struct Redraw {
    struct Part {
      let position: Int
      let weight: Double
      let segmentMedian: Double
      let isCounted: Bool
      /// Value and score of the full window.
      let value: Double
      let score: Double
    }

    let parts: [Part]
  }

  /// The total alone, of the same dimensions as for the full window.
  func total(_ values: [Double], _ redraw: Redraw) -> Double {
    var total = 0.0
    for part in redraw.parts {
      let value = values[part.position]
      if !value.isFinite || !part.isCounted {
        total += part.weight * part.segmentMedian
      } else {
        total += part.weight * (value == part.value ? part.score : scales[part.position].score(value))
      }
    }
    return total
  }
}
