internal import RealModule

extension DenseNetwork {
  /// Descends on the rows (inputs × n and targets × n, row by row); called again it goes on from where it stands.
  ///
  /// With a `held` share of the last rows kept aside, the parameters with the least error on them are kept, and the descent
  /// ends after `patience` epochs without a better one (early stopping; Prechelt 1998). Returns the epochs run.
  @discardableResult
  public mutating func train(
    rows: [Float], targets: [Float], _ training: Training, heldRows: Int = 0, patience: Int = 10
  ) -> Int {
    let count = rows.count / shape.inputs
    precondition(
      rows.count == count * shape.inputs && targets.count == count * shape.outputs && heldRows < count,
      "Rows and targets do not match the network")
    let learned = count - heldRows
    let heldInputs = Array(rows[(learned * shape.inputs)...])
    let heldTargets = Array(targets[(learned * shape.outputs)...])
    var best = (error: Float.infinity, parameters: parameters)
    var since = 0
    var batches = NetworkBatches(shape: shape, batch: min(training.batch, learned))
    for epoch in 0..<training.epochs {
      let share = training.epochs > 1 ? Float(epoch) / Float(training.epochs - 1) : 0
      let step = training.firstStep * Float.pow(training.lastStep / training.firstStep, share)
      let order = random.nextPermutation(of: learned)
      for start in stride(from: 0, to: learned, by: batches.batch) {
        let chosen = order[start..<min(start + batches.batch, learned)]
        batches.gather(chosen, rows, targets)
        descend(&batches, rows: chosen.count, step: step, training)
      }
      guard heldRows > 0 else { continue }
      let error = meanAbsoluteError(rows: heldInputs, targets: heldTargets)
      since += 1
      if error < best.error {
        best = (error, parameters)
        since = 0
      } else if since >= patience {
        parameters = best.parameters
        return epoch + 1
      }
    }
    if heldRows > 0 { parameters = best.parameters }
    return training.epochs
  }

  /// One step of Adam on the gathered batch.
  private mutating func descend(_ batches: inout NetworkBatches, rows: Int, step: Float, _ training: Training) {
    if training.dropout > 0 { batches.drop(share: training.dropout, &random) }
    parameters.withUnsafeBufferPointer { batches.gradient(rows: rows, $0, masked: training.dropout > 0) }
    moments.steps += 1
    let steps = Float(moments.steps)
    let rate = step * (1 - Float.pow(0.999, steps)).squareRoot() / (1 - Float.pow(0.9, steps))
    let shape = shape
    let spans = [
      (0..<shape.firstBias, training.penalty), (shape.firstBias..<shape.second, 0),
      (shape.second..<shape.skip, training.penalty), (shape.skip..<shape.secondBias, training.skipPenalty),
      (shape.secondBias..<shape.count, 0),
    ]
    parameters.withUnsafeMutableBufferPointer { parameters in
      moments.first.withUnsafeMutableBufferPointer { first in
        moments.second.withUnsafeMutableBufferPointer { second in
          batches.slopes.withUnsafeBufferPointer { slopes in
            for (span, penalty) in spans {
              adam(parameters, first, second, slopes, span, rate: rate, penalty: penalty)
            }
          }
        }
      }
    }
  }
}

/// θ −= rate·m/(√v + ε) with m, v the running moments of the gradient; the hot loop over all parameters.
private func adam(
  _ parameters: UnsafeMutableBufferPointer<Float>, _ first: UnsafeMutableBufferPointer<Float>,
  _ second: UnsafeMutableBufferPointer<Float>, _ slopes: UnsafeBufferPointer<Float>, _ span: Range<Int>, rate: Float,
  penalty: Float
) {
  guard let theta = parameters.baseAddress, let m = first.baseAddress, let v = second.baseAddress,
    let g = slopes.baseAddress
  else { return }
  for index in span {
    let value = theta[index]
    let sign: Float = value > 0 ? penalty : value < 0 ? -penalty : 0
    let slope = g[index] + sign
    m[index] = 0.9 * m[index] + 0.1 * slope
    v[index] = 0.999 * v[index] + 0.001 * slope * slope
    theta[index] = value - rate * m[index] / (v[index].squareRoot() + 1e-8)
  }
}

/// The memory of one batch: gathered rows, values between the layers, gradient.
private struct NetworkBatches {
  let shape: DenseNetwork.Shape
  let batch: Int
  private var inputs: [Float]
  private var targets: [Float]
  private var pass: NetworkPass
  private(set) var slopes: [Float]

  init(shape: DenseNetwork.Shape, batch: Int) {
    self.shape = shape
    self.batch = batch
    inputs = [Float](repeating: 0, count: batch * shape.inputs)
    targets = [Float](repeating: 0, count: batch * shape.outputs)
    pass = NetworkPass(shape: shape, rows: batch)
    slopes = [Float](repeating: 0, count: shape.count)
  }

  mutating func gather(_ chosen: ArraySlice<Int>, _ rows: [Float], _ wanted: [Float]) {
    for (place, row) in chosen.enumerated() {
      for column in 0..<shape.inputs { inputs[place * shape.inputs + column] = rows[row * shape.inputs + column] }
      for column in 0..<shape.outputs { targets[place * shape.outputs + column] = wanted[row * shape.outputs + column] }
    }
  }

  /// Draws which hidden values are left out; 16 bits of the generator decide one.
  mutating func drop(share: Float, _ random: inout SplitMix64) {
    let threshold = UInt16(share * 65_536)
    let kept = 1 / (1 - share)
    var bits: UInt64 = 0
    pass.mask.withUnsafeMutableBufferPointer { mask in
      for index in mask.indices {
        if index & 3 == 0 { bits = random.next() }
        mask[index] = UInt16(truncatingIfNeeded: bits) < threshold ? 0 : kept
        bits >>= 16
      }
    }
  }

  mutating func gradient(rows: Int, _ parameters: UnsafeBufferPointer<Float>, masked: Bool) {
    inputs.withUnsafeBufferPointer { inputs in
      targets.withUnsafeBufferPointer { targets in
        guard let inputs = inputs.baseAddress, let targets = targets.baseAddress else { return }
        pass.forward(inputs, parameters, rows: rows, mask: masked)
        slopes.withUnsafeMutableBufferPointer {
          pass.backward(inputs, targets, parameters, rows: rows, gradient: $0)
        }
      }
    }
  }
}
