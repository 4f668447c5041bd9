internal import MarketData
internal import RetailValue

/// How well a churn model knows who leaves.
public struct ChurnReport: Sendable, Encodable {
  /// The same model on another split.
  public struct Side: Sendable, Encodable {
    public let split: String
    public let auc: Double
    public let prAuc: Double
    public let lift_10: Double
    public let brier: Double
    public let calibrationError: Double
  }

  public struct Bin: Sendable, Encodable {
    public let count: Int
    public let meanProbability: Double
    public let frequency: Double
  }

  public let file: String
  public let sha256: String
  public let split: String
  public let trainFraction: Double
  public let seed: UInt64
  public let trainingCustomers: Int
  public let testCustomers: Int
  public let testChurnRate: Double
  /// Probability that a customer who left ranks above one who stayed.
  public let auc: Double
  /// Average precision.
  public let prAuc: Double
  /// Churn rate of the top tenth over that of all.
  public let lift_10: Double
  public let precision_10: Double
  public let brier: Double
  /// Of always saying the churn rate.
  public let brierOfBaseRate: Double
  /// Over ten bins of equal width, and over ten of equally many.
  public let calibrationError: Double
  public let calibrationErrorOfDeciles: Double
  public let reliability: [Bin]
  /// Shares of expiry hazard, boosted trees and forest in the logit.
  public let weights: [Double]
  public let otherSplits: [Side]
  public let notes: [String]

  init(
    file: CustomerTable, table: ChurnTable, request: ChurnRequest, split: ChurnSplit, splitName: String,
    scores: BinaryScores, weights: [Double], beside: [Side]
  ) {
    self.file = file.file
    sha256 = file.sha256
    self.split = splitName
    trainFraction = request.trainFraction
    seed = request.seed
    trainingCustomers = split.training.count
    testCustomers = split.test.count
    testChurnRate = scores.baseRate
    auc = scores.areaUnderCurve
    prAuc = scores.averagePrecision
    lift_10 = scores.lift(top: 0.1)
    precision_10 = scores.lift(top: 0.1) * scores.baseRate
    brier = scores.brier
    brierOfBaseRate = scores.baseRate * (1 - scores.baseRate)
    calibrationError = scores.calibrationError
    calibrationErrorOfDeciles = scores.calibrationErrorOfDeciles
    reliability = scores.deciles.map {
      Bin(count: $0.count, meanProbability: $0.meanProbability, frequency: $0.frequency)
    }
    self.weights = weights
    otherSplits = beside
    notes =
      splitName == "customer"
      ? [
        "split by customer: the file is one snapshot and every outcome is of the same three months, so that it has no time at which an "
          + "outcome was decided",
        "other_splits: customers with the same dates of activation and of contract end, who often are one company that leaves as a whole, kept "
          + "on one side; and trained on the earlier, judged on the later of the contract dates",
      ]
      : ["split by \(splitName): the earlier dates teach, the later ones judge"]
  }
}

extension ChurnReport.Side {
  init(split: String, _ scores: BinaryScores) {
    self.split = split
    auc = scores.areaUnderCurve
    prAuc = scores.averagePrecision
    lift_10 = scores.lift(top: 0.1)
    brier = scores.brier
    calibrationError = scores.calibrationError
  }
}
