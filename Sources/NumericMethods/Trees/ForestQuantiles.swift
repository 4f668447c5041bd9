/// Quantiles of a response given predictors, from the leaves that a row shares with the rows of the fit.
///
/// Quantile regression forest, Meinshausen (2006): in each tree the rows of the fit that end in the new row's leaf share
/// one unit of weight; the mean of these weights over the trees makes a distribution over the responses, whose
/// quantiles are the answer. Works on the leaves of a random forest or of boosted trees. O(trees · leaf size + rows) for a
/// row; no memory is taken inside that loop.
public struct ForestQuantiles: Sendable {
  private let trees: Int
  /// Responses in ascending order.
  private let sorted: [Double]
  /// starts[offsets[tree] + node]..<starts[… + 1]: places in `members` of that leaf's rows.
  private let offsets: [Int]
  private let starts: [Int32]
  /// Ranks of responses, leaf by leaf.
  private let members: [Int32]
  /// Weights of rows, by rank.
  private let weights: [Double]
  /// One over the weight of a leaf's rows, by leaf; zero for an empty one.
  private let scales: [Double]

  /// - Parameters:
  ///   - leaves: of the rows of the fit.
  ///   - responses: one for each row; finite.
  ///   - rowWeights: equal ones if nil.
  public init(leaves: LeafTable, responses: [Double], rowWeights: [Double]? = nil) {
    precondition(leaves.rows == responses.count, "\(leaves.rows) rows of leaves, \(responses.count) responses")
    let order = responses.indices.sorted { (responses[$0], $0) < (responses[$1], $1) }
    trees = leaves.trees
    sorted = order.map { responses[$0] }
    weights = order.map { rowWeights?[$0] ?? 1 }
    var offsets: [Int] = []
    var starts: [Int32] = []
    var members: [Int32] = []
    var scales: [Double] = []
    members.reserveCapacity(leaves.leaves.count)
    for tree in 0..<leaves.trees {
      var nodes = 0
      for row in order { nodes = max(nodes, Int(leaves.leaves[row * leaves.trees + tree]) + 1) }
      var counts = [Int32](repeating: 0, count: nodes + 1)
      for row in order { counts[Int(leaves.leaves[row * leaves.trees + tree]) + 1] += 1 }
      for node in 0..<nodes { counts[node + 1] += counts[node] }
      offsets.append(starts.count)
      let base = Int32(members.count)
      starts.append(contentsOf: counts.map { $0 + base })
      members.append(contentsOf: repeatElement(0, count: order.count))
      var totals = [Double](repeating: 0, count: nodes + 1)
      for (rank, row) in order.enumerated() {
        let node = Int(leaves.leaves[row * leaves.trees + tree])
        members[Int(base + counts[node])] = Int32(rank)
        counts[node] += 1
        totals[node] += weights[rank]
      }
      scales.append(contentsOf: totals.map { $0 > 0 ? 1 / $0 : 0 })
    }
    (self.offsets, self.starts, self.members, self.scales) = (offsets, starts, members, scales)
  }

  /// For each row, its quantiles at ascending levels inside 0…1: answer[row][level].
  public func quantiles(of rows: LeafTable, at levels: [Double], threads: Int = 1) -> [[Double]] {
    precondition(rows.trees == trees, "Leaves of \(rows.trees) trees were handed, the fit has \(trees)")
    let block = 64
    let blocks = (rows.rows + block - 1) / block
    return concurrentMap(count: blocks, threads: threads) { index in
      var shares = [Double](repeating: 0, count: sorted.count)
      return ((index * block)..<min(rows.rows, (index + 1) * block)).map { row in
        spread(rows, row, into: &shares)
        return weightedQuantiles(ofSorted: sorted, weights: shares, at: levels)
      }
    }.flatMap { $0 }
  }

  /// Weights of the responses, by rank.
  private func spread(_ rows: LeafTable, _ row: Int, into shares: inout [Double]) {
    shares.withUnsafeMutableBufferPointer { shares in
      shares.update(repeating: 0)
      rows.leaves.withUnsafeBufferPointer { leaves in
        members.withUnsafeBufferPointer { members in
          for tree in 0..<trees {
            let first = offsets[tree] + Int(leaves[row * trees + tree])
            let end = tree + 1 < trees ? offsets[tree + 1] : starts.count
            guard first + 1 < end, scales[first] > 0 else { continue }
            let scale = scales[first]
            for place in Int(starts[first])..<Int(starts[first + 1]) {
              let rank = Int(members[place])
              shares[rank] += scale * weights[rank]
            }
          }
        }
      }
    }
  }
}
