import Foundation
import Testing

/// Workspaces that are made once for all tests and then copied. Every copy is a folder "desk": the name stands in the
/// reports.
enum Workspaces {
  /// The demonstration province as `spotdesk init --demo` makes it.
  static func demonstration() throws -> URL { try copy(of: try madeDemonstration.get()) }

  /// A market of 75 days, 2023-01-01 to 2023-03-16, with prices and demand from ``SpotFile``, and three units.
  static func small() throws -> URL { try copy(of: try madeSmall.get()) }

  /// The day that tests prepare in the small workspace; two days with prices follow its own gate.
  static let smallDay = "2023-03-15"

  static func copy(of workspace: URL) throws -> URL {
    let copy = try Acceptance.newFolder().appending(path: "desk")
    try FileManager.default.copyItem(at: workspace, to: copy)
    return copy
  }

  static func newSmall(_ file: SpotFile) throws -> URL {
    let folder = try Acceptance.newFolder().appending(path: "desk")
    _ = try SpotDesk.run("init", folder.path, "--rules", "shandong").succeeded()
    _ = try SpotDesk.run("import", try file.written().path, "--format", "spot96", workspace: folder).succeeded()
    _ = try SpotDesk.run("import", try smallRegister().path, "--format", "units", workspace: folder).succeeded()
    return folder
  }

  /// Three units of the demonstration: 1,000 MW, 660 MW and 350 MW.
  static func smallRegister() throws -> URL {
    let file = Acceptance.root.appending(path: "data/demonstration/units.csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    let chosen = lines.filter { line in ["unit", "HY-1", "LS-1", "QL-3"].contains { line.hasPrefix($0 + ",") } }
    try #require(chosen.count == 4)
    return try Acceptance.newFile("units.csv", chosen.joined(separator: "\n") + "\n")
  }

  private static let madeDemonstration = Result { () throws -> URL in
    let folder = try Acceptance.newFolder().appending(path: "desk")
    let run = try SpotDesk.run("init", "--demo", folder.path).succeeded()
    try #require(run.text.contains("simulated"))
    return folder
  }

  private static let madeSmall = Result { try newSmall(SpotFile()) }
}

/// Demand and prices in the form "spot96": made up, the same in every run.
struct SpotFile {
  /// Days since 2023-01-01.
  var days = 0..<75
  var header = "day,time,demand,clearing price (CNY/MWh)"
  var demand: (_ day: Int, _ interval: Int) -> String = { "\(Int(40_000 + 6_000 * wave($0, $1, phase: 40)))" }
  var price: (_ day: Int, _ interval: Int) -> String = { "\(Int(340 + 180 * wave($0, $1, phase: 60)))" }
  /// Changes a row; nil leaves it out.
  var row: (_ day: Int, _ interval: Int, _ text: String) -> [String] = { [$2] }

  /// Between about -1.3 and 1.3: a day's wave, a week's wave and a little disorder.
  static func wave(_ day: Int, _ interval: Int, phase: Double) -> Double {
    let disorder = Double((day &* 7_919 &+ interval &* 104_729 &+ day &* interval &* 31) % 101) / 101 - 0.5
    return sin((Double(interval) - phase) / 96 * 2 * .pi) + 0.15 * cos(Double(day) / 7 * 2 * .pi) + 0.3 * disorder
  }

  static func label(day: Int) -> String {
    String(Date(timeIntervalSince1970: Double(1_672_531_200 + day * 86_400)).ISO8601Format().prefix(10))
  }

  static func label(interval: Int) -> String { "\(interval / 4):" + ["00", "15", "30", "45"][interval % 4] }

  var text: String {
    var lines = [header]
    for day in days {
      let name = SpotFile.label(day: day)
      for interval in 1...96 {
        let cells = [name, SpotFile.label(interval: interval), demand(day, interval), price(day, interval)]
        lines += row(day, interval, cells.joined(separator: ","))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  func written(_ name: String = "prices.csv") throws -> URL { try Acceptance.newFile(name, text) }
}

private func wave(_ day: Int, _ interval: Int, phase: Double) -> Double { SpotFile.wave(day, interval, phase: phase) }
