import MarketModel
import MarketTestSupport
import Testing

@Suite("Bid curves and contracts") struct BidCurveTests {
  static func curve(_ form: CurveForm) throws -> BidCurve {
    try BidCurve(
      form: form,
      points: [(200, 200), (300, 250), (400, 300)].map {
        BidPoint(output: .megawatts($0), price: .perMegawattHour($1))
      })
  }

  @Test(
    "the documented table of what clears at a price",
    arguments: [
      (199.0, 0.0, 0.0), (200, 200, 200), (225, 200, 250), (250, 300, 300), (300, 400, 400), (1_300, 400, 400),
    ])
  func table(price: Double, steps: Double, slopes: Double) throws {
    #expect(try Self.curve(.steps).offered(at: .perMegawattHour(price)).megawatts == steps)
    #expect(try Self.curve(.slopes).offered(at: .perMegawattHour(price)).megawatts == slopes)
  }

  @Test("going from 200 to 300 MW costs 22,500 an hour under slopes and 30,000 under steps")
  func exactCost() throws {
    let points = [
      BidPoint(output: .megawatts(200), price: .perMegawattHour(200)),
      BidPoint(output: .megawatts(400), price: .perMegawattHour(300)),
    ]
    for (form, expected) in [(CurveForm.slopes, 22_500.0), (.steps, 30_000)] {
      let curve = try BidCurve(form: form, points: points)
      #expect(curve.offeredCostPerHour(atMegawatts: 300) - curve.offeredCostPerHour(atMegawatts: 200) == expected)
    }
  }

  @Test("points that fall or do not rise make no curve")
  func structure() {
    let point = { (output: Double, price: Double) in
      BidPoint(output: .megawatts(output), price: .perMegawattHour(price))
    }
    #expect(throws: BidCurveError.noSegments) { try BidCurve(form: .steps, points: []) }
    #expect(throws: BidCurveError.priceFalls(atSegment: 2, from: .perMegawattHour(320), to: .perMegawattHour(318))) {
      try BidCurve(form: .steps, points: [point(150, 320), point(180, 318)])
    }
    #expect(throws: BidCurveError.emptySegment(number: 2, from: .megawatts(150), to: .megawatts(150))) {
      try BidCurve(form: .steps, points: [point(150, 320), point(150, 330)])
    }
  }

  @Test("a contract pays the price difference on its quantity, exactly")
  func contract() throws {
    let contract = ContractForDifference(
      id: "C1", counterparty: "buyer", firstDay: Example.day, lastDay: Example.day, fromMinute: 480, toMinute: 600,
      power: .megawatts(50), price: .perMegawattHour(380), reference: .dayAhead)
    let prices = IntervalSeries(Example.grid(), repeating: EnergyPrice.perMegawattHour(300))
    // 50 MW × 2 h × (380 − 300)
    #expect(try contract.payment(against: prices).text == "8000.00")
  }

  @Test("units order by the numbers in their names, and a register with two of one name is refused")
  func portfolio() throws {
    let portfolio = try Portfolio(units: [Example.unit("P10"), Example.unit("P2"), Example.unit("P1")])
    #expect(portfolio.units.map(\.id.text) == ["P1", "P2", "P10"])
    #expect(throws: PortfolioError.self) { try Portfolio(units: [Example.unit("P1"), Example.unit("P1")]) }
    #expect {
      try Portfolio(units: [Example.unit("P1", rated: 330, minimum: 340)])
    } throws: {
      "\($0)"
        == "Unit P1: minimum stable output 340 MW is above rated capacity 330 MW. Correct the unit register."
    }
  }

  @Test("fuel curves: the quadratic and its piecewise form agree at the points")
  func fuel() {
    let quadratic = FuelCurve.quadratic(constant: 9, linear: 0.25, quadratic: 0.0001)
    let points = stride(from: 100.0, through: 300, by: 50).map {
      FuelPoint(megawatts: $0, tonnesPerHour: quadratic.tonnesPerHour(atMegawatts: $0))
    }
    let piecewise = FuelCurve.piecewise(points)
    for point in points {
      #expect(abs(piecewise.tonnesPerHour(atMegawatts: point.megawatts) - point.tonnesPerHour) < 1e-12)
    }
    // 9 + 0.25·200 + 0.0001·200² = 63 t/h
    #expect(abs(quadratic.tonnesPerHour(atMegawatts: 200) - 63) < 1e-12)
  }
}
