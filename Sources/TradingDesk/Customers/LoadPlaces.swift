internal import MarketModel

/// Where the names of a load file belong: customers, or meters that are parts of customers.
///
/// Without a list of customers every name (and every customer of the meter file) is one, in the order in which it is met.
final class LoadPlaces {
  private let isListed: Bool
  private var positions: [String: Int] = [:]
  private var meters: [String: [RetailMeter]] = [:]
  private var parts: [[(customer: Int, factor: Double)]] = []
  /// Customers in the order of their positions.
  private(set) var names: [String] = []
  /// Names that are neither customer nor meter.
  private(set) var unknown: [String] = []
  private(set) var customersOfSeveralMeters: Set<Int> = []

  init(_ customers: [String]?, meters: [RetailMeter]?) {
    isListed = customers != nil
    for name in customers ?? [] { _ = position(of: name) }
    var counts: [Int: Int] = [:]
    for meter in meters ?? [] {
      self.meters[meter.meter, default: []].append(meter)
      guard !isListed || positions[meter.customer] != nil else { continue }
      counts[position(of: meter.customer), default: 0] += 1
    }
    customersOfSeveralMeters = Set(counts.filter { $0.value > 1 }.keys)
  }

  var count: Int { names.count }

  private func position(of customer: String) -> Int {
    if let known = positions[customer] { return known }
    positions[customer] = names.count
    names.append(customer)
    return names.count - 1
  }

  /// A place for a name that is met for the first time.
  func place(of name: String) -> Int {
    var own: [(customer: Int, factor: Double)] = []
    if let meters = meters[name] {
      for meter in meters where !isListed || positions[meter.customer] != nil {
        own.append((position(of: meter.customer), meter.multiplier * meter.ratio))
      }
    } else if !isListed || positions[name] != nil {
      own = [(position(of: name), 1)]
    }
    if own.isEmpty { unknown.append(name) }
    parts.append(own)
    return parts.count - 1
  }

  func forEachPart(_ place: Int, _ body: (_ customer: Int, _ factor: Double) -> Void) {
    for part in parts[place] { body(part.customer, part.factor) }
  }
}
