import NumericMethods
import Testing

@Suite("Normal equations") struct NormalEquationsTests {
  @Test("a line through weighted points")
  func line() throws {
    // Points (0, 1), (1, 3), (2, 4) with weights 1, 1, 2: sums w = 4, wx = 5, wxx = 9, wy = 12, wxy = 19.
    // Slope (4·19 − 5·12)/(4·9 − 25) = 16/11, intercept (12 − 5·16/11)/4 = 13/11.
    var equations = NormalEquations(count: 2)
    equations.add([1, 0], target: 1)
    equations.add([1, 1], target: 3)
    equations.add([1, 2], target: 4, weight: 2)
    let found = try equations.coefficients(penalty: 0)
    #expect(abs(found[0] - 13.0 / 11) < 1e-12)
    #expect(abs(found[1] - 16.0 / 11) < 1e-12)
    #expect(equations.totalWeight == 4)
  }

  @Test("one predictor shrinks by its penalty: β = Σxy/(Σxx + penalty)")
  func ridge() throws {
    var equations = NormalEquations(count: 1)
    equations.add([2], target: 6)
    #expect(abs(try equations.coefficients(penalty: 4)[0] - 1.5) < 1e-12)
  }

  @Test("forgetting is a falling weight, a row taken away was never there, a sparse row is a row")
  func sameSums() throws {
    var generator = SplitMix64(seed: 4)
    var recursive = NormalEquations(count: 4)
    var direct = NormalEquations(count: 4)
    for step in 0..<30 {
      let row = [generator.nextGaussian(), 0, generator.nextGaussian(), 1]
      let other = [0, generator.nextGaussian(), generator.nextGaussian(), 1]
      let target = generator.nextGaussian()
      recursive.forget(0.9)
      recursive.add(row, target: target)
      recursive.add(other, target: 3)
      recursive.add(other, target: 3, weight: -1)
      recursive.add(other, target: target)
      var weight = 1.0
      for _ in step..<29 { weight *= 0.9 }
      direct.add(indices: [0, 2, 3], values: [row[0], row[2], 1], target: target, weight: weight)
      direct.add(indices: [1, 2, 3], values: [other[1], other[2], 1], target: target, weight: weight)
    }
    let pairs = try zip(recursive.coefficients(penalty: 0.1), direct.coefficients(penalty: 0.1))
    for (one, two) in pairs { #expect(abs(one - two) < 1e-10) }
    #expect(abs(recursive.totalWeight - direct.totalWeight) < 1e-9)
  }

  @Test("sums of two sets are the set of both; dependent columns need a penalty")
  func sums() throws {
    var first = NormalEquations(count: 2)
    var second = NormalEquations(count: 2)
    first.add([1, 1], target: 2)
    second.add([2, 2], target: 4)
    first.add(second)
    #expect(throws: LinearAlgebraError.self) { try first.coefficients(penalty: 0) }
    // β₁ = β₂ by symmetry: (10 + 0.1)·β = 10.
    #expect(abs(try first.coefficients(penalty: 0.1)[0] - 10 / 10.1) < 1e-10)
  }

  @Test("random features have the Gaussian kernel as their inner product, and their seed decides them")
  func kernel() {
    let features = RandomFeatures(count: 4_000, inputs: 2, seed: 9)
    for (x, y) in [([0.0, 0], [0.0, 0]), ([0.0, 1], [1.0, 1]), ([-1.0, 0.5], [0.5, -1.5])] {
      let product = zip(features.values(at: x), features.values(at: y)).reduce(0) { $0 + $1.0 * $1.1 }
      let squared = zip(x, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      let expected = [0.0: 1.0, 1: 0.606_530_66, 6.25: 0.043_936_93][squared]
      #expect(abs(product - (expected ?? .nan)) < 0.05)
    }
    #expect(RandomFeatures(count: 5, inputs: 2, seed: 1) == RandomFeatures(count: 5, inputs: 2, seed: 1))
    #expect(RandomFeatures(count: 5, inputs: 2, seed: 1) != RandomFeatures(count: 5, inputs: 2, seed: 2))
  }
}
