/// The values between the layers for one batch, and the gradient that comes back.
struct NetworkPass {
  let shape: DenseNetwork.Shape
  private let capacity: Int
  /// rows × hidden: φ(W₁x + b₁), dropped values at zero.
  private var hidden: [Float]
  /// φ′ times the dropout's factor.
  private var slope: [Float]
  private(set) var outputs: [Float]
  private var back: [Float]
  private var outputSlope: [Float]
  /// Dropout's factors: 0, or 1/(1 − share).
  var mask: [Float]

  init(shape: DenseNetwork.Shape, rows: Int) {
    self.shape = shape
    capacity = rows
    hidden = [Float](repeating: 0, count: rows * shape.hidden)
    slope = hidden
    back = hidden
    mask = [Float](repeating: 1, count: rows * shape.hidden)
    outputs = [Float](repeating: 0, count: rows * shape.outputs)
    outputSlope = outputs
  }

  /// Fills `outputs`.
  mutating func forward(
    _ inputs: UnsafePointer<Float>, _ parameters: UnsafeBufferPointer<Float>, rows: Int, mask masked: Bool
  ) {
    guard let base = parameters.baseAddress, rows <= capacity else { return }
    let shape = shape
    hidden.withUnsafeMutableBufferPointer { hidden in
      slope.withUnsafeMutableBufferPointer { slope in
        outputs.withUnsafeMutableBufferPointer { outputs in
          mask.withUnsafeBufferPointer { mask in
            guard let hiddenBase = hidden.baseAddress, let outputBase = outputs.baseAddress else { return }
            SinglePrecision.multiply(
              inputs, base, into: hiddenBase, m: rows, n: shape.hidden, k: shape.inputs)
            activate(hidden, slope, base + shape.firstBias, masked ? mask : nil, rows: rows, width: shape.hidden)
            for row in 0..<rows {
              for output in 0..<shape.outputs {
                outputs[row * shape.outputs + output] = base[shape.secondBias + output]
              }
            }
            SinglePrecision.multiply(
              hiddenBase, base + shape.second, into: outputBase, m: rows, n: shape.outputs, k: shape.hidden, keeping: 1)
            SinglePrecision.multiply(
              inputs, base + shape.skip, into: outputBase, m: rows, n: shape.outputs, k: shape.inputs, keeping: 1)
          }
        }
      }
    }
  }

  /// Writes the gradient of the mean absolute error to `gradient`; `forward` has run on the same batch.
  mutating func backward(
    _ inputs: UnsafePointer<Float>, _ targets: UnsafePointer<Float>, _ parameters: UnsafeBufferPointer<Float>,
    rows: Int, gradient: UnsafeMutableBufferPointer<Float>
  ) {
    guard let base = parameters.baseAddress, let target = gradient.baseAddress else { return }
    let shape = shape
    let share = 1 / Float(rows)
    outputSlope.withUnsafeMutableBufferPointer { outputSlope in
      for index in 0..<rows * shape.outputs {
        let error = outputs[index] - targets[index]
        outputSlope[index] = error > 0 ? share : error < 0 ? -share : 0
      }
      guard let slopeBase = outputSlope.baseAddress else { return }
      hidden.withUnsafeBufferPointer { hidden in
        guard let hiddenBase = hidden.baseAddress else { return }
        SinglePrecision.multiply(
          hiddenBase, slopeBase, transposeFirst: true, into: target + shape.second, m: shape.hidden, n: shape.outputs,
          k: rows)
      }
      SinglePrecision.multiply(
        inputs, slopeBase, transposeFirst: true, into: target + shape.skip, m: shape.inputs, n: shape.outputs, k: rows)
      columnSums(slopeBase, into: target + shape.secondBias, rows: rows, width: shape.outputs)
      back.withUnsafeMutableBufferPointer { back in
        guard let backBase = back.baseAddress else { return }
        SinglePrecision.multiply(
          slopeBase, base + shape.second, transposeSecond: true, into: backBase, m: rows, n: shape.hidden,
          k: shape.outputs)
        for index in 0..<rows * shape.hidden { back[index] *= slope[index] }
        SinglePrecision.multiply(
          inputs, backBase, transposeFirst: true, into: target, m: shape.inputs, n: shape.hidden, k: rows)
        columnSums(backBase, into: target + shape.firstBias, rows: rows, width: shape.hidden)
      }
    }
  }
}

private func activate(
  _ hidden: UnsafeMutableBufferPointer<Float>, _ slope: UnsafeMutableBufferPointer<Float>, _ bias: UnsafePointer<Float>,
  _ mask: UnsafeBufferPointer<Float>?, rows: Int, width: Int
) {
  for row in 0..<rows {
    for unit in 0..<width {
      let index = row * width + unit
      let value = hidden[index] + bias[unit]
      let factor = (value > 0 ? 1 : 0.01) * (mask.map { $0[index] } ?? 1)
      slope[index] = factor
      hidden[index] = value * factor
    }
  }
}

private func columnSums(_ source: UnsafePointer<Float>, into sums: UnsafeMutablePointer<Float>, rows: Int, width: Int) {
  for column in 0..<width { sums[column] = 0 }
  for row in 0..<rows {
    for column in 0..<width { sums[column] += source[row * width + column] }
  }
}
