import Foundation
import MarketModel
import MarketTestSupport
import Testing

@testable import Review

@Suite("Strategy iteration") struct IterationTests {
  @Test("the regret stays below its bound on random, drifting and hostile days", arguments: 1...6)
  func bound(seed: UInt64) {
    var random = SeededNumbers(seed)
    var hedge = AdaptiveHedge(count: 5)
    for day in 0..<400 {
      let profits: [Double]
      switch seed % 3 {
      case 0: profits = (0..<5).map { 1_000 * random.next() + 20 * Double($0) }
      case 1: profits = (0..<5).map { 1_000 * random.next() + ($0 == (day < 200 ? 1 : 3) ? 300 : 0) }
      default:
        // The arm with the most weight always loses most.
        let weights = hedge.weights
        let heavy = weights.indices.max { weights[$0] < weights[$1] } ?? 0
        profits = (0..<5).map { $0 == heavy ? -1_000 : 0 }
      }
      hedge.observe(profits: profits)
      #expect(abs(hedge.weights.reduce(0, +) - 1) < 1e-9)
      #expect(hedge.regret <= hedge.regretBound, "day \(day)")
    }
    #expect(hedge.rounds == 400)
  }

  @Test("a better arm takes the weight, and equal ones share it")
  func weights() {
    var hedge = AdaptiveHedge(count: 3)
    #expect(hedge.weights.allSatisfy { $0 == 1.0 / 3 })
    for day in 0..<60 { hedge.observe(profits: [100, day.isMultiple(of: 2) ? 260 : 60, 0]) }
    #expect(hedge.weights[1] > 0.95 && hedge.weights[2] < 0.01)
    var same = AdaptiveHedge(count: 2)
    for _ in 0..<10 { same.observe(profits: [5, 5]) }
    #expect(same.weights.allSatisfy { $0 == 0.5 })
    #expect(same.regret == 0)
  }

  @Test("a challenger is promoted on evidence, and taken back when it goes")
  func champion() throws {
    var watch = ChampionWatch(champion: 0, guards: ChampionGuards())
    for number in 0..<30 {
      watch.observe(
        Example.day.advanced(by: number), profits: [100, 140 + Double(number % 5)], favourite: 1, mayChange: true)
    }
    let change = try #require(watch.changes.first)
    #expect(change.kind == .promoted && change.day == Example.day.advanced(by: 21) && watch.champion == 1)
    #expect(change.reason.contains("more in shadow"))
    for number in 30..<34 {
      watch.observe(Example.day.advanced(by: number), profits: [900, -900], favourite: 1, mayChange: true)
    }
    #expect(watch.changes.last?.kind == .rolledBack && watch.champion == 0)
    #expect(watch.changes.last?.reason.contains("lost") == true)
  }

  @Test("noise promotes nobody, and nothing changes while the switch is off")
  func caution() {
    var random = SeededNumbers(3)
    var noisy = ChampionWatch(champion: 0, guards: ChampionGuards())
    var off = ChampionWatch(champion: 0, guards: ChampionGuards())
    for number in 0..<120 {
      let day = Example.day.advanced(by: number)
      noisy.observe(
        day, profits: [1_000 * random.next(), 1_000 * random.next() - 100], favourite: 1, mayChange: true)
      off.observe(day, profits: [0, 100], favourite: 1, mayChange: false)
    }
    #expect(noisy.changes.isEmpty && off.changes.isEmpty)
  }

  @Test("a course knows the days before alone; the regret is counted against the best arm in hindsight")
  func course() {
    var random = SeededNumbers(5)
    let days = (0..<80).map { Example.day.advanced(by: $0) }
    let profits = (0..<3).map { arm in days.map { _ in 100 * random.next() + (arm == 1 ? 60.0 : 0) } }
    let course = LearningCourse(days: days, profits: profits, guards: ChampionGuards())
    #expect(course.best == 1 && course.finalChampion == 1 && course.changes.count == 1)
    #expect(course.cumulativeRegret(of: profits[1]).allSatisfy { $0 == 0 })
    let regret = course.cumulativeRegret(of: course.weightedProfits)
    for number in days.indices { #expect(regret[number] <= course.bounds[number]) }
    #expect(zip(course.bounds, course.bounds.dropFirst()).allSatisfy { $0 <= $1 }, "a bound never falls")
    let first = course.cumulativeRegret(of: profits[0]).last ?? 0
    #expect(abs(first - (profits[1].reduce(0, +) - profits[0].reduce(0, +))) < 1e-6 && first > 0)
    let shadow = course.shadowProfits
    #expect(shadow[0] == profits[0][0] && shadow[79] == profits[1][79])
    var other = profits
    other[2][79] = 1e6
    let poisoned = LearningCourse(days: days, profits: other, guards: ChampionGuards())
    #expect(poisoned.weights == course.weights && poisoned.champions == course.champions)
  }
}
