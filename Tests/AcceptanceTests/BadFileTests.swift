import Foundation
import Testing

/// A file that must be refused whole, and the words that its sentence needs.
struct BadFile: CustomTestStringConvertible, Sendable {
  let testDescription: String
  var format = "spot96"
  let content: @Sendable () throws -> Data
  let words: [String]

  init(_ name: String, format: String = "spot96", words: [String], content: @escaping @Sendable () throws -> Data) {
    testDescription = name
    self.format = format
    self.content = content
    self.words = words
  }

  /// Two days after those of the small workspace, changed.
  static func spot(_ name: String, words: [String], change: @escaping @Sendable (inout SpotFile) -> Void) -> BadFile {
    BadFile(name, words: words) {
      var file = SpotFile(days: 75..<77)
      change(&file)
      return Data(file.text.utf8)
    }
  }

  /// The small register with one text replaced.
  static func register(_ name: String, words: [String], replacing old: String, with new: String) -> BadFile {
    BadFile(name, format: "units", words: words) {
      let text = try String(contentsOf: try Workspaces.smallRegister(), encoding: .utf8)
      try #require(text.contains(old))
      return Data(text.replacing(old, with: new, maxReplacements: 1).utf8)
    }
  }

  static let all =
    series + registers + [
      BadFile("an empty file", words: ["bad.csv", "has no rows under a header", "Check that it is the file you meant"])
      {
        Data()
      },
      BadFile("a truncated gzip file", words: ["bad.csv", "gzip stream ends early", "bytes", "fetch the file again"]) {
        let plain = try SpotFile(days: 75..<77).written()
        _ = try SystemTool.run("gzip", "--keep", plain.path).succeeded()
        let whole = try Data(contentsOf: plain.appendingPathExtension("gz"))
        return whole.prefix(whole.count / 2)
      },
    ]

  static let series: [BadFile] = [
    .spot("a missing column", words: ["bad.csv", "missing column \"demand\"", "the header has", "\"load\"", "rename"]) {
      $0.header = "day,time,load,clearing price (CNY/MWh)"
    },
    .spot(
      "95 intervals", words: ["bad.csv:", "2023-03-17 has 95 of 96 intervals", "08:15 is missing", "Add the rows"]
    ) {
      $0.row = { $0 == 75 && $1 == 33 ? [] : [$2] }
    },
    .spot(
      "a price of abc",
      words: [
        "bad.csv:6", "column \"clearing price (CNY/MWh)\"", "\"abc\"", "01:15 of 2023-03-17", "a number is needed",
      ]
    ) {
      let price = $0.price
      $0.price = { $0 == 75 && $1 == 5 ? "abc" : price($0, $1) }
    },
    .spot(
      "demand in kW",
      words: ["bad.csv", "column \"demand\"", "outside 100…1,000,000 MW", "It looks like kW", "divide by 1,000"]
    ) {
      let demand = $0.demand
      $0.demand = { demand($0, $1) + "000" }
    },
    .spot("an interval twice", words: ["bad.csv:12", "interval 02:30 of 2023-03-17 stands twice", "keep one row"]) {
      $0.row = { $0 == 75 && $1 == 10 ? [$2, $2] : [$2] }
    },
    .spot(
      "another price for an interval that is known",
      words: [
        "price.day-ahead, 2023-03-16 00:15", "777", "is known from prices.csv", "Nothing of the file was imported",
      ]
    ) {
      $0.days = 74..<76
      $0.price = { _, _ in "777" }
    },
  ]

  static let registers: [BadFile] = [
    .register(
      "a unit with its minimum above its maximum",
      words: [
        "bad.csv:2", "Unit HY-1", "minimum stable output 1400 MW is above rated capacity 1000 MW", "Correct",
      ], replacing: "HY-1,Haiyan,1000,400,", with: "HY-1,Haiyan,1000,1400,"),
    .register(
      "a register without a column",
      words: ["bad.csv", "missing column \"ramp_up_MW_per_min\"", "the header has"],
      replacing: "ramp_up_MW_per_min", with: "ramp"),
    .register(
      "a unit twice",
      words: ["bad.csv:3", "column \"unit\"", "unit HY-1 is in the register twice", "line 2", "keep one"],
      replacing: "LS-1,", with: "HY-1,"),
  ]
}

extension Acceptance {
  @Suite("A wrong file is refused whole with one sentence") struct BadFileTests {
    @Test("refused, nothing changed, and a good file goes in afterwards", arguments: BadFile.all)
    func refused(_ bad: BadFile) throws {
      let workspace = try Workspaces.small()
      let before = try Store.contents(of: workspace)
      let file = try Acceptance.newFolder().appending(path: "bad.csv")
      try bad.content().write(to: file)
      let run = try SpotDesk.run("import", file.path, "--format", bad.format, workspace: workspace)
      expectRefusal(run, exit: 65, saying: bad.words)
      #expect(try Store.contents(of: workspace) == before, "the refused file left something behind")
      let good = try SpotFile(days: 75..<76).written("good.csv")
      let after = try SpotDesk.run("import", good.path, "--format", "spot96", workspace: workspace).succeeded()
      #expect(after.text.contains("good.csv: 96 rows, 2023-03-17 to 2023-03-17, 2 series-days"))
    }

    @Test("a file that is not there")
    func missing() throws {
      let workspace = try Workspaces.small()
      let run = try SpotDesk.run("import", "/nowhere/prices.csv", "--format", "spot96", workspace: workspace)
      expectRefusal(run, exit: 66, saying: ["/nowhere/prices.csv does not exist", "name the file"])
    }

    @Test("the same file again changes nothing and says so")
    func again() throws {
      let workspace = try Workspaces.small()
      let before = try Store.contents(of: workspace)
      let file = try SpotFile().written()
      let run = try SpotDesk.run("import", file.path, "--format", "spot96", workspace: workspace).succeeded()
      #expect(run.text.contains("nothing changed"))
      #expect(try Store.contents(of: workspace) == before)
    }

    @Test("with --skip-bad-rows the wrong day is left out whole and counted")
    func skipped() throws {
      var file = SpotFile(days: 75..<78)
      file.row = { $0 == 76 && $1 == 33 ? [] : [$2] }
      let workspace = try Workspaces.small()
      let run = try SpotDesk.run(
        "import", try file.written().path, "--format", "spot96", "--skip-bad-rows", "--json", workspace: workspace
      ).succeeded()
      let report = try run.json()
      #expect(report["skipped_days"] as? Int == 1 && report["days"] as? Int == 2)
    }
  }
}
