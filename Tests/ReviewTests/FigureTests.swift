import Foundation
import MarketModel
import MarketTestSupport
import Testing

@testable import Review

@Suite("Figures of a review") struct FigureTests {
  @Test("the inverse stack does not fall, and pools what would")
  func stack() throws {
    let spaces = (0..<20).map { 10_000 + 1_000 * Double($0) }
    let prices = spaces.map { $0 / 100 + ($0.truncatingRemainder(dividingBy: 3_000) == 0 ? -30 : 20) }
    let stack = try #require(InverseStack(spaces: spaces, prices: prices))
    let along = stride(from: 5_000.0, through: 35_000, by: 500).map { stack.price(at: $0) }
    #expect(zip(along, along.dropFirst()).allSatisfy { $0 <= $1 })
    let flat = try #require(
      InverseStack(spaces: (1...10).map { Double($0) }, prices: [1, 2, 3, 4, 6, 5, 7, 8, 9, 10]))
    #expect(flat.price(at: 5.5) == 5.5 && flat.price(at: 1) == 1 && flat.price(at: 100) == 10)
    #expect(InverseStack(spaces: [1, 2], prices: [1, 2]) == nil)
    #expect(InverseStack(spaces: [Double](repeating: .nan, count: 20), prices: prices) == nil)
  }

  @Test("the share of load and renewables is the projection, between nothing and all")
  func projection() {
    let actual = [100.0, 200, 300]
    func share(_ effect: [Double]) -> Double {
      InformationPaths(actual: actual, forecast: [110, 210, 310], spaceEffect: effect).systemShare
    }
    #expect(share([20, 20, 20]) == 0.5 && share([10, 10, 10]) == 1 && share([5, 5, 5]) == 1)
    #expect(share([-20, -20, -20]) == 0 && share([]) == 0 && share([.nan, 1, 1]) == 0)
    let paths = InformationPaths(actual: actual, forecast: [110, 210, 310], spaceEffect: [20, 20, 20])
    #expect(paths.model == [100, 200, 300] && paths.system == [110, 210, 310])
  }

  @Test("scores of a forecast by hand")
  func skill() throws {
    let skill = try #require(
      ForecastSkill(
        point: [100, 220, 310, 200], low: [50, 180, 290, 150], high: [150, 260, 305, 250], naive: [0, 200, 300, 240],
        actual: [110, 200, 300, 240], intervalHours: 1))
    #expect(skill.meanAbsoluteError == 20 && skill.naiveMeanAbsoluteError == 27.5)
    #expect(abs(skill.rootMeanSquareError - (2_200.0 / 4).squareRoot()) < 1e-12)
    #expect(abs((skill.weightedAbsolutePercentageError ?? 0) - 80.0 / 850) < 1e-12)
    #expect(skill.coverage80 == 1 && skill.directionHit == 1 && skill.peakTimeError == 0)
    #expect(
      ForecastSkill(point: [1], low: [1], high: [1], naive: [.nan], actual: [1], intervalHours: 1) == nil)
  }

  @Test("sums add up, deviations by sign")
  func sums() throws {
    let (_, outcomes, bid, day, _) = try AttributionTests.planted()
    let path = Example.pricePath(shift: 60, valley: 200)
    let zero = [Double](repeating: 0, count: 96)
    let net = outcomes.submitted.output.values.map { day.unit.netOutput(ofGross: $0).megawatts / 4 }
    let one = try MetricSums(
      MeasuredDay(
        day: day, bid: bid, outcomes: outcomes, dayAheadPrices: path, realTimePrices: path.map { $0 - 10 },
        unifiedPrices: path, forecastPrices: path, metered: net.map { $0 - 1 }, contracted: zero,
        contractAdvantage: 0, contractFee: 0, spotFee: 1_000, variableCost: 400))
    #expect(abs(one.sold - outcomes.submitted.clearedEnergy.megawattHours) < 1e-6)
    #expect(abs(one.spreadFee - 10 * one.sold) < 1e-6)
    #expect(abs(one.realTimeDeviation.negativeEnergy + 96) < 1e-9 && one.realTimeDeviation.positiveEnergy == 0)
    #expect(abs(one.dayAheadDeviation.positiveEnergy - one.sold) < 1e-6)
    #expect(one.offered >= one.sold && abs(one.bands.reduce(0) { $0 + $1.sold } - one.sold) < 0.1)
    #expect(abs(one.byHour.reduce(0) { $0 + $1.offered } - one.offered) < 1e-6)
    var two = one
    two.add(one)
    #expect(two.sold == 2 * one.sold && two.intervals == 192 && two.totalFee == 2_000)
  }
}
