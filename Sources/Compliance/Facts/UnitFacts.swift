/// What the desk knows of a unit beside its limits; nil where nobody has said so, and the checks that need it do not pass.
public struct UnitFacts: Hashable, Sendable, Codable {
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable { case thermal, storage, wind, solar }

  public var kind: Kind?
  /// Whether the register carries the unit as in service (F01).
  public var active: Bool?
  public var node: String?
  public var settlementUnit: String?
  /// The company that owns the unit, for the comparison with others (M08).
  public var group: String?
  /// The capacity in the capacity declaration and in the disclosure, MW (P02).
  public var declaredCapacity: Double?
  public var disclosedCapacity: Double?
  /// MW that tickets take from the rated capacity (P01, M05).
  public var ticketedDerate: Double?
  /// Bands of output that the unit must not hold, MW: [lower, upper] (P14).
  public var exclusionZones: [[Double]]?
  /// Currency units per MWh (M03, M04, M06).
  public var marginalCost: Double?
  public var referencePrice: Double?
  public var costFile: Bool?
  public var storage: StorageFacts?
  /// The station's forecast, MW by interval; one value stands for the whole day (P12).
  public var forecast: [Double]?
  /// Heat served and contracted, MW by interval (E03).
  public var heatServed: [Double]?
  public var heatContracted: [Double]?
  /// Minimum heating mode as filed with the regulator and as bid (E04).
  public var filedMinimumHeating: Bool?
  public var bidMinimumHeating: Bool?
  /// kcal/kg of the coal in the bunkers, the guaranteed least, and MW that is possible below it (E02).
  public var coalQuality: Double?
  public var coalQualityMinimum: Double?
  public var deratedCapacity: Double?
  /// The day's locked price bands, currency units per MWh (C11).
  public var lockedPrices: [Double]?
  /// MWh by interval: contracts, and expected output (R02).
  public var contracted: [Double]?
  public var expected: [Double]?
  /// The median curve of the last fortnight: [from MW, to MW, price] (M09).
  public var usualSegments: [[Double]]?
  /// An outage, a change of fuel or another reason on file for a changed shape (M09).
  public var reasonForChange: String?
  /// Changes of lowest output, minimum times and start cost within the pack's window (M10).
  public var parameterChanges: Int?
  /// What the platform shows: [from MW, to MW, price] by segment (D07).
  public var shownSegments: [[Double]]?
  /// Quantities and prices that came back for the day (D08).
  public var clearedQuantities: Int?
  public var clearedPrices: Int?

  public init() {}
}

/// A storage unit (F05, C04, C05, C08, P10, P11). Shares are of the energy capacity.
public struct StorageFacts: Hashable, Sendable, Codable {
  public var energy: Double?
  /// Rated powers in MW, above zero (C04, C05, F05).
  public var chargePower: Double?
  public var dischargePower: Double?
  public var chargeEfficiency: Double?
  public var dischargeEfficiency: Double?
  public var minimumCharge: Double?
  public var maximumCharge: Double?
  public var initialCharge: Double?
  public var cyclesPerDay: Double?
  /// Currency units per MWh discharged.
  public var wearCost: Double?

  public init() {}
}
