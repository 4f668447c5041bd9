/// A dense matrix of `Double`, stored column by column (the order LAPACK expects).
///
/// Element (row i, column j) is `elements[j * rows + i]`.
public struct Matrix: Equatable, Sendable, Codable {
  public let rows: Int
  public let columns: Int
  /// All elements, column after column.
  public private(set) var elements: [Double]

  /// A matrix whose every element is `value`.
  public init(rows: Int, columns: Int, repeating value: Double) {
    precondition(rows >= 0 && columns >= 0, "A matrix cannot have \(rows) rows and \(columns) columns")
    self.rows = rows
    self.columns = columns
    elements = [Double](repeating: value, count: rows * columns)
  }

  /// A matrix from elements that already stand column after column.
  public init(rows: Int, columns: Int, columnMajor elements: [Double]) {
    precondition(
      elements.count == rows * columns,
      "A \(rows) × \(columns) matrix needs \(rows * columns) elements, was given \(elements.count)")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// A matrix from its rows, which all have the same length.
  public init(rows values: [[Double]]) {
    let width = values.first?.count ?? 0
    self.init(rows: values.count, columns: width, repeating: 0)
    for (row, line) in values.enumerated() {
      precondition(line.count == width, "Row \(row) has \(line.count) elements, row 0 has \(width)")
      for (column, value) in line.enumerated() { elements[column * values.count + row] = value }
    }
  }

  /// The square matrix with ones on its diagonal.
  public static func identity(_ order: Int) -> Matrix {
    var result = Matrix(rows: order, columns: order, repeating: 0)
    for index in 0..<order { result[index, index] = 1 }
    return result
  }

  public subscript(row: Int, column: Int) -> Double {
    get {
      precondition(
        row >= 0 && row < rows && column >= 0 && column < columns,
        "Element (\(row), \(column)) is outside a \(rows) × \(columns) matrix")
      return elements[column * rows + row]
    }
    set {
      precondition(
        row >= 0 && row < rows && column >= 0 && column < columns,
        "Element (\(row), \(column)) is outside a \(rows) × \(columns) matrix")
      elements[column * rows + row] = newValue
    }
  }
}

extension Matrix {
  /// The values of one row, copied.
  public func row(_ row: Int) -> [Double] { (0..<columns).map { self[row, $0] } }

  /// The values of one column, copied.
  public func column(_ column: Int) -> [Double] { withColumn(column) { Array($0) } }

  /// Calls `body` with the contiguous values of one column.
  public func withColumn<Result>(_ column: Int, _ body: (UnsafeBufferPointer<Double>) -> Result) -> Result {
    precondition(column >= 0 && column < columns, "Column \(column) is outside 0..<\(columns)")
    return elements.withUnsafeBufferPointer { all in
      body(UnsafeBufferPointer(rebasing: all[(column * rows)..<((column + 1) * rows)]))
    }
  }

  /// Calls `body` with the contiguous values of one column, which it may change.
  public mutating func withMutableColumn<Result>(
    _ column: Int, _ body: (UnsafeMutableBufferPointer<Double>) -> Result
  ) -> Result {
    precondition(column >= 0 && column < columns, "Column \(column) is outside 0..<\(columns)")
    let range = (column * rows)..<((column + 1) * rows)
    return elements.withUnsafeMutableBufferPointer { all in
      body(UnsafeMutableBufferPointer(rebasing: all[range]))
    }
  }

  /// The matrix with rows and columns exchanged.
  public var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows, repeating: 0)
    for column in 0..<columns {
      for row in 0..<rows { result.elements[row * columns + column] = elements[column * rows + row] }
    }
    return result
  }

  /// The matrix of the given rows, in the given order.
  public func selecting(rows selection: [Int]) -> Matrix {
    var result = Matrix(rows: selection.count, columns: columns, repeating: 0)
    for column in 0..<columns {
      for (target, source) in selection.enumerated() {
        precondition(source >= 0 && source < rows, "Row \(source) is outside 0..<\(rows)")
        result.elements[column * selection.count + target] = elements[column * rows + source]
      }
    }
    return result
  }
}
