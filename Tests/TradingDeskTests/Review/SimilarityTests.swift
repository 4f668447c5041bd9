import Foundation
import Testing

@testable import TradingDesk

@Suite("What a trader looks at first") struct SimilarityTests {
  static func curve(valley: Double = 10_000, at hour: Double = 12) -> [Double] {
    (0..<96).map { index in 30_000 - (30_000 - valley) * exp(-pow((Double(index) / 4 - hour) / 3, 2)) + Double(index) }
  }

  @Test("valley, peak, their times and the ramps of a curve by hand")
  func features() throws {
    // 20 GW, one hour at 10 GW from 12:00, three hours at 30 GW from 18:00.
    let curve = (0..<24).map { $0 == 12 || $0 == 13 ? 10_000.0 : ((18...20).contains($0) ? 30_000 : 20_000) }
    let features = try #require(SpaceFeatures(curve, perHour: 1))
    #expect(features.valley == 10_000 && features.valleyHour == 13)
    #expect(features.peak == 30_000 && features.peakHour == 19)
    #expect(features.rise == 10_000 && features.fall == -10_000)
    #expect(SpaceFeatures([1], perHour: 4) == nil && SpaceFeatures([.nan, 1, 1, 1, 1, 1, 1, 1], perHour: 4) == nil)
  }

  @Test("the same day is 1, the weights add up to 1, and each difference costs its own")
  func score() throws {
    #expect(abs(DaySimilarity.weights.reduce(0) { $0 + $1.weight } - 1) < 1e-12)
    let own = try #require(SpaceFeatures(Self.curve(), perHour: 4))
    #expect(abs(DaySimilarity.score(own, own, scale: 5_000) - 1) < 1e-12)
    let deeper = try #require(SpaceFeatures(Self.curve(valley: 4_000), perHour: 4))
    let later = try #require(SpaceFeatures(Self.curve(at: 15), perHour: 4))
    #expect(DaySimilarity.score(own, deeper, scale: 5_000) < 0.75)
    #expect(DaySimilarity.score(own, later, scale: 5_000) < 0.97)
    #expect(DaySimilarity.score(own, deeper, scale: 1e9) > 0.99, "the level counts against its scale")
  }
}
