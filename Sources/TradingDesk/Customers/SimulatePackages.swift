public import Foundation
internal import MarketModel
internal import NumericMethods
internal import RetailValue

/// Which packages to simulate for whom.
public struct PackagesRequest: Sendable {
  public var files: CustomerFiles
  /// nil: `data/customers/packages.json`.
  public var packages: URL?
  /// Rule id of `data/customers/package-rules.json` and the day on which it is in force; nil: no rules.
  public var rules: String?
  public var rulesDay = "2026-03-01"
  /// One customer; nil: all.
  public var customer: String?
  public var scenarios = 200
  /// Proposals that sales can make; nil: one for everybody.
  public var capacity: Int?
  /// Highest CVaR (5 %) of the change of the portfolio's margin; nil: none.
  public var riskLimit: Double?
  public var seed: UInt64 = 1
  public var threads = 1

  public init(files: CustomerFiles) { self.files = files }
}

extension TradingDesk {
  /// Simulates every package for every customer, makes three offers each, and chooses whom to propose what.
  ///
  /// - Throws: `DeskProblem` if a file is missing or wrong, there are no hourly loads or prices, or the customer is not known.
  public func simulatePackages(_ request: PackagesRequest) throws -> PackagesReport {
    let records = try portfolio(request.files, threads: request.threads)
    let (simulation, all) = try simulated(records, request)
    var chosen = all
    if let name = request.customer {
      chosen = all.filter { records.customers[$0.customer].id == name }
      guard !chosen.isEmpty else { throw DeskProblem(.notFound, "There is no customer \"\(name)\" with a load.") }
    }
    let plan = try inRetailTerms {
      try PortfolioOffers(
        chosen, capacity: request.capacity ?? chosen.count, riskLimit: request.riskLimit,
        tail: simulation.settings.tail)
    }
    return PackagesReport(records, simulation, chosen, plan, request)
  }

  func simulated(
    _ records: PortfolioRecords, _ request: PackagesRequest
  ) throws -> (PackageSimulation, [CustomerOffers]) {
    let rules = try packageRules(request)
    var settings = SimulationSettings()
    settings.scenarios = request.scenarios
    settings.seed = request.seed
    settings.threads = request.threads
    let file = request.packages ?? dataDirectory.appending(path: "customers/packages.json")
    let templates = try readingExisting(file) { try decodedJSON(PackageFile.self, file) }
    let simulation = try inRetailTerms {
      let forward = try PackageSimulation(records, packages: [], rules: nil, settings: settings).forwardPrice
      return try PackageSimulation(
        records, packages: try templates.resolved(forward: forward), rules: rules, settings: settings)
    }
    progress(
      "\(records.customers.count) customers × \(simulation.packages.count) packages × \(request.scenarios) scenarios")
    let offers = concurrentMap(count: records.customers.count, threads: request.threads) { customer in
      let terms = records.contracts[customer].flatMap {
        PackageSimulation.present(
          RetailPackageTerms(fixedPrice: $0.fixedPrice, linkedShare: $0.linkedShare, uplift: $0.uplift))
      }
      return simulation.offers(records, customer: customer, present: terms, rules: rules)
    }
    return (simulation, offers.filter { $0.offers[0].outcome.energyMWh > 0 })
  }

  private func packageRules(_ request: PackagesRequest) throws -> PackageRules? {
    guard let id = request.rules else { return nil }
    let file = dataDirectory.appending(path: "customers/package-rules.json")
    let all = try readingExisting(file) { try decodedJSON([PackageRules].self, file) }
    guard let rules = PackageRules.inForce(id, on: request.rulesDay, among: all) else {
      throw DeskProblem(
        .notFound,
        "There are no package rules \"\(id)\" on \(request.rulesDay); there are \(Set(all.map(\.id)).sorted().joined(separator: ", "))."
      )
    }
    return rules
  }

  func decodedJSON<Value: Decodable>(_ type: Value.Type, _ file: URL) throws -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(contentsOf: file))
    } catch let problem as DecodingError {
      throw DeskProblem(.badData, "\(file.relativePath) cannot be read: \(problem.sentence).")
    } catch {
      throw DeskProblem(.badData, "\(file.relativePath) cannot be read.")
    }
  }
}

extension DecodingError {
  /// Where and what is wrong, in words.
  fileprivate var sentence: String {
    let place = { (context: Context) in context.codingPath.map(\.stringValue).joined(separator: ".") }
    switch self {
    case .keyNotFound(let key, let context): return "\"\(key.stringValue)\" is missing at \(place(context))"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "a value of another kind is at \(place(context))"
    case .dataCorrupted(let context):
      return context.codingPath.isEmpty ? "it is no JSON" : "a value is not known at \(place(context))"
    @unknown default: return "it has another layout"
    }
  }
}
