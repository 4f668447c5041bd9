import Testing

@testable import NumericMethods

@Suite("Dense network") struct NetworkTests {
  static let training = DenseNetwork.Training(
    epochs: 60, firstStep: 5e-3, lastStep: 2e-4, batch: 32, dropout: 0, penalty: 0, skipPenalty: 0)

  /// Rows of two predictors and a target made of them.
  private func sample(_ count: Int, seed: UInt64, _ law: (Float, Float) -> Float) -> (rows: [Float], targets: [Float]) {
    var random = SplitMix64(seed: seed)
    var rows: [Float] = []
    var targets: [Float] = []
    for _ in 0..<count {
      let pair = (Float(random.nextGaussian()), Float(random.nextGaussian()))
      rows += [pair.0, pair.1]
      targets.append(law(pair.0, pair.1))
    }
    return (rows, targets)
  }

  @Test("a linear law is learned by the linear path, a kink by the hidden layer")
  func learns() {
    for law in [{ 2 * $0 - $1 + 3 }, { abs($0) + max($1, 0) }] as [(Float, Float) -> Float] {
      let known = sample(800, seed: 1, law)
      let fresh = sample(200, seed: 2, law)
      var network = DenseNetwork(shape: .init(inputs: 2, hidden: 16, outputs: 1), seed: 3)
      let before = network.meanAbsoluteError(rows: fresh.rows, targets: fresh.targets)
      network.train(rows: known.rows, targets: known.targets, NetworkTests.training)
      let after = network.meanAbsoluteError(rows: fresh.rows, targets: fresh.targets)
      #expect(after < 0.06 && after < 0.1 * before)
    }
  }

  @Test("the gradient is that of the mean absolute error, by finite differences")
  func gradient() {
    let shape = DenseNetwork.Shape(inputs: 2, hidden: 3, outputs: 2)
    let network = DenseNetwork(shape: shape, seed: 5)
    var random = SplitMix64(seed: 6)
    let rows = (0..<8).map { _ in Float(random.nextGaussian()) }
    let targets = (0..<8).map { _ in Float(random.nextGaussian()) }
    var pass = NetworkPass(shape: shape, rows: 4)
    var slopes = [Float](repeating: 0, count: shape.count)
    network.parameters.withUnsafeBufferPointer { parameters in
      rows.withUnsafeBufferPointer { rows in
        targets.withUnsafeBufferPointer { targets in
          guard let rows = rows.baseAddress, let targets = targets.baseAddress else { return }
          pass.forward(rows, parameters, rows: 4, mask: false)
          slopes.withUnsafeMutableBufferPointer {
            pass.backward(rows, targets, parameters, rows: 4, gradient: $0)
          }
        }
      }
    }
    // The loss of a batch is Σ|error| / rows, twice the mean over its two outputs.
    func loss(_ parameters: [Float]) -> Float {
      var moved = network
      moved.parameters = parameters
      return 2 * moved.meanAbsoluteError(rows: rows, targets: targets)
    }
    for index in 0..<shape.count {
      var (up, down) = (network.parameters, network.parameters)
      up[index] += 1e-3
      down[index] -= 1e-3
      #expect(abs((loss(up) - loss(down)) / 2e-3 - slopes[index]) < 2e-2, "parameter \(index)")
    }
  }

  @Test("the same seed gives the same network, another seed another one, and training goes on from where it stands")
  func determinism() {
    let known = sample(200, seed: 7) { $0 * $1 }
    func trained(_ seed: UInt64, twice: Bool = false) -> DenseNetwork {
      var network = DenseNetwork(shape: .init(inputs: 2, hidden: 8, outputs: 1), seed: seed)
      var training = NetworkTests.training
      training.dropout = 0.25
      training.epochs = 5
      network.train(rows: known.rows, targets: known.targets, training)
      if twice { network.train(rows: known.rows, targets: known.targets, training) }
      return network
    }
    #expect(trained(1) == trained(1))
    #expect(trained(1).parameters != trained(2).parameters)
    #expect(trained(1, twice: true).parameters != trained(1).parameters)
  }

  @Test("early stopping keeps the parameters that were best on the rows held out")
  func earlyStopping() {
    var random = SplitMix64(seed: 8)
    let known = sample(60, seed: 9) { _, _ in Float(random.nextGaussian()) }
    var network = DenseNetwork(shape: .init(inputs: 2, hidden: 64, outputs: 1), seed: 10)
    var training = NetworkTests.training
    training.epochs = 300
    let epochs = network.train(rows: known.rows, targets: known.targets, training, heldRows: 20, patience: 15)
    #expect(epochs < 300)
    let held = network.meanAbsoluteError(rows: Array(known.rows.suffix(40)), targets: Array(known.targets.suffix(20)))
    network.train(rows: Array(known.rows.prefix(80)), targets: Array(known.targets.prefix(40)), training)
    let longer = network.meanAbsoluteError(rows: Array(known.rows.suffix(40)), targets: Array(known.targets.suffix(20)))
    #expect(held < longer)
  }
}

@Suite("Kernel regression") struct KernelRegressionTests {
  @Test("one row: the answer is the share k/(k + noise) of the way from the mean to the response")
  func oneRow() throws {
    let kernel = KernelRegression.Kernel(linear: 2, shape: 1)
    let regression = try KernelRegression(
      linearRows: Matrix(rows: 1, columns: 1, columnMajor: [3]),
      radialRows: Matrix(rows: 1, columns: 1, columnMajor: [3]),
      responses: Matrix(rows: 1, columns: 1, columnMajor: [10]), means: [4], noise: [1], kernel: kernel)
    // k(3, 3) = 2·9 + 1 = 19, k(3, 1) = 2·3 + 1/(1 + 4/2) = 6 + 1/3.
    #expect(abs(regression.predicted(linear: [3], radial: [3])[0] - (4 + 6 * 19.0 / 20)) < 1e-12)
    #expect(abs(regression.predicted(linear: [1], radial: [1])[0] - (4 + 6 * (6 + 1.0 / 3) / 20)) < 1e-12)
  }

  @Test("two rows, no linear part: the normal equations by hand; a noisier row counts less")
  func twoRows() throws {
    func answer(noise: [Double]) throws -> Double {
      try KernelRegression(
        linearRows: Matrix(rows: 1, columns: 2, columnMajor: [0, 0]),
        radialRows: Matrix(rows: 1, columns: 2, columnMajor: [0, 2]),
        responses: Matrix(rows: 2, columns: 1, columnMajor: [1, 0]), means: [0], noise: noise,
        kernel: .init(linear: 0, shape: 1)
      ).predicted(linear: [0], radial: [0])[0]
    }
    // K = [1 1/3; 1/3 1] + I: α = K⁻¹·(1, 0) = (2, −1/3)/(4 − 1/9); k = (1, 1/3).
    #expect(try abs(answer(noise: [1, 1]) - (2 - 1.0 / 9) / (4 - 1.0 / 9)) < 1e-12)
    #expect(try answer(noise: [9, 1]) < answer(noise: [1, 1]))
  }
}
