/// A linear or mixed-integer linear program as a value:
///
///     minimise or maximise  c · x + c₀   subject to   lower ≤ A x ≤ upper,   l ≤ x ≤ u,   some x integer
///
/// ``solve(_:settings:)`` solves it. Names are for people; they need not be unique.
public struct LinearProgram: Sendable {
  /// Direction of the objective.
  public enum Goal: Sendable {
    /// The smallest objective is best.
    case minimise
    /// The largest objective is best.
    case maximise
  }

  /// A constraint of one program.
  public struct Constraint: Sendable, Hashable {
    let index: Int
  }

  /// Direction of the objective.
  public let goal: Goal

  struct Column: Sendable {
    var name: String
    var bounds: ClosedRange<Double>
    var isInteger: Bool
  }

  struct Row: Sendable {
    var name: String
    var bounds: ClosedRange<Double>
    var terms: [LinearExpression.Term]
  }

  private(set) var columns: [Column] = []
  private(set) var rows: [Row] = []
  private(set) var objective = LinearExpression()

  /// An empty program with the objective 0.
  public init(goal: Goal = .minimise) { self.goal = goal }
}

extension LinearProgram {
  /// Adds a variable within bounds, which may be infinite, and its coefficient in the objective.
  public mutating func addVariable(
    name: String, in bounds: ClosedRange<Double> = 0...Double.infinity, objective coefficient: Double = 0,
    isInteger: Bool = false
  ) -> Variable {
    columns.append(Column(name: name, bounds: bounds, isInteger: isInteger))
    let variable = Variable(index: columns.count - 1)
    if coefficient != 0 { addToObjective(coefficient * variable) }
    return variable
  }

  /// Adds a variable that is 0 or 1.
  public mutating func addBinary(name: String, objective coefficient: Double = 0) -> Variable {
    addVariable(name: name, in: 0...1, objective: coefficient, isInteger: true)
  }

  /// Adds an expression to the objective.
  public mutating func addToObjective(_ linear: some Linear) {
    let expression = linear.expression
    check(expression, name: "objective")
    objective += expression
  }

  /// Demands lower ≤ expression ≤ upper; a bound may be infinite.
  @discardableResult
  public mutating func constrain(
    _ linear: some Linear, in bounds: ClosedRange<Double>, name: String
  ) -> Constraint {
    let expression = linear.expression
    check(expression, name: name)
    let shifted = (bounds.lowerBound - expression.constant)...(bounds.upperBound - expression.constant)
    rows.append(Row(name: name, bounds: shifted, terms: expression.merged))
    return Constraint(index: rows.count - 1)
  }

  /// Demands expression ≤ limit.
  @discardableResult
  public mutating func constrain(_ linear: some Linear, atMost limit: Double, name: String) -> Constraint {
    constrain(linear, in: -Double.infinity...limit, name: name)
  }

  /// Demands expression ≥ limit.
  @discardableResult
  public mutating func constrain(_ linear: some Linear, atLeast limit: Double, name: String) -> Constraint {
    constrain(linear, in: limit...Double.infinity, name: name)
  }

  /// Demands expression = value.
  @discardableResult
  public mutating func constrain(_ linear: some Linear, equalTo value: Double, name: String) -> Constraint {
    constrain(linear, in: value...value, name: name)
  }

  /// Changes the bounds of a variable.
  public mutating func setBounds(_ bounds: ClosedRange<Double>, of variable: Variable) {
    columns[variable.index].bounds = bounds
  }

  /// Bounds of a variable.
  public func bounds(of variable: Variable) -> ClosedRange<Double> { columns[variable.index].bounds }

  /// Number of variables.
  public var variableCount: Int { columns.count }

  /// The same program with all variables continuous.
  public func relaxed() -> LinearProgram {
    var program = self
    for index in program.columns.indices { program.columns[index].isInteger = false }
    return program
  }

  /// Whether any variable must be whole.
  public var hasIntegers: Bool { columns.contains(where: \.isInteger) }

  /// The same constraints with the objective 0.
  func withoutObjective() -> LinearProgram {
    var program = self
    program.objective = LinearExpression()
    return program
  }

  private func check(_ expression: LinearExpression, name: String) {
    precondition(
      expression.constant.isFinite && expression.terms.allSatisfy { $0.coefficient.isFinite },
      "\(name) has a coefficient that is not finite")
    precondition(
      expression.terms.allSatisfy { $0.variable.index < columns.count },
      "\(name) has a variable of another program")
  }
}
