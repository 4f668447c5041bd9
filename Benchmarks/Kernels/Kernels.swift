import Clearing
import Foundation
import MarketModel
import NumericMethods

/// What a kernel has to do at the least, whatever the code.
enum Work {
  /// Multiplications and additions of matrix products, in double precision.
  case operations(Double)
  /// Bytes that must be read or written.
  case bytes(Double)
}

/// A piece of numerics whose time is compared with the machine's own limit.
struct Kernel {
  let name: String
  let work: Work
  let runs: Int
  /// Returns a figure of the result, so that nothing is optimised away.
  let body: () -> Double
}

/// Times each kernel, the median of its runs, beside the time that its work takes at the rate of matrix products or the bandwidth
/// of memory measured here. One core; the machine may be shared, so compare ratios, not seconds.
@main struct Kernels {
  static func main() {
    setenv("OPENBLAS_NUM_THREADS", "1", 1)
    let limits = MachineLimits.measured()
    print(String(format: "dgemm %.1f Gflop/s, memory %.1f GB/s, one core", limits.operations / 1e9, limits.bytes / 1e9))
    for kernel in all() {
      let seconds = medianSeconds(kernel.runs, kernel.body)
      let least =
        switch kernel.work {
        case .operations(let count): count / limits.operations
        case .bytes(let count): count / limits.bytes
        }
      let name = kernel.name.padding(toLength: 52, withPad: " ", startingAt: 0)
      print(
        name + String(format: "%10.2f ms, limit %9.3f ms, %7.1f times", seconds * 1e3, least * 1e3, seconds / least))
    }
  }

  static func all() -> [Kernel] {
    [lear(), networkEpoch(), treeFit(), quantileCalibration(), scenarios(), meritOrder()]
  }
}

/// Rates of this machine on one core.
struct MachineLimits {
  /// Floating-point operations a second of a product of large matrices.
  let operations: Double
  /// Bytes a second of a sum over an array that no cache holds.
  let bytes: Double

  static func measured() -> MachineLimits {
    let order = 768
    let matrix = Matrix(rows: order, columns: order, repeating: 1.000_1)
    let product = medianSeconds(5) { matrix.multiplied(by: matrix)[0, 0] }
    let values = [Double](repeating: 1, count: 16_000_000)
    let sum = medianSeconds(5) {
      values.withUnsafeBytes { values in
        var sums = SIMD8<Double>.zero
        for index in 0..<(values.count / 64) {
          sums += values.loadUnaligned(fromByteOffset: index * 64, as: SIMD8<Double>.self)
        }
        return sums.sum()
      }
    }
    return MachineLimits(
      operations: 2 * Double(order * order * order) / product, bytes: 8 * Double(values.count) / sum)
  }
}

/// The median time of several runs, after one that is not counted.
func medianSeconds(_ runs: Int, _ body: () -> Double) -> Double {
  var check = body()
  let clock = ContinuousClock()
  let times = (0..<runs).map { _ in
    let elapsed = clock.measure { check += body() }
    return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
  }
  if check.isNaN { print("  a result is no number") }
  return times.sorted()[runs / 2]
}

extension Kernels {
  /// One day of LEAR: four windows, 24 hours each, 247 predictors; the least is the windows' products of predictors.
  private static func lear() -> Kernel {
    var random = SplitMix64(seed: 1)
    let windows = [56, 84, 1_092, 1_456]
    let predictors = 247
    let designs = windows.map { days in
      Matrix(
        rows: days, columns: predictors, columnMajor: (0..<(days * predictors)).map { _ in random.nextGaussian() })
    }
    let responses = windows.map { days in
      (0..<24).map { _ in (0..<days).map { _ in random.nextGaussian() } }
    }
    let products = windows.reduce(0) { $0 + $1 * predictors * predictors }
    return Kernel(name: "LEAR day: 4 windows, 24 hours, 247 predictors", work: .operations(Double(products)), runs: 3) {
      var sum = 0.0
      for (matrix, targets) in zip(designs, responses) {
        let design = LassoDesign(matrix)
        for target in targets { sum += design.fit(target, penalty: .akaike).intercept }
      }
      return sum
    }
  }

  /// One epoch of the price network: forwards and backwards, six operations for each weight and row.
  private static func networkEpoch() -> Kernel {
    var random = SplitMix64(seed: 2)
    let shape = DenseNetwork.Shape(inputs: 250, hidden: 128, outputs: 24)
    let rows = 1_456
    let inputs = (0..<(rows * shape.inputs)).map { _ in Float(random.nextGaussian()) }
    let targets = (0..<(rows * shape.outputs)).map { _ in Float(random.nextGaussian()) }
    let weights = shape.inputs * shape.hidden + shape.hidden * shape.outputs + shape.inputs * shape.outputs
    let training = DenseNetwork.Training(epochs: 1, firstStep: 1e-3, lastStep: 1e-3)
    return Kernel(name: "network epoch: 1,456 days, 250-128-24", work: .operations(Double(6 * weights * rows)), runs: 9)
    {
      var network = DenseNetwork(shape: shape, seed: 3)
      _ = network.train(rows: inputs, targets: targets, training)
      return Double(
        network.meanAbsoluteError(rows: Array(inputs.prefix(shape.inputs)), targets: Array(targets.prefix(24))))
    }
  }

