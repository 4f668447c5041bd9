internal import Optimization

/// Which package to propose to whom, under a limit on the portfolio's CVaR and on how many customers sales can see.
public struct PortfolioOffers: Sendable {
  public struct Choice: Sendable, Equatable {
    public let customer: Int
    public let package: Int
    public let expectedGain: Double
  }

  public let choices: [Choice]
  public let expectedGain: Double
  /// CVaR of the change of the portfolio's margin; a loss is positive.
  public let conditionalValueAtRisk: Double
  /// Gain of the relaxed programme: no choice gains more.
  public let bound: Double

  /// Maximises Σ π·Δmargin with at most one package a customer, `capacity` customers, and CVaR within its limit
  /// (Rockafellar, Uryasev, Journal of Risk 2, 2000). Solved as a linear programme and rounded down to whole proposals.
  ///
  /// - Parameter riskLimit: highest CVaR of the change; nil: none.
  public init(
    _ customers: [CustomerOffers], capacity: Int, riskLimit: Double?, tail: Double = 0.05, perCustomer: Int = 3
  ) throws(RetailProblem) {
    var items: [(customer: Int, candidate: PackageCandidate, gain: Double)] = []
    for offers in customers {
      let ranked = offers.candidates.map { (offers.customer, $0, $0.acceptance * $0.marginChange) }
        .filter { $0.2 > 0 }.sorted { ($1.2, $0.1.package) < ($0.2, $1.1.package) }
      items += ranked.prefix(perCustomer).map { (customer: $0.0, candidate: $0.1, gain: $0.2) }
    }
    let values = try Self.relaxed(items, capacity: capacity, riskLimit: riskLimit, tail: tail)
    bound = zip(items, values).reduce(0) { $0 + $1.0.gain * $1.1 }
    let count = items.first?.candidate.gains.count ?? 0
    var total = [Double](repeating: 0, count: count)
    var choices: [Choice] = []
    var seen: Set<Int> = []
    let order = items.indices.sorted { (-values[$0], -items[$0].gain, $0) < (-values[$1], -items[$1].gain, $1) }
    for index in order where choices.count < capacity {
      let item = items[index]
      guard values[index] > 1e-6, !seen.contains(item.customer) else { continue }
      let next = zip(total, item.candidate.gains).map { $0 + Double($1) }
      if let riskLimit, values[index] < 1 - 1e-6, lossTail(next, tail: tail) > riskLimit { continue }
      total = next
      seen.insert(item.customer)
      choices.append(Choice(customer: item.customer, package: item.candidate.package, expectedGain: item.gain))
    }
    self.choices = choices.sorted { $0.customer < $1.customer }
    expectedGain = choices.reduce(0) { $0 + $1.expectedGain }
    conditionalValueAtRisk = count == 0 ? 0 : lossTail(total, tail: tail)
  }

  private static func relaxed(
    _ items: [(customer: Int, candidate: PackageCandidate, gain: Double)], capacity: Int, riskLimit: Double?,
    tail: Double
  ) throws(RetailProblem) -> [Double] {
    guard !items.isEmpty else { return [] }
    var program = LinearProgram(goal: .maximise)
    let variables = items.indices.map { program.addVariable(name: "x\($0)", in: 0...1, objective: items[$0].gain) }
    var groups: [Int: [Int]] = [:]
    for (index, item) in items.enumerated() { groups[item.customer, default: []].append(index) }
    for customer in groups.keys.sorted() {
      let list = (groups[customer] ?? []).map { variables[$0] as Variable }
      if list.count > 1 { program.constrain(LinearExpression.sum(of: list), atMost: 1, name: "one\(customer)") }
    }
    program.constrain(LinearExpression.sum(of: variables), atMost: Double(capacity), name: "capacity")
    if let riskLimit {
      addRisk(&program, items.map(\.candidate.gains), variables, limit: riskLimit, tail: tail)
    }
    do {
      let solution = try solve(program)
      return variables.map { solution[$0] }
    } catch {
      throw RetailProblem("The choice of proposals could not be solved: \(error)")
    }
  }

  private static func addRisk(
    _ program: inout LinearProgram, _ gains: [[Float]], _ variables: [Variable], limit: Double, tail: Double
  ) {
    let count = gains[0].count
    let threshold = program.addVariable(name: "eta", in: -1e12...1e12)
    var risk = LinearExpression()
    risk.add(1, threshold)
    for scenario in 0..<count {
      let excess = program.addVariable(name: "z\(scenario)", in: 0...1e12)
      risk.add(1 / (tail * Double(count)), excess)
      var row = LinearExpression()
      row.add(1, excess)
      row.add(1, threshold)
      for (index, variable) in variables.enumerated() { row.add(Double(gains[index][scenario]), variable) }
      program.constrain(row, atLeast: 0, name: "tail\(scenario)")
    }
    program.constrain(risk, atMost: limit, name: "risk")
  }
}
