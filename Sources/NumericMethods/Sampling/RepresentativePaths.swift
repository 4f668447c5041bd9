/// Chooses `count` of equally probable paths that, equally weighted, stand for all of them: one after another the path that
/// brings the energy distance to the whole sample down most (herding with the distance kernel: Chen, Welling, Smola, UAI
/// 2010; Mak, Joseph, "Support points", Annals of Statistics 46, 2018). O(n²·length + n·count).
///
/// - Parameters:
///   - values: path · length + position.
/// - Returns: positions of the chosen paths, in the order of choice.
public func representativePaths(_ values: [Double], length: Int, count: Int) -> [Int] {
  let paths = values.count / length
  precondition(values.count == paths * length, "Paths of \(length) values do not make \(values.count)")
  precondition(count >= 1 && count <= paths, "\(count) of \(paths) paths cannot be chosen")
  let distance = pathDistances(values, length: length, count: paths)
  // Mean distance to the sample, less the mean distance to those chosen.
  let toSample = (0..<paths).map { path in
    distance[(path * paths)..<((path + 1) * paths)].reduce(0, +) / Double(paths)
  }
  var toChosen = [Double](repeating: 0, count: paths)
  var taken = [Bool](repeating: false, count: paths)
  return (0..<count).map { size in
    var best = 0
    var least = Double.infinity
    for path in 0..<paths where !taken[path] {
      let cost = toSample[path] - toChosen[path] / Double(size + 1)
      if cost < least {
        least = cost
        best = path
      }
    }
    taken[best] = true
    for path in 0..<paths { toChosen[path] += distance[best * paths + path] }
    return best
  }
}