  /// A hundred trees of depth six; each level reads all rows' bins once.
  private static func treeFit() -> Kernel {
    var random = SplitMix64(seed: 4)
    let columns = 30
    let count = 20_000
    let rows = FeatureRows(columns: columns, values: (0..<(count * columns)).map { _ in Float(random.nextGaussian()) })
    let targets = (0..<count).map { rows[$0, 0] * rows[$0, 1] + Float(random.nextGaussian()) }
    let parameters = BoostingParameters(
      objective: .quantile(0.5), rounds: 100, depth: 6, learningRate: 0.1, subsample: 1, columnsByTree: 1,
      leastLeafWeight: 20, bins: 64, seed: 5)
    return Kernel(
      name: "tree fit: 20,000 rows, 30 columns, 100 trees of depth 6", work: .bytes(Double(100 * 6 * count * columns)),
      runs: 3
    ) {
      guard let trees = try? BoostedTrees.fit(rows, targets: targets, parameters: parameters) else { return .nan }
      return Double((try? trees.predicted(for: rows.selecting([0])))?.first ?? .nan)
    }
  }

  /// Isotonic distributional regression of a day: 24 hours from 730 past errors each, 99 quantiles.
  private static func quantileCalibration() -> Kernel {
    var random = SplitMix64(seed: 6)
    let past = 730
    let predictor = (0..<past).map { _ in random.nextGaussian() }
    let response = predictor.map { $0 + random.nextGaussian() }
    let weights = [Double](repeating: 1, count: past)
    let levels = (1...99).map { Double($0) / 100 }
    return Kernel(
      name: "quantile calibration: 24 hours, 730 days, 99 quantiles", work: .bytes(Double(24 * past * past * 8)),
      runs: 5
    ) {
      (0..<24).reduce(0.0) { sum, hour in
        let regression = IsotonicDistributionalRegression(predictor: predictor, response: response, weights: weights)
        return sum + regression.quantiles(at: predictor[hour], levels: levels, thresholds: past)[49]
      }
    }
  }

  /// A thousand joint paths of 96 intervals: a Cholesky factor times independent normals.
  private static func scenarios() -> Kernel {
    let intervals = 96
    let paths = 1_000
    var matrix = Matrix(rows: intervals, columns: intervals, repeating: 0)
    for row in 0..<intervals {
      for column in 0..<intervals { matrix[row, column] = pow(0.95, Double(abs(row - column))) }
    }
    let correlation = matrix
    let operations = intervals * intervals * intervals / 3 + paths * intervals * intervals
    return Kernel(name: "1,000 joint scenarios of 96 intervals", work: .operations(Double(operations)), runs: 9) {
      guard let factor = try? Cholesky(of: correlation) else { return .nan }
      var random = SplitMix64(seed: 7)
      return (0..<paths).reduce(0.0) { sum, _ in
        sum + factor.correlating((0..<intervals).map { _ in random.nextGaussian() })[intervals - 1]
      }
    }
  }

  /// Every interval has its own 5,000 offers, unsorted; each offer is read twice, to find the price and to fill it.
  private static func meritOrder() -> Kernel {
    var random = SplitMix64(seed: 10)
    let offers = (1...96).flatMap { interval in
      (0..<5_000).map { number in
        MarketOffer(
          interval: interval, side: random.nextUniform() < 0.75 ? .sell : .buy, participant: "P\(number)",
          price: .perMegawattHour((random.nextUniform() * 20_000).rounded() / 100 - 20),
          quantity: .megawatts(random.nextUniform() * 50 + 0.1))
      }
    }
    let book = OfferBook(offers)
    let terms = ClearingTerms(
      floor: .perMegawattHour(-500), cap: .perMegawattHour(4_000), priceTick: .perMegawattHour(0.01),
      intervalLength: .quarterHour, tieBreak: .proRata, priceRange: .lowest, equalPriceVolume: .most,
      shortagePrice: .cap,
      surplusPrice: .floor)
    return Kernel(
      name: "merit order: 5,000 segments, 96 intervals", work: .bytes(96 * 5_000 * (2 * 24 + 16)), runs: 15
    ) {
      guard let found = try? clearByMeritOrder(book, terms: terms) else { return .nan }
      return found.intervals[0].price.perMegawattHour
    }
  }
}
