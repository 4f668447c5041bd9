internal import RealModule

/// A network with one hidden layer and a linear path beside it:
///
///     ŷ = W₂·φ(W₁·x + b₁) + S·x + b₂,   φ(z) = z for z > 0 and z/100 below
///
/// The linear path makes it no worse than a regression where the world is linear (El Mahtout, Ziel 2026; `methods.md`
/// 1.4). Fitted to the mean absolute error by Adam (Kingma, Ba 2015) on batches, with dropout on the hidden layer
/// (Srivastava et al. 2014) and an absolute-value penalty. Single precision; the same seed gives the same network.
public struct DenseNetwork: Sendable, Codable, Equatable {
  /// Sizes of the layers.
  public struct Shape: Hashable, Sendable, Codable {
    public let inputs: Int
    public let hidden: Int
    public let outputs: Int

    public init(inputs: Int, hidden: Int, outputs: Int) {
      precondition(inputs > 0 && hidden > 0 && outputs > 0, "Every layer has at least one value")
      self.inputs = inputs
      self.hidden = hidden
      self.outputs = outputs
    }

    /// Places of W₁ (inputs × hidden), b₁, W₂ (hidden × outputs), S (inputs × outputs), b₂ in the parameters.
    var firstBias: Int { inputs * hidden }
    var second: Int { firstBias + hidden }
    var skip: Int { second + hidden * outputs }
    var secondBias: Int { skip + inputs * outputs }
    var count: Int { secondBias + outputs }
  }

  /// How to descend.
  public struct Training: Hashable, Sendable, Codable {
    public var epochs: Int
    /// Step of Adam at the first and at the last epoch; geometric between.
    public var firstStep: Float
    public var lastStep: Float
    public var batch: Int
    /// Share of hidden values that are left out of a batch.
    public var dropout: Float
    /// Absolute-value penalty on W₁ and W₂, and on S.
    public var penalty: Float
    public var skipPenalty: Float

    public init(
      epochs: Int, firstStep: Float, lastStep: Float, batch: Int = 64, dropout: Float = 0.25, penalty: Float = 1e-5,
      skipPenalty: Float = 1e-3
    ) {
      precondition(epochs >= 0 && batch > 0, "Epochs are not negative and a batch has rows")
      self.epochs = epochs
      self.firstStep = firstStep
      self.lastStep = lastStep
      self.batch = batch
      self.dropout = dropout
      self.penalty = penalty
      self.skipPenalty = skipPenalty
    }
  }

  public let shape: Shape
  /// W₁, b₁, W₂, S, b₂, each row by row.
  public internal(set) var parameters: [Float]
  var moments: AdamMoments
  var random: SplitMix64

  /// A network that has seen nothing: He-scaled W₁, small W₂, S and the offsets at zero.
  public init(shape: Shape, seed: UInt64) {
    self.shape = shape
    var random = SplitMix64(seed: seed)
    parameters = [Float](repeating: 0, count: shape.count)
    let first = (2 / Double(shape.inputs)).squareRoot()
    for index in 0..<shape.firstBias { parameters[index] = Float(first * random.nextGaussian()) }
    let second = (1 / Double(shape.hidden)).squareRoot() * 0.5
    for index in shape.second..<shape.skip { parameters[index] = Float(second * random.nextGaussian()) }
    moments = AdamMoments(count: shape.count)
    self.random = random
  }

  /// ŷ for rows of inputs (row by row), as rows of outputs.
  public func predicted(for rows: [Float]) -> [Float] {
    precondition(rows.count % shape.inputs == 0, "Rows of \(shape.inputs) inputs are needed")
    let count = rows.count / shape.inputs
    var pass = NetworkPass(shape: shape, rows: count)
    rows.withUnsafeBufferPointer { source in
      guard let source = source.baseAddress else { return }
      parameters.withUnsafeBufferPointer { pass.forward(source, $0, rows: count, mask: false) }
    }
    return pass.outputs
  }

  /// The mean of |ŷ − y| over rows and outputs.
  public func meanAbsoluteError(rows: [Float], targets: [Float]) -> Float {
    let found = predicted(for: rows)
    return zip(found, targets).reduce(0) { $0 + abs($1.0 - $1.1) } / Float(max(targets.count, 1))
  }
}

/// First and second moments of Adam and the number of steps taken.
struct AdamMoments: Sendable, Codable, Equatable {
  var first: [Float]
  var second: [Float]
  var steps = 0

  init(count: Int) {
    first = [Float](repeating: 0, count: count)
    second = [Float](repeating: 0, count: count)
  }
}
