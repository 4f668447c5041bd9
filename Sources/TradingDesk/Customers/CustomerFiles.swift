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
  /// Plans by day, or by period of a day.
  public var plan: URL?
  public var meters: URL?
  public var opinions: URL?
  public var demandResponse: URL?
  /// Green energy by hour.
  public var greenHours: URL?
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
  /// Reads a portfolio; the load is read row by row and kept as sums, by hour only for listed customers with hourly plans or
  /// hourly green energy.
  ///
  /// - Throws: `DeskProblem` if a file is missing or wrong.
  func portfolio(_ files: CustomerFiles, threads: Int) throws -> PortfolioRecords {
    try inRetailTerms {
      let listed = try optional(files.customers) { try RetailFiles.customers($0) }
      let hourlyPlans = try optional(files.plan) { try RetailRecordFiles.hourly($0, energy: "plan_mwh") }
      let hourlyGreen = try optional(files.greenHours) { try RetailRecordFiles.hourly($0, energy: "green_mwh") }
      let places = LoadPlaces(
        listed?.map(\.id), meters: try optional(files.meters) { try RetailRecordFiles.meters($0) })
      var detailed: Set<Int> = []
      for (position, customer) in (listed ?? []).enumerated()
      where hourlyPlans?[customer.id] != nil || hourlyGreen?[customer.id] != nil { detailed.insert(position) }
      let accumulator = LoadAccumulator(
        customers: places.count, hours: try marketHours(files), detailed: detailed,
        shared: places.customersOfSeveralMeters)
      let rows = try readLoad(files, places) { customer, day, hour, energy in
        accumulator.add(customer: customer, day: day, hour: hour, energyMWh: energy)
      }
      let customers = listed ?? places.names.map { RetailCustomer(id: $0) }
      let loads = try accumulator.finish(customers: customers.count)
      progress("\(customers.count) customers, \(rows) rows of load, window to \(loads.lastDay)")
      var records = try self.records(files, customers, loads)
      records.hourlyPlans = hourlyPlans
      records.hourlyGreen = hourlyGreen
      return records
    }
  }

  /// Reads the load row by row; readings of meters go to their customers. Returns how many rows there were.
  func readLoad(
    _ files: CustomerFiles, _ places: LoadPlaces, sink: (_ customer: Int, _ day: Int, _ hour: Int, Double) -> Void
  ) throws -> Int {
    let file = try readingExisting(files.load) {
      try RetailLoadFile.read(
        files.load, unit: files.loadUnit, position: { places.place(of: $0) },
        sink: { place, day, hour, energy in
          places.forEachPart(place) { customer, factor in sink(customer, day, hour, energy * factor) }
        })
    }
    file.notes.forEach(progress)
    if let first = places.unknown.first {
      progress(
        "\(file.file): \(places.unknown.count) names are in neither the customer nor the meter file and were passed over, such as \"\(first)\""
      )
    }
    return file.rows
  }

  private func records(
    _ files: CustomerFiles, _ customers: [RetailCustomer], _ loads: PortfolioLoads
  ) throws -> PortfolioRecords {
    let plans = try optional(files.plan) { try RetailMarketFiles.plans($0) }
    var records = PortfolioRecords(
      customers: customers, loads: loads,
      contracts: try optional(files.contracts) { try RetailFiles.contracts($0) } ?? [],
      payments: try optional(files.payments) { try RetailFiles.payments($0) },
      green: try optional(files.green) { try RetailFiles.green($0) },
      registry: try optional(files.registry) { try RetailFiles.registryEvents($0) },
      plans: plans.map { plans in customers.map { plans[$0.id] ?? [:] } })
    records.demandResponse = try optional(files.demandResponse) { try RetailRecordFiles.demandResponse($0) }
      .map { Dictionary(grouping: $0, by: \.customer) }
    return records
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

  func optional<Value>(_ file: URL?, _ read: (URL) throws -> Value) throws -> Value? {
    try file.map { file in try readingExisting(file) { try read(file) } }
  }
}
