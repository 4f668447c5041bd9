import MarketModel
import ProvinceSimulation
import Testing

@Suite("Prices of the demonstration province") struct PriceShapeTests {
  private func isFloor(_ price: Double) -> Bool { price <= -79.99 }

  @Test("spring middays stand at the floor in 22 to 38 % of intervals")
  func springMidday() throws {
    let demonstration = try DemonstrationProvince.shared.get()
    let midday = demonstration.prices(from: 10, to: 15) { (3...5).contains($0.month) }
    let floorShare = share(midday, where: isFloor)
    #expect(floorShare > 0.22 && floorShare < 0.38)
  }

  @Test("evenings stand at the floor in fewer than 2 % of intervals")
  func evenings() throws {
    let demonstration = try DemonstrationProvince.shared.get()
    #expect(share(demonstration.prices(from: 17, to: 21), where: isFloor) < 0.02)
  }

  @Test("the mean is that of a coal province and prices keep within the limits")
  func level() throws {
    let demonstration = try DemonstrationProvince.shared.get()
    let level = mean(demonstration.dayAhead)
    #expect(level > 340 && level < 380)
    #expect(abs(mean(demonstration.realTime) - level) < 30)
    #expect((demonstration.dayAhead + demonstration.realTime).allSatisfy { (-100...1_500).contains($0) })
  }

  @Test("the evening is dearest and volatile, the morning is in between, midday is cheapest")
  func shapeOfTheDay() throws {
    let demonstration = try DemonstrationProvince.shared.get()
    let evening = demonstration.prices(from: 17, to: 21)
    let morning = mean(demonstration.prices(from: 6, to: 9))
    let midday = mean(demonstration.prices(from: 10, to: 15))
    let eveningMean = mean(evening)
    #expect(eveningMean > morning + 60)
    #expect(morning > midday + 40)
    #expect(eveningMean > midday + 150)
    let deviation = mean(evening.map { ($0 - eveningMean) * ($0 - eveningMean) }).squareRoot()
    #expect(deviation > 100)
  }

  @Test("weekends and holidays are cheaper than weekdays")
  func kindsOfDay() throws {
    let demonstration = try DemonstrationProvince.shared.get()
    let holidays = demonstration.holidays
    let weekdays = mean(demonstration.prices { $0.weekday <= 5 && !holidays.contains($0) })
    #expect(mean(demonstration.prices { $0.weekday >= 6 && !holidays.contains($0) }) < weekdays - 15)
    #expect(mean(demonstration.prices { holidays.contains($0) }) < weekdays - 40)
  }

  @Test("the bidding space explains most of the price")
  func biddingSpace() throws {
    let demonstration = try DemonstrationProvince.shared.get()
    let expected = Array(try demonstration.biddingSpace(.forecast).prefix(demonstration.dayAhead.count))
    #expect(correlation(ranks(expected), ranks(demonstration.dayAhead)) > 0.8)
    let actual = try demonstration.biddingSpace(.actual)
    #expect(correlation(ranks(actual), ranks(demonstration.realTime)) > 0.78)
  }

  @Test("a day resembles the day before, but not too much")
  func dayToDay() throws {
    let demonstration = try DemonstrationProvince.shared.get()
    let days = (0..<demonstration.province.days).map { day in
      mean(Array(demonstration.dayAhead[day * 96..<(day + 1) * 96]))
    }
    let persistence = correlation(Array(days.dropLast()), Array(days.dropFirst()))
    #expect(persistence > 0.35 && persistence < 0.9)
  }

  @Test("real-time prices follow day-ahead prices without equalling them")
  func realTime() throws {
    let demonstration = try DemonstrationProvince.shared.get()
    let likeness = correlation(demonstration.dayAhead, demonstration.realTime)
    #expect(likeness > 0.6 && likeness < 0.95)
  }
}
