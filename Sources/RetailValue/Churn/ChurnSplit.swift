internal import NumericMethods

/// Which rows teach a churn model and which judge it.
public struct ChurnSplit: Sendable, Equatable {
  public let training: [Int]
  public let test: [Int]

  /// Groups of rows in an order that depends on their content and the seed alone, until the fraction is reached.
  public static func byCustomer(_ table: ChurnTable, fraction: Double, settings: ChurnSettings) -> ChurnSplit {
    let groups = table.groups(settings)
    let order = Array(0..<table.count).sorted {
      let (left, right) = (stableHash(groups[$0], settings.seed), stableHash(groups[$1], settings.seed))
      return (left, groups[$0], table.identifiers[$0]) < (right, groups[$1], table.identifiers[$1])
    }
    var end = Int((fraction * Double(table.count)).rounded())
    while end > 0, end < table.count, groups[order[end]] == groups[order[end - 1]] { end += 1 }
    return ChurnSplit(training: order[..<end].sorted(), test: order[end...].sorted())
  }

  /// Rows whose date is known in the order of that date: the earlier ones teach; rows of one day stay together.
  public static func byDate(_ table: ChurnTable, column: String, fraction: Double) -> ChurnSplit? {
    guard let dates = table.values(column) else { return nil }
    let order = (0..<table.count).filter { dates[$0].isFinite }.sorted {
      (dates[$0], table.identifiers[$0]) < (dates[$1], table.identifiers[$1])
    }
    var end = Int((fraction * Double(order.count)).rounded())
    while end > 0, end < order.count, dates[order[end]] == dates[order[end - 1]] { end += 1 }
    return ChurnSplit(training: order[..<end].sorted(), test: order[end...].sorted())
  }
}

extension ChurnTable {
  /// One text a row; equal texts belong together.
  func groups(_ settings: ChurnSettings) -> [String] {
    let keys = settings.groupColumns.compactMap { values($0) }
    guard !keys.isEmpty else { return identifiers }
    return (0..<count).map { row in
      let parts = keys.map { $0[row] }
      return parts.allSatisfy(\.isFinite) ? parts.map { "\(Int($0))" }.joined(separator: "/") : identifiers[row]
    }
  }

  /// The fold of each of the rows, by group: row → fold.
  func folds(_ rows: [Int], settings: ChurnSettings) -> [Int: Int] {
    let groups = groups(settings)
    return Dictionary(
      uniqueKeysWithValues: rows.map {
        ($0, Int(stableHash(groups[$0], settings.seed &+ 77) % UInt64(settings.folds)))
      })
  }
}

/// FNV-1a of a text, mixed with a seed: the same on every machine and run.
func stableHash(_ text: String, _ seed: UInt64) -> UInt64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  var mixer = SplitMix64(seed: hash ^ (seed &* 0x9E37_79B9_7F4A_7C15))
  return mixer.next()
}
