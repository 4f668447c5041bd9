/// A few of many weighted paths, with weights that add up to one.
public struct ReducedPaths: Equatable, Sendable {
  /// Positions of the kept paths among the given, ascending.
  public let kept: [Int]
  /// Weight of each kept path: its own and that of every dropped path to which it is closest.
  public let weights: [Double]
  /// For each given path, the position in `kept` of the path that stands for it.
  public let representative: [Int]
}

/// Chooses `count` of the paths such that the dropped weight travels the least: fast forward selection (Heitsch and Römisch,
/// Computational Optimization and Applications 24, 2003) in Euclidean distance, O(n²·length + n²·count).
///
/// - Parameters:
///   - values: path · length + position.
///   - weights: one for each path, zero or more; they are scaled to add up to one.
public func fastForwardSelection(_ values: [Double], length: Int, weights: [Double], count: Int) -> ReducedPaths {
  let paths = weights.count
  precondition(length > 0 && values.count == paths * length, "\(paths) paths of \(length) do not make \(values.count)")
  precondition(count >= 1 && count <= paths, "\(count) of \(paths) paths cannot be kept")
  let total = weights.reduce(0, +)
  precondition(total > 0 && weights.allSatisfy { $0 >= 0 }, "Weights are not negative and not all zero")
  let share = weights.map { $0 / total }
  let distance = pathDistances(values, length: length, count: paths)
  var nearest = [Double](repeating: .infinity, count: paths)
  var representative = [Int](repeating: 0, count: paths)
  var kept: [Int] = []
  while kept.count < count {
    let next = bestAddition(distance, nearest, share, excluding: kept)
    for path in 0..<paths where distance[next * paths + path] < nearest[path] {
      nearest[path] = distance[next * paths + path]
      representative[path] = next
    }
    representative[next] = next
    kept.append(next)
  }
  kept.sort()
  var place = [Int](repeating: 0, count: paths)
  for (position, path) in kept.enumerated() { place[path] = position }
  var sums = [Double](repeating: 0, count: count)
  for path in 0..<paths { sums[place[representative[path]]] += share[path] }
  return ReducedPaths(kept: kept, weights: sums, representative: representative.map { place[$0] })
}

/// The path whose addition leaves the least weighted distance; the first of equals.
private func bestAddition(_ distance: [Double], _ nearest: [Double], _ share: [Double], excluding kept: [Int]) -> Int {
  let paths = share.count
  var taken = [Bool](repeating: false, count: paths)
  for path in kept { taken[path] = true }
  var best = -1
  var least = Double.infinity
  distance.withUnsafeBufferPointer { distance in
    for candidate in 0..<paths where !taken[candidate] {
      var cost = 0.0
      let row = candidate * paths
      for path in 0..<paths { cost += share[path] * min(nearest[path], distance[row + path]) }
      if cost < least {
        least = cost
        best = candidate
      }
    }
  }
  return best >= 0 ? best : taken.firstIndex(of: false) ?? 0
}

func pathDistances(_ values: [Double], length: Int, count: Int) -> [Double] {
  var distance = [Double](repeating: 0, count: count * count)
  values.withUnsafeBufferPointer { values in
    guard let start = values.baseAddress else { return }
    for first in 0..<count {
      for second in 0..<first {
        let size = squaredDistance(start + first * length, start + second * length, length).squareRoot()
        distance[first * count + second] = size
        distance[second * count + first] = size
      }
    }
  }
  return distance
}
