import NumericMethods
import Testing

@testable import Forecasting

@Suite("Analogues") struct AnalogueTests {
  /// Rows of two predictors, powers, and the day of each row.
  private static func sample(rows: Int, seed: UInt64) -> (rows: FeatureRows, responses: [Double], days: [Int]) {
    var random = SplitMix64(seed: seed)
    let values = (0..<rows * 2).map { _ in Float(random.nextGaussian()) }
    let responses = (0..<rows).map { Double(values[2 * $0]) + 0.1 * random.nextGaussian() }
    return (FeatureRows(columns: 2, values: values), responses, (0..<rows).map { $0 / 24 })
  }

  @Test("the summary is that of the hundred nearest rows of other days, found one by one", arguments: [130, 3_000])
  func nearest(count: Int) throws {
    let (rows, responses, days) = Self.sample(rows: count, seed: 3)
    let analogues = Analogues(rows, responses: responses, days: days, weights: [(0, 1), (1, 0.5)])
    let summarised = analogues.summarised(rows, days: days, threads: 2)
    #expect(summarised.columns == 5 && summarised.count == count)
    let spreads = (0..<2).map { column in standardDeviation((0..<count).map { Double(rows[$0, column]) }) }
    let scales = [Float(1 / spreads[0]), Float(0.5 / spreads[1])]
    for row in [0, 57, count - 1] {
      let others = (0..<count).filter { abs(days[$0] - days[row]) > 1 }
      let distances = others.map { other in
        (0..<2).reduce(Float(0)) { sum, column in
          let gap = (rows[other, column] - rows[row, column]) * scales[column]
          return sum + gap * gap
        }
      }
      let expected = mean(distances.sorted().prefix(100).map { Double($0) })
      #expect(abs(Double(summarised[row, 4]) - expected) < 1e-4 * expected)
    }
  }

  @Test("where fewer rows lie on other days, all of them are analogues, and none is not a number")
  func few() throws {
    let (rows, responses, days) = Self.sample(rows: 60, seed: 4)
    let analogues = Analogues(rows, responses: responses, days: days, weights: [(0, 1), (1, 1)])
    let summarised = analogues.summarised(rows, days: days, threads: 1)
    let farthest = summarised[0, 2]
    let others = responses.indices.filter { days[$0] > 1 }.map { responses[$0] }
    #expect(farthest.isFinite && Double(farthest) >= others.min() ?? .nan && Double(farthest) <= others.max() ?? .nan)
    #expect(summarised[30, 2].isNaN)
  }
}
