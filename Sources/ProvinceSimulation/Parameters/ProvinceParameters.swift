public import MarketModel

/// Everything that describes a made-up province; nothing about it is written in code.
///
/// Made from the texts of `province.csv`, `sites.csv`, `profiles.csv` and the holiday calendars: see ``ProvinceTexts``.
public struct ProvinceParameters: Hashable, Sendable {
  /// Days with actual values and prices.
  public var firstDay: MarketDay
  public var lastDay: MarketDay
  /// Days after `lastDay` for which there are forecasts only.
  public var forecastDays: Int
  public var weather: WeatherParameters
  public var load: LoadParameters
  public var renewables: RenewableParameters
  public var imports: ImportParameters
  public var otherSupply: OtherSupplyParameters
  public var fleet: FleetParameters
  public var prices: PriceParameters
  /// At least one; the shares of load, wind and solar each add up to 1.
  public var sites: [SiteParameters]
  public var profiles: HourlyProfiles
  public var calendar: HolidayCalendar
}

/// The length of the front processes and the size of what they do to the weather and its forecast.
public struct WeatherParameters: Hashable, Sendable {
  var frontHours = 0.0
  var gustHours = 0.0
  var cloudHours = 0.0
  var sharedFrontWeight = 0.0
  var temperatureDeviation = 0.0
  var windLogDeviation = 0.0
  var springWindGain = 0.0
  var cloudDeviation = 0.0
  var forecastErrorHours = 0.0
  var temperatureError = 0.0
  var windError = 0.0
  var cloudError = 0.0
}

/// System load in MW: level, growth, response to temperature, and what the forecaster misses.
public struct LoadParameters: Hashable, Sendable {
  var meanMegawatts = 0.0
  var yearlyGrowth = 0.0
  var weekendFactor = 0.0
  var holidayFactor = 0.0
  var festivalFactor = 0.0
  var festivalRampDays = 0.0
  var coolingThreshold = 0.0
  var coolingMegawattsPerDegree = 0.0
  var heatingThreshold = 0.0
  var heatingMegawattsPerDegree = 0.0
  var noiseShare = 0.0
  var noiseHours = 0.0
  var forecastErrorShare = 0.0
  var forecastErrorHours = 0.0
}

/// Installed wind and solar power and how the plants turn weather into output.
public struct RenewableParameters: Hashable, Sendable {
  var windCapacity = 0.0
  var solarCapacity = 0.0
  var yearlyGrowth = 0.0
  var windCurveCentre = 0.0
  var windCurveWidth = 0.0
  var windAvailability = 0.0
  var windForecastError = 0.0
  var solarPerformance = 0.0
  var solarForecastError = 0.0
  var forecastErrorHours = 0.0
}

/// The tie line: a schedule that follows the evening, and the changes made to it on the day.
public struct ImportParameters: Hashable, Sendable {
  var meanMegawatts = 0.0
  var summerGain = 0.0
  var dailyDeviation = 0.0
  var dailyPersistence = 0.0
  var changeMegawatts = 0.0
  var changeHours = 0.0
}

/// Supply that does not bid: nuclear and local plants, and storage that charges at noon for the evening.
public struct OtherSupplyParameters: Hashable, Sendable {
  var baseMegawatts = 0.0
  var winterHeatMegawatts = 0.0
  var storageMegawatts = 0.0
  var noiseMegawatts = 0.0
}

/// The coal fleet that bids.
public struct FleetParameters: Hashable, Sendable {
  var units = 0.0
  var capacity = 0.0
  var minimumShare = 0.0
  var minimumShareSpread = 0.0
  var meanCost = 0.0
  var costSpread = 0.0
  var costIndexDeviation = 0.0
  var costIndexDays = 0.0
  var reserveShare = 0.0
  var commitmentInertia = 0.0
  var smallestOnline = 0.0
  var heatSupplyShare = 0.0
  var forcedOutageShare = 0.0
}

/// The price limits and the habits of the bidders.
public struct PriceParameters: Hashable, Sendable {
  var bidFloor = 0.0
  var bidCap = 0.0
  var clearingFloor = 0.0
  var clearingCap = 0.0
  var markupDeviation = 0.0
  var markupDays = 0.0
  var unitMarkupDeviation = 0.0
  var demandBidError = 0.0
  var noise = 0.0
  var noiseHours = 0.0
  var realTimeNoise = 0.0
  var realTimeNoiseHours = 0.0
}

/// One weather site, and which share of the province's load, wind and solar power stands near it.
public struct SiteParameters: Hashable, Sendable {
  public var name: String
  var latitude = 0.0
  var longitude = 0.0
  var meanTemperature = 0.0
  var seasonalSwing = 0.0
  var dailySwing = 0.0
  var meanWind = 0.0
  var clearness = 0.0
  var frontDelayHours = 0.0
  var loadShare = 0.0
  var windShare = 0.0
  var solarShare = 0.0
}

/// Shapes over the day, 24 values each: the first is the hour that ends at 01:00.
public struct HourlyProfiles: Hashable, Sendable {
  var workdayLoad: [Double] = []
  var weekendLoad: [Double] = []
  var holidayLoad: [Double] = []
  var cooling: [Double] = []
  var heating: [Double] = []
  var imports: [Double] = []
  var nonBidding: [Double] = []
  var storage: [Double] = []
}
