/// The energy score of equally probable paths that stand one after another in one buffer, path · length + position.
///
/// The same number as ``energyScore(of:against:)``; O(m²·n) without allocation inside.
public func energyScore(ofPaths values: [Double], count: Int, against actual: [Double]) -> Double {
  let length = actual.count
  precondition(
    count > 0 && values.count == count * length, "\(count) paths of \(length) values do not make \(values.count)")
  return values.withUnsafeBufferPointer { values in
    actual.withUnsafeBufferPointer { actual in
      guard let paths = values.baseAddress, let truth = actual.baseAddress else { return 0 }
      var distance = 0.0
      var spread = 0.0
      for path in 0..<count {
        let own = paths + path * length
        distance += squaredDistance(own, truth, length).squareRoot()
        for other in 0..<path { spread += squaredDistance(own, paths + other * length, length).squareRoot() }
      }
      let size = Double(count)
      return distance / size - spread / (size * size)
    }
  }
}

/// The variogram score of order ½ with equal weights that add up to one, of paths in one buffer, path · length + position.
///
/// The same number as ``variogramScore(of:against:order:)`` of order ½: the mean over pairs i < j of
/// (√|yᵢ − yⱼ| − E√|Xᵢ − Xⱼ|)²; O(m·n²) without allocation inside.
public func variogramScore(ofPaths values: [Double], count: Int, against actual: [Double]) -> Double {
  let length = actual.count
  precondition(
    count > 0 && values.count == count * length, "\(count) paths of \(length) values do not make \(values.count)")
  precondition(length >= 2, "A variogram needs at least two values")
  var sums = [Double](repeating: 0, count: length)
  var total = 0.0
  values.withUnsafeBufferPointer { values in
    sums.withUnsafeMutableBufferPointer { sums in
      for first in 1..<length {
        for second in 0..<first { sums[second] = 0 }
        for path in 0..<count {
          let start = path * length
          let own = values[start + first]
          for second in 0..<first { sums[second] += abs(own - values[start + second]).squareRoot() }
        }
        for second in 0..<first {
          let gap = abs(actual[first] - actual[second]).squareRoot() - sums[second] / Double(count)
          total += gap * gap
        }
      }
    }
  }
  return total / Double(length * (length - 1) / 2)
}

/// Eight running sums, so that the processor need not wait for one.
@inline(__always)
func squaredDistance(_ first: UnsafePointer<Double>, _ second: UnsafePointer<Double>, _ length: Int) -> Double {
  var sums = SIMD8<Double>.zero
  var position = 0
  while position + 8 <= length {
    let own = UnsafeRawPointer(first + position).loadUnaligned(as: SIMD8<Double>.self)
    let gap = own - UnsafeRawPointer(second + position).loadUnaligned(as: SIMD8<Double>.self)
    sums += gap * gap
    position += 8
  }
  var total = sums.sum()
  while position < length {
    let gap = first[position] - second[position]
    total += gap * gap
    position += 1
  }
  return total
}
