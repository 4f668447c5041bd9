import Foundation
import PowerSystem
import Testing

@testable import MarketData

@Suite("Commitment folder") struct CommitmentFolderTests {
  private let fixture: Fixture

  init() throws { fixture = try Fixture() }

  private func read(_ text: String, _ format: CommitmentFormat) throws -> CommitmentProblem {
    try readCommitmentProblem(at: fixture.file("case.json", text), format: format)
  }

  /// Something of everything.
  private func everything() throws -> CommitmentProblem {
    var problem = try read(UnitCommitmentJlTests.text, .unitCommitmentJl)
    problem.directCurrentLines = [DirectCurrentLine(name: "d, \"c\"", from: 0, to: 1, limits: -1.5...2e-7)]
    problem.branches[0].angleDifference = -0.5...0.25
    problem.branches[1].phaseShift = 0.1
    problem.branches[1].resistance_perMW = 1 / 3
    problem.branches[1].overloadCost_perMWh = nil
    problem.surplusCost_perMWh = 12.5
    problem.units[0].shutDownCost = 8
    problem.units[0].fixedStatus = [true, false]
    return problem
  }

  private func roundTrip(_ problem: CommitmentProblem) throws -> CommitmentProblem {
    let folder = fixture.folder.appending(path: UUID().uuidString)
    try writeCommitmentProblem(problem, to: folder)
    return try readCommitmentProblem(at: folder, format: .folder)
  }

  @Test("what is written is read as the same problem") func roundTrips() throws {
    let problem = try everything()
    #expect(try roundTrip(problem) == problem)
    let plain = try read(PglibFileTests.text, .pglib)
    #expect(try roundTrip(plain) == plain)
    let bare = CommitmentProblem(name: "", intervalCount: 1, buses: [Bus(name: "b", demand: [1])])
    #expect(try roundTrip(bare) == bare)
  }

  @Test("a second writing leaves nothing of the first") func rewriting() throws {
    let folder = fixture.folder.appending(path: "twice")
    let bare = CommitmentProblem(name: "x", intervalCount: 1, buses: [Bus(name: "b", demand: [1])])
    try writeCommitmentProblem(everything(), to: folder)
    try writeCommitmentProblem(bare, to: folder)
    #expect(try readCommitmentProblem(at: folder, format: .folder) == bare)
  }

  @Test("names that cannot be told apart are not written") func names() throws {
    for name in ["b", "", " x"] {
      let problem = CommitmentProblem(
        name: "x", intervalCount: 1, buses: [Bus(name: "b", demand: [1]), Bus(name: name, demand: [1])])
      #expect(throws: ImportProblem.self) { try roundTrip(problem) }
    }
  }

  @Test("one sentence for what is wrong") func refusals() throws {
    let cases: [(file: String, old: String, new: String, sentence: String)] = [
      ("system.csv", "intervals,2,\n", "", "row intervals is missing; add the number of intervals."),
      ("system.csv", "intervals,2", "intervals,0", "0 intervals cannot be; give 1 to 1,000,000."),
      (
        "system.csv", "interval_length,0.5", "interval_length,-1",
        "has intervals of -1.0 h; the length must be above 0."
      ),
      ("system.csv", "surplus_cost", "surplus", "\"surplus\" is not known; the names are"),
      ("demand.csv", "b1,2,20\n", "", "bus b1 has no row for interval 2; give one for each of 2 intervals."),
      ("demand.csv", "b1,2,20", "b1,1,20", "interval 1 of b1 stands a second time"),
      ("demand.csv", "b1,2,20", "b1,3,20", "is 3; the intervals of system.csv are 1 to 2."),
      ("demand.csv", "b1,2,20", "b1,2,x", "\"x\" is no number"),
      ("units.csv", "g1,b2", "g1,b7", "\"b7\" is not known"),
      ("units.csv", "g2,", "g1,", "\"g1\" stands a second time"),
      ("units.csv", ",12,", ",-12,", "-12 is below 0; the least is 0."),
      ("units.csv", ",on,6,", ",up,6,", "\"up\" is no state; write on or off."),
      ("unit_intervals.csv", ",off", ",of", "\"of\" is no status"),
      ("cost_points.csv", "g1,40,600", "g1,15,600", "output falls from 20.0 to 15.0 MW; sort the points."),
      ("cost_points.csv", "unit,output_MW", "unit,output", "missing column \"output_MW\""),
      ("storage_intervals.csv", ",no", ",maybe", "is neither yes nor no"),
      ("reserves.csv", "spinning", "cold", "\"cold\" is no kind"),
      ("reserve_providers.csv", "r1,g1", "r1,g9", "\"g9\" is not known"),
      ("interface_branches.csv", "i,l1", "j,l1", "\"j\" is not known"),
      ("interfaces.csv", "i,,70", "i,80,70", "80 is above maximum_MW, 70"),
    ]
    let folder = fixture.folder.appending(path: "folder")
    try writeCommitmentProblem(everything(), to: folder)
    for (file, old, new, sentence) in cases {
      let url = folder.appending(path: file)
      let text = try String(contentsOf: url, encoding: .utf8)
      #expect(text.contains(old), "\(file): \(text)")
      try Data(text.replacingOccurrences(of: old, with: new).utf8).write(to: url)
      let error = #expect(throws: ImportProblem.self) { try readCommitmentProblem(at: folder, format: .folder) }
      let found = error?.description ?? ""
      #expect(found.contains(sentence) && !found.contains("\n"), "\(found)")
      try Data(text.utf8).write(to: url)
    }
    for file in ["system.csv", "buses.csv", "profiles.csv", "storage_intervals.csv", "reserve_requirements.csv"] {
      let url = folder.appending(path: file)
      let data = try Data(contentsOf: url)
      try FileManager.default.removeItem(at: url)
      #expect(throws: ImportProblem.self) { try readCommitmentProblem(at: folder, format: .folder) }
      try data.write(to: url)
    }
    #expect(try readCommitmentProblem(at: folder, format: .folder) == everything())
  }

  @Test("the columns stand in the data dictionary") func dictionary() throws {
    let rows = try NamedRows(Fixture.root.appending(path: "data/dictionary.csv")).rows
    let known = Set(rows.map { "\($0.fields["file"] ?? "").\($0.fields["column"] ?? "")" })
    for file in CommitmentFolderWriting(problem: try everything()).files() {
      for column in file.header.split(separator: ",") {
        #expect(known.contains("commitment/\(file.name).\(column)"), "\(file.name) \(column)")
      }
    }
  }
}
