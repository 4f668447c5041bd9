import Foundation
import MarketModel
import Testing

@testable import MarketData

@Suite("Units of public systems") struct SystemUnitsTests {
  static let rtsHeader =
    "GEN UID,Bus ID,Fuel,PMax MW,PMin MW,Min Down Time Hr,Min Up Time Hr,Ramp Rate MW/Min,Start Time Cold Hr,Start Time Warm Hr,"
    + "Start Time Hot Hr,Start Heat Cold MBTU,Start Heat Warm MBTU,Start Heat Hot MBTU,Non Fuel Start Cost $,Fuel Price $/MMBTU,"
    + "Output_pct_0,Output_pct_1,Output_pct_2,Output_pct_3,Output_pct_4,HR_avg_0,HR_incr_1,HR_incr_2,HR_incr_3,HR_incr_4,VOM\n"
  static let nemHeader =
    "DUID,STATIONID,FUEL_CAT,REG_CAP,MIN_GEN,RR_UP,RR_DOWN,MIN_ON_TIME,MIN_OFF_TIME,SU_COST_COLD,SU_COST_WARM,SU_COST_HOT,VOM,"
    + "HEAT_RATE,NL_FUEL_CONS,FC_2016-17\n"

  @Test(
    "RTS-GMLC: heat by steps, three kinds of start; no lowest output and falling start costs are left out and named")
  func rtsGmlc() throws {
    let fixture = try Fixture()
    let file = try fixture.file(
      "gen.csv",
      Self.rtsHeader
        + "S1,101,Coal,76,30,4,8,2,12,10,3,5284.8,4861.4,3379.4,0,2.11399,0.394736842,0.596491228,0.798245614,1,NA,13270,6713,8028,8549,NA,0\n"
        + "N1,121,Nuclear,400,396,48,24,20,9999,99,0,0,9999,0,0,0.81,0.99,0.993,0.996,1,NA,10000,0,0,0,NA,0\n"
        + "Z1,122,Oil,20,0,1,1,3,1,0,0,5,5,5,0,10.3,0.4,0.6,0.8,1,NA,13114,9456,9476,10352,NA,0\n"
        + "H1,122,Hydro,50,10,1,1,3,1,0,0,0,0,0,0,0,0.4,0.6,0.8,1,NA,0,0,0,0,NA,0\n")
    let found = try #require(try SystemUnits.read(from: file))
    #expect(found.system == "RTS-GMLC")
    let unit = try #require(found.units.first)
    #expect(found.units.count == 1)
    #expect(unit.plant == PlantID("bus-101"))
    // 30 MW · 13,270 BTU/kWh · 2.11399 $/MMBTU, then 15.33 MW at 6,713, 15.33 at 8,028 and 15.33 at 8,549.
    #expect(abs(unit.costPerHour(atMegawatts: 30) - 841.579) < 0.01)
    #expect(abs(unit.costPerHour(atMegawatts: 76) - 1_596.55) < 0.5)
    #expect(unit.startUp.stages.map(\.afterOffMinutes) == [0, 600, 720])
    #expect(abs(unit.startUp.stages[2].cost.amount - 5_284.8 * 2.11399) < 0.01)
    #expect(unit.problems.isEmpty)
    #expect(found.leftOut.count == 2 && found.leftOut[0].contains("N1") && found.leftOut[1].contains("no lowest"))
  }

  @Test("NEM: the rate holds at full load, and the part without load runs on at every output")
  func nem() throws {
    let fixture = try Fixture()
    let file = try fixture.file(
      "generators.csv",
      Self.nemHeader + "LD01,LIDDELL,Fossil,500,219,240,180,8,8,175000,60000,20000,1,10,0.1,1.5\n"
        + "W1,WIND,Wind,100,0,10,10,1,1,0,0,0,0,0,0,0\n")
    let found = try #require(try SystemUnits.read(from: file))
    let unit = try #require(found.units.first)
    #expect(found.units.count == 1 && found.system == "NEM")
    #expect(abs(unit.costPerHour(atMegawatts: 500) - (500 * 10 * 1.5 + 500)) < 1e-6)
    #expect(abs(unit.costPerHour(atMegawatts: 250) - ((250 + 25) * 10 * 1.5 + 250)) < 1e-6)
    #expect(unit.rampUp == RampRate(kilowattsPerMinute: 4_000) && unit.rampDown == RampRate(kilowattsPerMinute: 3_000))
    #expect(unit.assumedFields.contains("warm_after_h") && unit.problems.isEmpty)
    #expect(try SystemUnits.read(from: fixture.file("other.csv", "a,b\n1,2\n")) == nil)
    #expect(throws: (any Error).self) {
      try SystemUnits.read(from: fixture.file("bad.csv", Self.nemHeader + "X,Y,Fossil,many,1,1,1,1,1,1,1,1,1,1,1,1\n"))
    }
  }

  @Test("the shared files make whole registers that are read again", .enabled(if: Fixture.sharedData() != nil))
  func shared() throws {
    let data = try #require(Fixture.sharedData())
    let fixture = try Fixture()
    for (path, count) in [("rts_gmlc/SourceData/gen.csv", 72), ("nem_egrimod_2017/generators/generators.csv", 48)] {
      let units = try #require(try SystemUnits.read(from: data.appending(path: path))).units
      #expect(units.count == count)
      let file = try fixture.file("units.csv", try UnitRegister.text(of: units))
      #expect(try UnitRegister.read(from: file).map(\.id) == units.map(\.id))
    }
  }
}
