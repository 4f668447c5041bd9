/// Rows of predictors, row by row in one buffer of `Float`, as tree libraries want them; NaN is "not known".
public struct FeatureRows: Equatable, Sendable {
  public let columns: Int
  /// values[row · columns + column].
  public private(set) var values: [Float]

  public var count: Int { values.count / columns }

  /// No rows of so many columns.
  public init(columns: Int) {
    precondition(columns >= 1, "Rows have at least one column, not \(columns)")
    self.columns = columns
    values = []
  }

  /// Rows that stand one after the other in `values`.
  public init(columns: Int, values: [Float]) {
    precondition(columns >= 1, "Rows have at least one column, not \(columns)")
    precondition(values.count.isMultiple(of: columns), "\(values.count) values do not fill rows of \(columns)")
    self.columns = columns
    self.values = values
  }

  public mutating func append(_ row: some Collection<Float>) {
    precondition(row.count == columns, "A row has \(columns) values, not \(row.count)")
    values.append(contentsOf: row)
  }

  public mutating func append(_ other: FeatureRows) {
    precondition(other.columns == columns, "Rows of \(other.columns) columns do not follow rows of \(columns)")
    values.append(contentsOf: other.values)
  }

  public mutating func reserveCapacity(_ rows: Int) { values.reserveCapacity(rows * columns) }

  public subscript(row: Int, column: Int) -> Float { values[row * columns + column] }

  /// The rows at these positions, in their order.
  public func selecting(_ rows: [Int]) -> FeatureRows {
    var chosen = FeatureRows(columns: columns)
    chosen.reserveCapacity(rows.count)
    for row in rows { chosen.values.append(contentsOf: values[(row * columns)..<((row + 1) * columns)]) }
    return chosen
  }
}

/// The leaf in which each row ends, tree by tree.
public struct LeafTable: Equatable, Sendable {
  public let trees: Int
  /// leaves[row · trees + tree]: node number of the leaf within its tree.
  public let leaves: [Int32]

  public var rows: Int { trees == 0 ? 0 : leaves.count / trees }

  public init(trees: Int, leaves: [Int32]) {
    precondition(trees >= 1 && leaves.count.isMultiple(of: trees), "\(leaves.count) leaves of \(trees) trees")
    precondition(leaves.allSatisfy { $0 >= 0 }, "Leaves are numbered from zero")
    self.trees = trees
    self.leaves = leaves
  }

  /// The trees of several tables over the same rows, side by side.
  public static func joining(_ tables: [LeafTable]) -> LeafTable {
    let rows = tables.first?.rows ?? 0
    precondition(tables.allSatisfy { $0.rows == rows }, "Tables that are joined have the same rows")
    var leaves: [Int32] = []
    leaves.reserveCapacity(tables.reduce(0) { $0 + $1.leaves.count })
    for row in 0..<rows {
      for table in tables { leaves.append(contentsOf: table.leaves[(row * table.trees)..<((row + 1) * table.trees)]) }
    }
    return LeafTable(trees: tables.reduce(0) { $0 + $1.trees }, leaves: leaves)
  }
}
