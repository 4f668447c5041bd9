/// A variable of one ``LinearProgram``.
public struct Variable: Sendable, Hashable {
  let index: Int
  /// Its place among the variables of the program, from 0, in the order in which they were added.
  public var position: Int { index }
}

/// Something linear in the variables: a variable or an expression.
public protocol Linear {
  /// The same as an expression.
  var expression: LinearExpression { get }
}

/// Σ coefficient · variable + constant. A variable may occur in several terms; they add up.
public struct LinearExpression: Sendable, Equatable {
  /// A coefficient with its variable.
  public struct Term: Sendable, Equatable {
    /// The variable.
    public var variable: Variable
    /// Its factor.
    public var coefficient: Double
  }

  /// The terms, in the order in which they were added.
  public var terms: [Term]
  /// What is left when all variables are 0.
  public var constant: Double

  /// The constant expression; 0 unless told otherwise.
  public init(constant: Double = 0) {
    terms = []
    self.constant = constant
  }

  init(terms: [Term], constant: Double) {
    self.terms = terms
    self.constant = constant
  }
}

extension LinearExpression: Linear {
  public var expression: LinearExpression { self }

  /// Sum of a sequence; O(number of terms).
  public static func sum<Elements: Sequence>(of elements: Elements) -> LinearExpression
  where Elements.Element: Linear {
    var total = LinearExpression()
    for element in elements { total += element }
    return total
  }

  /// Adds a term in place.
  public mutating func add(_ coefficient: Double, _ variable: Variable) {
    terms.append(Term(variable: variable, coefficient: coefficient))
  }

  /// One coefficient for each variable that occurs, ascending by variable.
  var merged: [Term] {
    if zip(terms, terms.dropFirst()).allSatisfy({ $0.variable.index < $1.variable.index }) { return terms }
    var result: [Term] = []
    result.reserveCapacity(terms.count)
    for term in terms.sorted(by: { $0.variable.index < $1.variable.index }) {
      if let last = result.last, last.variable == term.variable {
        result[result.count - 1].coefficient += term.coefficient
      } else {
        result.append(term)
      }
    }
    return result
  }
}

extension Variable: Linear {
  public var expression: LinearExpression {
    LinearExpression(terms: [LinearExpression.Term(variable: self, coefficient: 1)], constant: 0)
  }
}

// MARK: - Operators

/// Sum.
public func + (left: some Linear, right: some Linear) -> LinearExpression {
  var result = left.expression
  result += right
  return result
}

/// Sum with a constant.
public func + (left: some Linear, right: Double) -> LinearExpression {
  var result = left.expression
  result.constant += right
  return result
}

/// Sum with a constant.
public func + (left: Double, right: some Linear) -> LinearExpression { right + left }

/// Difference.
public func - (left: some Linear, right: some Linear) -> LinearExpression {
  var result = left.expression
  result -= right
  return result
}

/// Difference from a constant.
public func - (left: some Linear, right: Double) -> LinearExpression { left + (-right) }

/// Difference from a constant.
public func - (left: Double, right: some Linear) -> LinearExpression { -1 * right + left }

/// Negation.
public prefix func - (operand: some Linear) -> LinearExpression { -1 * operand }

/// Multiple.
public func * (factor: Double, operand: some Linear) -> LinearExpression {
  var result = operand.expression
  for index in result.terms.indices { result.terms[index].coefficient *= factor }
  result.constant *= factor
  return result
}

/// Multiple.
public func * (operand: some Linear, factor: Double) -> LinearExpression { factor * operand }

/// Adds in place.
public func += (left: inout LinearExpression, right: some Linear) {
  let addend = right.expression
  left.terms.append(contentsOf: addend.terms)
  left.constant += addend.constant
}

/// Subtracts in place.
public func -= (left: inout LinearExpression, right: some Linear) { left += -1 * right }
