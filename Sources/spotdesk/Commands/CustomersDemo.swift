import ArgumentParser
import Foundation
import TradingDesk

struct CustomersDemo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Writes a portfolio made by construction: 1,000 customers with a year of hourly loads.",
    discussion: """
      spotdesk customers demo demo-customers
      spotdesk customers score --customers demo-customers/customers.csv --load demo-customers/load.csv \\
        --contracts demo-customers/contracts.csv --payments demo-customers/payments.csv --prices demo-customers/prices.csv

      spotdesk customers demo companions --for data.csv.gz

      Nothing in it was measured, and its README.md says so. load.csv may be a named pipe, for portfolios larger than the disk.
      """)

  @Argument(help: ArgumentHelp("The folder.", valueName: "dir"))
  var folder: String

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(
      "Only customers, contracts and payments, for the customers of this real load.", valueName: "file"))
  var load: String?

  @Option(help: "Number of customers.")
  var customers = 1_000

  @Option(help: "Seed of everything random.")
  var seed: UInt64 = 1

  @Flag(name: [.short, .long], help: "No message of files that are written.")
  var quiet = false

  func validate() throws {
    guard (1...1_000_000).contains(customers) else {
      throw ValidationError("--customers is \(customers); use 1 to 1000000.")
    }
  }

  func run() throws {
    try reporting {
      let desk = try TradingDesk.withoutWorkspace(quiet: quiet)
      if let load {
        try desk.writeDemonstrationCompanions(
          of: URL(filePath: load), unit: nil, seed: seed, to: URL(filePath: folder))
      } else {
        try desk.writeDemonstrationCustomers(count: customers, seed: seed, to: URL(filePath: folder))
      }
      if !quiet { StandardError.write("wrote simulated customers to \(folder)\n") }
    }
  }
}
