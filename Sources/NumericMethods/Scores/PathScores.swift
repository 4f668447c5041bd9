internal import RealModule

/// The energy score of equally probable paths, E‖X − y‖ − ½·E‖X − X′‖ with Euclidean norms.
///
/// Gneiting and Raftery (2007), equation (22); O(m²·n) for m paths of n values.
public func energyScore(of paths: [[Double]], against actual: [Double]) -> Double {
  checkPaths(paths, actual)
  let size = Double(paths.count)
  let distance = paths.reduce(0) { $0 + euclideanDistance($1, actual) } / size
  var spread = 0.0
  for (index, path) in paths.enumerated() {
    for other in paths[..<index] { spread += euclideanDistance(path, other) }
  }
  return distance - spread / (size * size)
}

/// The variogram score of equally probable paths with equal weights that add up to one:
///
///     mean over i ≠ j of (|yᵢ − yⱼ|ᵖ − E|Xᵢ − Xⱼ|ᵖ)²
///
/// Scheuerer and Hamill (2015); they recommend p = 0.5. It sees wrong dependence that the energy score overlooks.
public func variogramScore(of paths: [[Double]], against actual: [Double], order: Double = 0.5) -> Double {
  checkPaths(paths, actual)
  precondition(actual.count >= 2, "A variogram needs at least two values")
  var total = 0.0
  for i in actual.indices {
    for j in 0..<i {
      let expected = paths.reduce(0) { $0 + Double.pow(abs($1[i] - $1[j]), order) } / Double(paths.count)
      let gap = Double.pow(abs(actual[i] - actual[j]), order) - expected
      total += gap * gap
    }
  }
  return total / (Double(actual.count * (actual.count - 1)) / 2)
}

private func checkPaths(_ paths: [[Double]], _ actual: [Double]) {
  precondition(!paths.isEmpty, "A path score needs at least one path")
  for path in paths {
    precondition(path.count == actual.count, "A path has \(path.count) values, the actual path \(actual.count)")
  }
}

private func euclideanDistance(_ first: [Double], _ second: [Double]) -> Double {
  zip(first, second).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
}
