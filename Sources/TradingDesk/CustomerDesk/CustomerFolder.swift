public import Foundation

/// The portfolio of a workspace: files of a folder "customers", named as `spotdesk customers demo` names them. All but the load may
/// be missing.
public struct CustomerFolder: Sendable {
  public let directory: URL

  /// Cases of load alerts, kept from one look to the next.
  public var ledger: URL { directory.appending(path: "alerts.json") }

  private static let names = [
    "load", "customers", "contracts", "payments", "green", "registry", "plan", "meters", "opinions", "demand-response",
    "green-hours", "prices", "time-of-use",
  ]

  /// Every file that an answer depends on, whether it is there or not.
  public var files: [URL] {
    CustomerFolder.names.flatMap {
      [directory.appending(path: $0 + ".csv"), directory.appending(path: $0 + ".csv.gz")]
    }
      + [ledger]
  }

  public var exists: Bool { file("load") != nil }

  private func file(_ name: String) -> URL? {
    // Sentences name a file without the folder.
    [".csv", ".csv.gz"].map { URL(filePath: name + $0, relativeTo: directory) }.first { FileStamp($0) != nil }
  }

  /// - Throws: `DeskProblem` "not found" if there is no load.
  func portfolio() throws -> CustomerFiles {
    guard let load = file("load") else {
      throw DeskProblem(
        .notFound,
        "The workspace has no customers: put load.csv, and customers.csv, contracts.csv, payments.csv, prices.csv if you have them, into \(directory.lastPathComponent)/."
      )
    }
    var files = CustomerFiles(load: load, customers: file("customers"))
    files.contracts = file("contracts")
    files.payments = file("payments")
    files.green = file("green")
    files.registry = file("registry")
    files.plan = file("plan")
    files.meters = file("meters")
    files.opinions = file("opinions")
    files.demandResponse = file("demand-response")
    files.greenHours = file("green-hours")
    files.prices = file("prices")
    files.timeOfUse = file("time-of-use")
    return files
  }

  /// True if a README.md beside the files says that they were made up.
  var isSimulated: Bool {
    let note = (try? String(contentsOf: directory.appending(path: "README.md"), encoding: .utf8)) ?? ""
    return note.hasPrefix("SIMULATED")
  }
}

extension TradingDesk {
  public var customerFolder: CustomerFolder {
    CustomerFolder(directory: workspace.directory.appending(path: "customers", directoryHint: .isDirectory))
  }
}
