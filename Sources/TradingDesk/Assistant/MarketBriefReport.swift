public import MarketModel

/// `spotdesk market DAY`: what a trader looks at first, as of the gate. Power in MW, prices per MWh, one value for each interval.
public struct MarketBriefReport: Sendable, Encodable {
  public var schema = "spotdesk.market/1"
  public var day: MarketDay
  public var simulated: Bool
  public var currency: String
  public var rulePack: String
  public var dataAsOf: String
  public var intervalEnd: [String]
  /// Load less imports, wind, solar and other non-bidding output.
  public var biddingSpaceMW: [Double]
  public var yesterdayMW: [Double]
  public var features: Features?
  public var yesterday: Features?
  /// Load less wind and solar.
  public var netLoad: Features?
  public var parts: [Part]
  public var similarityWeights: [Weight]
  public var similarDays: [SimilarDay]
  public var price: PriceView?
  public var spread: SpreadView?
  public var fleet: FleetView?
  public var reserve: ReserveView
  public var changes: [Change]
  public var outages: [OutageNews]
  public var rules: RuleNews
  public var sentences: [Sentence]
  public var notes: [String]

  public struct Features: Sendable, Encodable {
    public var meanMW: Double
    /// Lowest and highest two hours and the hour of the clock at their middle.
    public var valleyMW: Double
    public var valleyHour: Double
    public var peakMW: Double
    public var peakHour: Double
    /// Largest change within one hour and the hour at which it ends.
    public var rampUpMW: Double
    public var rampUpHour: Double
    public var rampDownMW: Double
    public var rampDownHour: Double
  }

  /// A part of the bidding space against the day before.
  public struct Part: Sendable, Encodable {
    public var name: String
    public var series: String
    public var meanMW: Double
    public var yesterdayMeanMW: Double?
    public var changeMW: Double?
    /// Largest change of an interval, with its sign, and where it ends.
    public var largestChangeMW: Double?
    public var largestChangeAt: String?
  }

  public struct Weight: Sendable, Encodable {
    public var name: String
    public var weight: Double
  }

  public struct SimilarDay: Sendable, Encodable {
    public var day: MarketDay
    /// 1 is the same.
    public var similarity: Double
    public var meanPricePerMWh: Double
    public var biddingSpaceMW: [Double]
    public var pricesPerMWh: [Double]
  }

  public struct PriceView: Sendable, Encodable {
    public var expectedPerMWh: [Double]
    public var lowPerMWh: [Double]
    public var highPerMWh: [Double]
    public var meanPerMWh: Double
    public var similarDaysMeanPerMWh: Double?
    public var floorPerMWh: Double?
    public var capPerMWh: Double?
    /// By interval, and by hour of the day the mean.
    public var floorProbability: [Double]
    public var capProbability: [Double]
    public var floorProbabilityByHour: [Double]
    public var capProbabilityByHour: [Double]
  }

  /// Real-time less day-ahead price of the days before.
  public struct SpreadView: Sendable, Encodable {
    public var days: Int
    public var meanPerMWh: Double
    public var standardDeviationPerMWh: Double
    public var byHourPerMWh: [Double]
  }

  /// Our own units against the contracts.
  public struct FleetView: Sendable, Encodable {
    public var units: Int
    public var available: Int
    public var onLine: Int
    public var availableMW: Double
    public var minimumOutputOnLineMW: Double
    public var contractedMeanMW: Double
    public var contractedMaximumMW: Double
    public var contractedMW: [Double]
    public var priceOfContractsPerMWh: Double?
  }

  public struct ReserveView: Sendable, Encodable {
    /// Up-reserve that the operator published, by interval; empty if it did not.
    public var publishedMW: [Double]
    /// What our own available units have above their contracts, at the peak of the bidding space.
    public var ownAboveContractsMW: Double?
    public var sentence: String
  }

  /// A boundary series against its publication before.
  public struct Change: Sendable, Encodable {
    public var series: String
    public var publishedAt: String
    public var before: String
    public var meanChangeMW: Double
    public var largestChangeMW: Double
    public var largestChangeAt: String
  }

  public struct OutageNews: Sendable, Encodable {
    public var unit: UnitID
    public var sentence: String
  }

  public struct RuleNews: Sendable, Encodable {
    public var pack: String
    public var since: MarketDay
    public var source: String
    /// What the pack says otherwise than the one before it.
    public var before: String?
    public var differences: [String]
    public var isNew: Bool
    public var upcoming: [Upcoming]

    public struct Upcoming: Sendable, Encodable {
      public var pack: String
      public var status: String
      public var from: MarketDay
      public var differences: [String]
    }
  }

  /// A sentence in two languages and the figures that it was made from.
  public struct Sentence: Sendable, Encodable {
    public var topic: String
    public var english: String
    public var chinese: String
    public var figures: [Figure]
  }

  public struct Figure: Sendable, Encodable {
    public var name: String
    public var value: Double
    public var unit: String
    /// The series or document that it was read from.
    public var source: String
  }
}

extension MarketBriefReport.Features {
  init(_ features: SpaceFeatures) {
    func one(_ value: Double) -> Double { DayReport.rounded(value, 1) }
    (meanMW, valleyMW, valleyHour) = (one(features.mean), one(features.valley), features.valleyHour)
    (peakMW, peakHour) = (one(features.peak), features.peakHour)
    (rampUpMW, rampUpHour) = (one(features.rise), features.riseHour)
    (rampDownMW, rampDownHour) = (one(features.fall), features.fallHour)
  }
}
