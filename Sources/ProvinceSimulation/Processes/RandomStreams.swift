internal import NumericMethods

/// One seed, many independent generators: each process draws from its own, so that a change to one leaves the others.
struct RandomStreams: Sendable {
  let seed: UInt64

  /// The generator of a named process: the seed mixed with the name's FNV-1a hash.
  func generator(_ name: String) -> SplitMix64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    var mixer = SplitMix64(seed: seed)
    return SplitMix64(seed: mixer.next() ^ hash)
  }

  /// A first-order autoregressive path with mean 0 and variance 1:
  ///
  ///     x[t] = φ·x[t−1] + √(1 − φ²)·ε[t],   φ = e^(−1 / steps)
  ///
  /// so that its correlation falls to 1/e over `steps` positions.
  func path(_ name: String, count: Int, steps: Double) -> [Double] {
    var random = generator(name)
    let persistence = exponential(-1 / max(steps, 1e-9))
    let innovation = (1 - persistence * persistence).squareRoot()
    var value = random.nextGaussian()
    var values: [Double] = []
    values.reserveCapacity(count)
    for _ in 0..<count {
      values.append(value)
      value = persistence * value + innovation * random.nextGaussian()
    }
    return values
  }

  /// A path by quarter-hour whose correlation time is given in hours.
  func quarterHourPath(_ name: String, count: Int, hours: Double) -> [Double] {
    path(name, count: count, steps: hours * TimeAxis.perHour)
  }
}
