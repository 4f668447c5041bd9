import MarketModel
import Testing

@testable import ProvinceSimulation

@Suite("Parts of the simulation") struct PartsTests {
  @Test("the supply stack prices by worked numbers")
  func stack() {
    let stack = SupplyStack([(price: 300, power: 100), (price: -80, power: 100)], floor: -80)
    #expect(stack.price(meeting: -50) == -80)
    #expect(stack.price(meeting: 100) == -80)
    #expect(stack.price(meeting: 150) == 110)
    #expect(stack.price(meeting: 200) == 300)
    #expect(stack.price(meeting: 250) == 300)
    #expect(stack.capacity == 200)
  }

  @Test("the sun stands right at noon on the solstices and below the horizon at midnight")
  func sun() {
    // Zenith angle at solar noon = latitude − declination: 36.5° − 23.45° in June, 36.5° + 23.45° in December.
    let june = ClearSky.cosineOfZenith(dayOfYear: 172, hour: 12.03, latitude: 36.5, longitude: 120)
    #expect(abs(june - 0.9742) < 0.001)
    let december = ClearSky.cosineOfZenith(dayOfYear: 355, hour: 11.97, latitude: 36.5, longitude: 120)
    #expect(abs(december - 0.5008) < 0.001)
    #expect(ClearSky.irradiance(dayOfYear: 172, hour: 0, latitude: 36.5, longitude: 120) == 0)
  }

  @Test("holidays and shifted workdays are read, anything else is refused")
  func calendar() throws {
    let text = "day,kind,name\n2024-10-01,holiday,National Day\n2024-10-12,workday,National Day\n"
    let calendar = try HolidayCalendar(texts: [text])
    let days = ["2024-10-01", "2024-10-12", "2024-10-13", "2024-10-14"].compactMap { MarketDay($0) }
    #expect(days.map { calendar.kind(of: $0) } == [.holiday, .workday, .weekend, .workday])
    #expect(throws: ProvinceParametersError.self) {
      try HolidayCalendar(texts: ["day,kind,name\n2024-10-01,feast,National Day\n"])
    }
  }

  @Test("a missing, an unknown and a wrong parameter are errors that name it")
  func parameters() throws {
    let whole = try DemonstrationProvince.texts()
    var missing = whole
    missing.province = whole.province.split(separator: "\n").filter { !$0.hasPrefix("load_mean_MW") }
      .joined(separator: "\n")
    #expect(throws: ProvinceParametersError("province.csv: \"load_mean_MW\" is missing. Add the row.")) {
      try ProvinceParameters(missing)
    }
    var unknown = whole
    unknown.province += "load_colour,1,1,none\n"
    #expect(throws: ProvinceParametersError("province.csv: \"load_colour\" is not a parameter. Remove the row.")) {
      try ProvinceParameters(unknown)
    }
    var wrong = whole
    wrong.sites = wrong.sites.replacingOccurrences(of: "coast,37.4", with: "coast,north")
    #expect(throws: ProvinceParametersError.self) { try ProvinceParameters(wrong) }
  }

  @Test("power curves give nothing without wind, nearly everything in a gale, nothing in a hurricane")
  func powerCurve() {
    var renewables = RenewableParameters()
    renewables.windCurveCentre = 8
    renewables.windCurveWidth = 1.5
    renewables.windAvailability = 0.95
    #expect(windOutputShare(0, renewables) == 0)
    #expect(windOutputShare(15, renewables) > 0.9)
    #expect(windOutputShare(40, renewables) < 0.01)
  }
}
