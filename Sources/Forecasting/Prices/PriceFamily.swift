/// Experts of one kind, reported by their mean.
enum PriceFamily: String, CaseIterable, Sendable, Codable {
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
      (0..<4).map { index in
        NetworkPriceModel(
          name: "network-\(index + 1)", settings: .variant(index), seed: seed &+ UInt64(index + 1) &* 7_919)
      }
    case .lear: [1_456, 1_092, 84, 56].map { LearPriceModel(windowDays: $0) }
    }
  }
}
