/// Services that units hold beside their energy. From the highest quality to the lowest: regulation, spinning, non-spinning
/// and supplemental reserve; what is left of a higher one serves for the lower. Flexible ramp stands apart, as in most
/// markets (Ma and others, "The security-constrained commitment and dispatch for Midwest ISO day-ahead co-optimized energy
/// and ancillary service market", 2009; Wang and Hodge, "Enhancing power system operational flexibility with flexible ramping
/// products", 2017).
public struct AncillaryServices: Sendable, Equatable {
  /// What a zone may ask for.
  public enum Product: Int, Sendable, CaseIterable {
    case regulationUp, regulationDown, spinning, nonSpinning, supplemental, flexibleUp, flexibleDown

    /// The products of higher quality that serve for it, itself last.
    public var servedBy: [Product] {
      switch self {
      case .spinning: [.regulationUp, .spinning]
      case .nonSpinning: [.regulationUp, .spinning, .nonSpinning]
      case .supplemental: [.regulationUp, .spinning, .nonSpinning, .supplemental]
      default: [self]
      }
    }
  }

  /// What one unit can hold.
  public struct Capability: Sendable, Equatable {
    /// Band of the output while the unit regulates, MW; nil where it cannot.
    public var regulationBand: ClosedRange<Double>?
    /// Automatic response, MW for each minute.
    public var regulationRamp_perMinute: Double
    /// Non-spinning reserve while off line, MW; 0 where the unit cannot start so fast.
    public var nonSpinning: Double
    /// Non-spinning and supplemental reserve together while off line, MW; nil where it gives no supplemental reserve then.
    public var supplementalOffLine: Double?

    public init(
      regulationBand: ClosedRange<Double>? = nil, regulationRamp_perMinute: Double = 0, nonSpinning: Double = 0,
      supplementalOffLine: Double? = nil
    ) {
      self.regulationBand = regulationBand
      self.regulationRamp_perMinute = regulationRamp_perMinute
      self.nonSpinning = nonSpinning
      self.supplementalOffLine = supplementalOffLine
    }
  }

  /// Units that must hold so much together.
  public struct Zone: Sendable, Equatable {
    public var name: String
    /// Indices into the problem's units.
    public var units: [Int]
    /// MW by product (in the order of its cases), then interval; empty where the zone does not ask for it.
    public var requirement: [[Double]]

    public init(name: String, units: [Int], requirement: [[Double]]) {
      self.name = name
      self.units = units
      self.requirement = requirement
    }
  }

  /// By unit.
  public var capabilities: [Capability]
  public var zones: [Zone]
  /// Cost of each MW that is missing for an hour, by product.
  public var shortfallCost_perMWh: [Double]
  /// Whether the services share the ramp of the unit with its energy.
  public var sharesRamps: Bool
  /// Minutes within which a service is delivered.
  public var regulationMinutes = 5.0
  public var spinningMinutes = 10.0
  public var supplementalMinutes = 30.0
  public var flexibleMinutes = 20.0

  public init(capabilities: [Capability], zones: [Zone], shortfallCost_perMWh: [Double], sharesRamps: Bool) {
    self.capabilities = capabilities
    self.zones = zones
    self.shortfallCost_perMWh = shortfallCost_perMWh
    self.sharesRamps = sharesRamps
  }

  /// Whether any zone asks for the product.
  public func asks(for product: Product) -> Bool { zones.contains { !$0.requirement[product.rawValue].isEmpty } }
}

/// Services that a commitment holds. Arrays are by unit, then interval, MW; empty without services.
public struct HeldServices: Sendable, Equatable {
  /// Whether a unit regulates.
  public var regulates: [[Bool]] = []
  public var regulationUp: [[Double]] = []
  public var regulationDown: [[Double]] = []
  public var spinning: [[Double]] = []
  public var nonSpinning: [[Double]] = []
  /// Supplemental reserve on and off line.
  public var supplementalOnLine: [[Double]] = []
  public var supplementalOffLine: [[Double]] = []
  public var flexibleUp: [[Double]] = []
  public var flexibleDown: [[Double]] = []
  /// What is missing, by zone, then product, then interval.
  public var shortfall: [[[Double]]] = []

  public init() {}
}
