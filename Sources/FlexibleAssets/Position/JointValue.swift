internal import NumericMethods

/// What hedging the whole is worth over hedging every part by itself, in units of (1 − w)·mean + w·CVaR.
public struct JointValue: Hashable, Sendable {
  public let joint: Hedge
  /// The parts' own hedges, in the order of the parts; all of them are paid for.
  public let separate: [Hedge]
  public let value: Double
  /// 95 % interval by bootstrap over the paths, each judged with hedges that were chosen on the other half.
  public let low: Double
  public let high: Double

  /// Of a company without parts.
  public static let none = JointValue()

  private init() {
    (joint, separate) = (Hedge(megawatts: []), [])
    (value, low, high) = (0, 0, 0)
  }

  /// - Parameters:
  ///   - parts: on the same paths.
  ///   - seed: of the bootstrap.
  /// - Throws: ``AssetProblem`` if a hedge cannot be found.
  public init(
    of parts: [PositionPart], products: [HedgeProduct], prices: [[Double]], hours: Double, riskWeight: Double,
    seed: UInt64
  ) throws(AssetProblem) {
    let whole = parts.joined(name: "all")
    func hedges(_ paths: [Int]) throws(AssetProblem) -> (joint: Hedge, separate: [Hedge]) {
      let own = paths.map { prices[$0] }
      func best(_ part: PositionPart) throws(AssetProblem) -> Hedge {
        try Hedge.best(
          of: paths.map { part.profits[$0] }, products: products, prices: own, hours: hours, riskWeight: riskWeight)
      }
      var separate: [Hedge] = []
      for part in parts { separate.append(try best(part)) }
      return (try best(whole), separate)
    }
    let all = Array(prices.indices)
    let chosen = try hedges(all)
    (joint, separate) = (chosen.joint, chosen.separate)
    // Either half's hedges are judged on the other half.
    var (together, apart) = (whole.profits, whole.profits)
    for half in 0..<2 where all.count >= 4 {
      let made = try hedges(all.filter { $0 % 2 == half })
      let withJoint = made.joint.profits(whole.profits, products: products, prices: prices, hours: hours)
      let withSeparate = made.separate.reduce(whole.profits) {
        $1.profits($0, products: products, prices: prices, hours: hours)
      }
      for path in all where path % 2 != half { (together[path], apart[path]) = (withJoint[path], withSeparate[path]) }
    }
    func difference(_ paths: [Int]) -> Double {
      RiskMeasure.weighted(paths.map { together[$0] }, riskWeight: riskWeight)
        - RiskMeasure.weighted(paths.map { apart[$0] }, riskWeight: riskWeight)
    }
    value = difference(all)
    var generator = SplitMix64(seed: seed)
    let drawn = (0..<1_000).map { _ in
      difference(all.map { _ in generator.nextIndex(below: all.count) })
    }.sorted()
    (low, high) = (drawn[25], drawn[974])
  }
}
