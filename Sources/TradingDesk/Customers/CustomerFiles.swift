public import Foundation
internal import MarketData
internal import MarketModel
internal import RetailValue

/// The files that describe a retail portfolio; all but the load may be missing.
public struct CustomerFiles: Sendable {
  public var load: URL
  public var customers: URL?
  public var contracts: URL?
  public var payments: URL?
  public var green: URL?
  public var registry: URL?
  public var plan: URL?
  public var prices: URL?
  /// nil: `data/customers/time-of-use.csv`.
  public var timeOfUse: URL?
  /// "kwh", "mwh" or "wankwh"; nil: as the file says.
  public var loadUnit: String?

  public init(load: URL, customers: URL? = nil) {
    self.load = load
    self.customers = customers
  }
}

extension TradingDesk {
  /// Reads a portfolio; the load is read row by row and kept as sums.
  ///
  /// - Throws: `DeskProblem` if a file is missing or wrong.
  func portfolio(_ files: CustomerFiles, threads: Int) throws -> PortfolioRecords {
    try inRetailTerms {
      var customers = try optional(files.customers) { try RetailFiles.customers($0) } ?? []
      let isListed = files.customers != nil
      let hours = try marketHours(files)
      var positions: [String: Int] = [:]
      for (position, customer) in customers.enumerated() { positions[customer.id] = position }
      let names = NameList()
      let accumulator = LoadAccumulator(customers: customers.count, hours: hours)
      let known = positions
      let count = customers.count
      let file = try readingExisting(files.load) {
        try RetailLoadFile.read(
          files.load, unit: files.loadUnit,
          position: { name in isListed ? known[name] ?? names.unknown() : names.position(of: name) },
          sink: { customer, day, hour, energy in
            if !isListed || customer < count {
              accumulator.add(customer: customer, day: day, hour: hour, energyMWh: energy)
            }
          })
      }
      file.notes.forEach(progress)
      if names.unknownCount > 0 {
        progress("\(file.file): \(names.unknownCount) customers are not in the customer file and were passed over")
      }
      if !isListed { customers = names.names.map { RetailCustomer(id: $0) } }
      let loads = try accumulator.finish(customers: customers.count)
      progress("\(customers.count) customers, \(file.rows) rows of load, window to \(loads.lastDay)")
      let plans = try optional(files.plan) { try RetailMarketFiles.plans($0) }
      return PortfolioRecords(
        customers: customers, loads: loads,
        contracts: try optional(files.contracts) { try RetailFiles.contracts($0) } ?? [],
        payments: try optional(files.payments) { try RetailFiles.payments($0) },
        green: try optional(files.green) { try RetailFiles.green($0) },
        registry: try optional(files.registry) { try RetailFiles.registryEvents($0) },
        plans: plans.map { plans in customers.map { plans[$0.id] ?? [:] } })
    }
  }

  private func marketHours(_ files: CustomerFiles) throws -> PriceHours {
    let table = files.timeOfUse ?? dataDirectory.appending(path: "customers/time-of-use.csv")
    let names = try readingExisting(table) { try RetailMarketFiles.bands(table) }
    let bands = try names.map { name -> TimeOfUse.Band in
      guard let band = TimeOfUse.Band(name: name) else {
        throw DeskProblem(
          .badData, "\(table.relativePath): there is no band \"\(name)\"; write deep, valley, flat, peak or tip.")
      }
      return band
    }
    return PriceHours(
      prices: try optional(files.prices) { try RetailMarketFiles.prices($0) } ?? [], bands: TimeOfUse(bands: bands))
  }

  private func optional<Value>(_ file: URL?, _ read: (URL) throws -> Value) throws -> Value? {
    try file.map { file in try readingExisting(file) { try read(file) } }
  }
}

/// Names in the order in which they were met.
private final class NameList {
  private(set) var names: [String] = []
  private(set) var unknownCount = 0

  func position(of name: String) -> Int {
    names.append(name)
    return names.count - 1
  }

  func unknown() -> Int {
    unknownCount += 1
    return Int.max
  }
}
