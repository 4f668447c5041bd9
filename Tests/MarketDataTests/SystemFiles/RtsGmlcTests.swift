import Foundation
import MarketModel
import PowerSystem
import Testing

@testable import MarketData

@Suite("RTS-GMLC folder, small") struct RtsGmlcFolderTests {
  private let fixture: Fixture

  init() throws { fixture = try Fixture() }

  /// Two buses, one coal unit, one wind farm, one storage, two days.
  static let files: [String: String] = [
    "SourceData/bus.csv": "Bus ID,MW Load,Area\n1,30,1\n2,10,1\n",
    "SourceData/branch.csv": "UID,From Bus,To Bus,R,X,Cont Rating,LTE Rating,STE Rating\nL,1,2,0.01,0.2,175,193,200\n",
    "SourceData/dc_branch.csv": "UID,From Bus,To Bus,MW Load\nD,1,2,100\n",
    "SourceData/gen.csv": """
    GEN UID,Bus ID,Category,PMax MW,PMin MW,Min Down Time Hr,Min Up Time Hr,Ramp Rate MW/Min,Start Time Cold Hr,\
    Start Time Warm Hr,Start Time Hot Hr,Start Heat Cold MBTU,Start Heat Warm MBTU,Start Heat Hot MBTU,\
    Non Fuel Start Cost $,Non Fuel Shutdown Cost $,Fuel Price $/MMBTU,Output_pct_0,Output_pct_1,Output_pct_2,\
    Output_pct_3,Output_pct_4,HR_avg_0,HR_incr_1,HR_incr_2,HR_incr_3,HR_incr_4,VOM,Pump Load MW,\
    Storage Roundtrip Efficiency
    C,2,Coal,100,40,4.5,8,2,12,10,3,30,20,10,5,6,2,0.4,0.7,1,NA,NA,10000,8000,9000,NA,NA,1,0,0
    W,1,Wind,50,0,0,0,50,0,0,0,0,0,0,0,0,0,0,0,0,0,NA,0,0,0,0,NA,0,0,0
    S,1,Storage,50,0,0,0,50,0,0,0,0,0,0,0,0,0,0,0,0,0,NA,0,0,0,0,NA,0,40,85

    """,
    "SourceData/storage.csv": "GEN UID,Max Volume GWh,Initial Volume GWh,position\nS,0.15,0.075,head\n",
    "SourceData/reserves.csv": """
    Reserve Product,Eligible Regions,Eligible Device SubCategories
    Spin_Up_R1,1,"(Gas CT,Coal)"
    Reg_Up,"(1,2)","(Coal)"

    """,
    "timeseries/Load/DAY_AHEAD_regional_Load.csv": series("1") { "\($0 * 40)" },
    "timeseries/WIND/DAY_AHEAD_wind.csv": series("W") { "\($0)" },
    "timeseries/Reserves/DAY_AHEAD_regional_Spin_Up_R1.csv": series("Spin_Up_R1") { "\($0).5" },
  ]

  static func series(_ column: String, _ value: (Int) -> String) -> String {
    var text = "Year,Month,Day,Period,\(column)\n"
    for day in [28, 29] {
      for period in 1...24 { text += "2020,2,\(day),\(period),\(value(period + (day - 28) * 24))\n" }
    }
    return text
  }

  private func folder(_ change: [String: String] = [:]) throws -> URL {
    let root = fixture.folder.appending(path: UUID().uuidString)
    for (path, text) in Self.files {
      let url = root.appending(path: path)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data((change[path] ?? text).utf8).write(to: url)
    }
    return root
  }

  @Test("units: heat rates, fuel, starts, ramps, times rounded up") func units() throws {
    let problem = try readCommitmentProblem(at: folder(), format: .rtsGmlc)
    let unit = problem.units[0]
    #expect(problem.units.map(\.name) == ["C"] && unit.bus == 1)
    // 40 MW · (10 MBTU/MWh · 2 $ + 1 $) = 840; then 30 MW at 17 $ and 30 MW at 19 $.
    #expect(unit.costCurve.map(\.output) == [40, 70, 100])
    #expect(unit.costCurve.map(\.costPerHour) == [840, 1350, 1920])
    #expect(unit.minimumDownIntervals == 5 && unit.minimumUpIntervals == 8 && unit.rampUp == 120)
    #expect(unit.startCategories.map(\.afterIntervals) == [5, 10, 12])
    #expect(unit.startCategories.map(\.cost) == [25, 45, 65] && unit.shutDownCost == 6 && unit.startUpLimit == 40)
    // 40 MW of demand less 1 MW of wind: the coal unit is needed.
    #expect(unit.initialState == .on(forIntervals: 168, output: 40))
    #expect(problem.notes.contains { $0.contains("initial state of 1 units is assumed") })
  }

  @Test("network, demand by shares, storage, reserve") func system() throws {
    let problem = try readCommitmentProblem(at: folder(), format: .rtsGmlc)
    #expect(problem.buses.map { $0.demand[1] } == [60, 20] && problem.intervalCount == 24)
    #expect(problem.branches[0].susceptance == 500 && problem.branches[0].limit == 175)
    #expect(problem.branches[0].emergencyLimit == 200 && problem.branches[0].resistance_perMW == 1e-4)
    #expect(problem.directCurrentLines == [DirectCurrentLine(name: "D", from: 0, to: 1, limits: -100...100)])
    #expect(problem.storages[0].maximumCharge[0] == 40 && problem.storages[0].chargeEfficiency[0] == 0.85)
    #expect(problem.storages[0].finalLevel == 75...150 && problem.storages[0].initialLevel == 75)
    #expect(problem.profiledUnits[0].maximumOutput[3] == 4 && problem.profiledUnits[0].minimumOutput[3] == 0)
    #expect(problem.reserves.map(\.name) == ["Spin_Up_R1"] && problem.reserves[0].providers == [0])
    #expect(problem.reserves[0].requirement[0] == 1.5 && problem.notes.contains("Reserves left out: Reg_Up."))
  }

