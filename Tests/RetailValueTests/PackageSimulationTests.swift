import MarketModel
import NumericMethods
import RetailValue
import Testing

@Suite("Packages: simulation and choice") struct PackageSimulationTests {
  static let simulation = Result { () throws -> (PortfolioRecords, PackageSimulation, [CustomerOffers]) in
    let records = try ExamplePortfolio.records(24)
    var settings = SimulationSettings()
    settings.scenarios = 60
    let packages = [
      RetailPackage.fixed("F", price: 340), .timeOfUse("T", bands: [200, 250, 330, 420, 480]), .linked("L6", uplift: 6),
      .linked("L10", uplift: 10), RetailPackage.linked("G", uplift: 8).withGreen(share: 0.3, price: 10),
    ]
    let simulation = try PackageSimulation(records, packages: packages, rules: nil, settings: settings)
    let offers = (0..<24).map { customer in
      simulation.offers(records, customer: customer, present: .linked("now", uplift: 7), rules: nil)
    }
    return (records, simulation, offers)
  }

  @Test("CVaR is the mean of the worst twentieth, and the minimum of the programme's formula")
  func tail() {
    var random = SplitMix64(seed: 8)
    let margins = (0..<200).map { _ in 100 * random.nextGaussian() }
    let worst = -margins.sorted().prefix(10).reduce(0, +) / 10
    #expect(abs(lossTail(margins, tail: 0.05) - worst) < 1e-12)
    let formula = margins.map { -$0 }.map { threshold in
      threshold + margins.reduce(0) { $0 + max(0, -$1 - threshold) } / (0.05 * 200)
    }.min()
    #expect(abs((formula ?? 0) - worst) < 1e-9)
  }

  @Test(
    "a linked package's margin does not move with the price; what the customer saves by 4 less uplift the company loses"
  )
  func linked() throws {
    let (records, simulation, _) = try Self.simulation.get()
    let outcomes = simulation.outcomes(
      records, customer: 3, packages: [.linked("A", uplift: 6), .linked("B", uplift: 10)])
    #expect(outcomes[0].lossProbability == 0)
    let energy = zip(outcomes[0].bills, outcomes[1].bills).map { Double($1 - $0) / 4 }
    for (margins, energy) in zip(zip(outcomes[0].margins, outcomes[1].margins), energy) {
      let kept = 1 - (records.customers[3].channelKeeps ?? 0)
      #expect(abs(Double(margins.1 - margins.0) - 4 * kept * energy) < 0.01 * energy)
    }
  }

  @Test("present terms and up to three offers, all different, probabilities that add up to one")
  func offers() throws {
    let (_, _, all) = try Self.simulation.get()
    for customer in all {
      #expect(customer.offers[0].role == .present && customer.offers.count <= 4)
      #expect(Set(customer.offers.map(\.package.id)).count == customer.offers.count)
      #expect(abs(customer.offers.reduce(0) { $0 + $1.acceptance } - 1) < 1e-9)
      #expect(customer.upside >= 0)
    }
    #expect(all.contains { $0.offers.count == 4 })
  }

  @Test("proposals keep to capacity and risk, and come near the relaxed programme and an exhaustive search")
  func choice() throws {
    let (_, _, all) = try Self.simulation.get()
    let free = try PortfolioOffers(all, capacity: 24, riskLimit: nil)
    let tight = try PortfolioOffers(all, capacity: 5, riskLimit: nil)
    #expect(tight.choices.count <= 5 && tight.expectedGain <= free.expectedGain)
    #expect(tight.expectedGain >= 0.99 * tight.bound)
    let best = all.map { offers in offers.candidates.map { $0.acceptance * $0.marginChange }.max() ?? 0 }
      .filter { $0 > 0 }.sorted(by: >)
    #expect(abs(free.expectedGain - best.reduce(0, +)) < 1e-6 * max(1, free.expectedGain))
    #expect(abs(tight.expectedGain - best.prefix(5).reduce(0, +)) < 1e-6 * max(1, tight.expectedGain))
    let limit = free.conditionalValueAtRisk - 0.3 * abs(free.conditionalValueAtRisk) - 1
    let careful = try PortfolioOffers(all, capacity: 24, riskLimit: max(limit, 1))
    #expect(careful.conditionalValueAtRisk <= max(limit, 1) + 1e-6)
  }

  @Test("the same seed gives the same outcomes")
  func repeatable() throws {
    let (records, simulation, all) = try Self.simulation.get()
    let again = simulation.offers(records, customer: 5, present: .linked("now", uplift: 7), rules: nil)
    #expect(again.offers == all[5].offers)
  }
}
