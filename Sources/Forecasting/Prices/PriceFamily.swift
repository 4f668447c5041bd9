/// Experts of one kind, reported by their mean.
enum PriceFamily: String, CaseIterable, Sendable {
  case naive
  case similarDays = "similar-days"
  case stack
  case trees
  case kernel
  case network
  case lear

  /// Reported for comparison.
  var isBenchmark: Bool { self == .naive || self == .similarDays }

  func experts(seed: UInt64) -> [any PriceModel] {
    switch self {
    case .naive: [WeeklyNaivePriceModel()]
    case .similarDays: [SimilarDaysPriceModel()]
    case .stack: [SupplyStackPriceModel()]
    case .trees: [TreePriceModel(seed: seed)]
    case .kernel: [KernelPriceModel(name: "kernel", settings: .standard)]
    case .network:
      (1...Int(lab("NN", 3))).map {
        NetworkPriceModel(
          name: "network-\($0)", settings: labNet(), seed: seed &+ UInt64($0) &* 7_919)
      }
    case .lear: [1_456, 1_092, 84, 56].map { LearPriceModel(windowDays: $0) }
    }
  }
}

func labNet() -> NetworkPriceModel.Settings {
  var q = NetworkPriceModel.Settings()
  q.windowDays = Int(lab("NW", 1456)); q.hidden = Int(lab("NH", 128)); q.refitDays = Int(lab("NR", 7))
  q.first = .init(epochs: Int(lab("NE", 80)), firstStep: Float(lab("NS1", 1e-3)), lastStep: Float(lab("NS2", 1e-4)), batch: Int(lab("NB", 64)), dropout: Float(lab("ND", 0.25)), penalty: Float(lab("NP1", 1e-5)), skipPenalty: Float(lab("NP2", 1e-3)))
  q.again = .init(epochs: Int(lab("NA", 3)), firstStep: Float(lab("NAS", 5e-4)), lastStep: Float(lab("NAS", 5e-4)), batch: Int(lab("NB", 64)), dropout: Float(lab("ND", 0.25)), penalty: Float(lab("NP1", 1e-5)), skipPenalty: Float(lab("NP2", 1e-3)))
  return q
}