  @Test("a later day, given states, one bus") func settings() throws {
    let data = try RtsGmlcFolder(at: folder())
    let day = try #require(MarketDay("2020-02-29"))
    #expect(data.days.upperBound == day)
    var settings = RtsGmlcFolder.Settings(withNetwork: false)
    settings.initialStates["C"] = .off(forIntervals: 3)
    settings.initialLevels["S"] = 20
    let problem = try data.problem(firstDay: day, settings: settings)
    #expect(problem.buses.count == 1 && problem.demand[0] == 1000 && problem.branches.isEmpty)
    #expect(problem.units[0].initialState == .off(forIntervals: 3) && problem.units[0].bus == 0)
    #expect(problem.storages[0].initialLevel == 20 && problem.profiledUnits[0].maximumOutput[0] == 25)
    #expect(try data.problem(firstDay: data.days.lowerBound, days: 2).intervalCount == 48)
    for count in [0, 2] {
      #expect(throws: ImportProblem.self) { try data.problem(firstDay: day, days: count) }
    }
    settings.initialStates["C"] = .on(forIntervals: 3, output: 20)
    let error = #expect(throws: ImportProblem.self) { try data.problem(firstDay: day, settings: settings) }
    #expect(error?.description.contains("C starts with 20.0 MW, outside 40.0 to 100.0 MW") == true)
  }

  @Test("one sentence for what is wrong") func refusals() throws {
    let load = "timeseries/Load/DAY_AHEAD_regional_Load.csv"
    let cases: [(path: String, old: String, new: String, sentence: String)] = [
      (load, "2020,2,28,3,", "2020,2,28,4,", "where period 3 should follow"),
      (load, "2020,2,29,1,", "2020,3,1,1,", "the day does not follow"),
      (load, "2020,2,29,24,1920\n", "", "whole days of 24 rows are needed"),
      (load, "Period,1", "Period,7", "add the load of area 1"),
      (load, "2020,2,28,3,120", "2020,2,28,3,x", "\"x\" is no number"),
      ("SourceData/gen.csv", "C,2,Coal", "C,9,Coal", "\"9\" is no bus of bus.csv"),
      ("SourceData/gen.csv", "W,1,Wind", "V,1,Wind", "V (Wind) has no series in timeseries"),
      ("SourceData/gen.csv", "10000,8000,9000", "10000,9000,8000", "C has a marginal cost that falls"),
      ("SourceData/branch.csv", "0.2", "0", "a reactance other than 0 is needed"),
      ("SourceData/bus.csv", "MW Load", "Load", "missing column \"MW Load\""),
      ("SourceData/storage.csv", "S,0.15", "T,0.15", "has no row with the position \"head\""),
      ("SourceData/storage.csv", "0.075", "0.3", "must lie between 0 and 150.0 MWh"),
    ]
    for (path, old, new, sentence) in cases {
      let text = try #require(Self.files[path])
      let changed = try folder([path: text.replacingOccurrences(of: old, with: new)])
      let error = #expect(throws: ImportProblem.self) { try readCommitmentProblem(at: changed, format: .rtsGmlc) }
      #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
    }
    #expect(throws: ImportProblem.self) { try RtsGmlcFolder(at: folder(), resolution: .realTime) }
  }
}

@Suite("RTS-GMLC folder, shared", .enabled(if: Fixture.sharedData() != nil)) struct RtsGmlcSharedTests {
  @Test("the system of PGLib-UC, day by day") func dayAhead() throws {
    let shared = try #require(Fixture.sharedData())
    let data = try RtsGmlcFolder(at: shared.appending(path: "rts_gmlc"))
    let reference = try readCommitmentProblem(
      at: shared.appending(path: "pglib_uc/rts_gmlc/2020-01-27.json.gz"), format: .pglib)
    let problem = try data.problem(firstDay: #require(MarketDay("2020-01-27")), days: 2)
    #expect(problem.buses.count == 73 && problem.branches.count == 120 && problem.directCurrentLines.count == 1)
    #expect(problem.units.count == 73 && problem.profiledUnits.count == 81 && problem.storages.count == 1)
    #expect(problem.reserves.count == 3 && SharedCommitmentTests.isPlausible(problem))
    for interval in 0..<48 { #expect(abs(problem.demand[interval] - reference.demand[interval]) < 0.02) }
    let expected = Dictionary(uniqueKeysWithValues: reference.units.map { ($0.name, $0) })
    for unit in problem.units {
      let other = try #require(expected[unit.name])
      #expect(
        zip(unit.costCurve, other.costCurve).allSatisfy { abs($0.costPerHour - $1.costPerHour) < 1 }, "\(unit.name)")
      #expect(unit.minimumUpIntervals == other.minimumUpIntervals, "\(unit.name)")
      #expect(unit.minimumDownIntervals == other.minimumDownIntervals, "\(unit.name)")
      #expect(unit.startCategories.map(\.afterIntervals) == other.startCategories.map(\.afterIntervals), "\(unit.name)")
      #expect(
        zip(unit.startCategories, other.startCategories).allSatisfy { abs($0.cost - $1.cost) < 0.02 }, "\(unit.name)")
    }
    #expect(data.days.lowerBound.distance(to: data.days.upperBound) == 365)
    let last = try data.problem(firstDay: data.days.upperBound)
    #expect(last.intervalCount == 24 && SharedCommitmentTests.isPlausible(last))
  }
}
