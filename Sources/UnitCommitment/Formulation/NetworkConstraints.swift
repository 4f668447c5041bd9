internal import Optimization
internal import PowerSystem

extension CommitmentModel {
  /// Flows that are chosen: out at one end, in at the other.
  mutating func addDirectCurrentLines() {
    for line in problem.directCurrentLines {
      let flows = (0..<problem.intervalCount).map {
        program.addVariable(name: "flow of \(line.name) \($0 + 1)", in: line.limits)
      }
      for (interval, flow) in flows.enumerated() {
        injection[line.from][interval].add(-1, flow)
        injection[line.to][interval].add(1, flow)
      }
      directCurrentFlows.append(flows)
    }
  }

  /// Bands of the sums of flows; there are few, so all of them stand in the programme from the start.
  mutating func addInterfaces() {
    for interface in problem.interfaces {
      interfaceRows.append([])
      for interval in 0..<problem.intervalCount {
        var sum = LinearExpression()
        for (branch, factor) in interface.branches {
          sum += factor * flow(FlowLimit(branch: branch, contingency: nil, interval: interval))
        }
        soften(
          &sum, by: interface.violationCost_perMWh, name: "violation of \(interface.name) \(interval + 1)")
        let row = program.constrain(sum, in: interface.limits, name: "\(interface.name) in interval \(interval + 1)")
        interfaceRows[interfaceRows.count - 1].append(row)
      }
    }
  }

  /// A flow as an expression of all injections.
  func flow(_ limit: FlowLimit) -> LinearExpression {
    let coefficients = network.coefficients(of: limit, in: problem)
    var flow = LinearExpression()
    for (bus, coefficient) in coefficients.enumerated() where abs(coefficient) > 1e-9 {
      flow += coefficient * injection[bus][limit.interval]
      flow.constant += coefficient * network.shiftInjection(atBus: bus, of: problem)
    }
    for (index, share) in network.shares(of: limit, in: problem) {
      flow.constant -= share * problem.branches[index].susceptance * problem.branches[index].phaseShift
    }
    return flow
  }

  /// −limit ≤ flow ≤ limit. Where overloads have a cost, one of a branch and interval serves the system as it is and after
  /// outages.
  mutating func addFlowLimit(_ limit: FlowLimit) {
    let branch = problem.branches[limit.branch]
    let flow = flow(limit)
    let bound = limit.contingency == nil ? branch.limit : branch.emergencyLimit
    let name = name(of: limit)
    guard let cost = branch.overloadCost_perMWh else {
      flowRows.append((limit, [program.constrain(flow, in: -bound...bound, name: name)]))
      return
    }
    let key = FlowLimit(branch: limit.branch, contingency: nil, interval: limit.interval)
    let overload =
      overloads[key]
      ?? program.addVariable(
        name: "overload of \(branch.name) \(limit.interval + 1)", objective: problem.hoursPerInterval * cost)
    overloads[key] = overload
    flowRows.append(
      (
        limit,
        [
          program.constrain(flow - overload, atMost: bound, name: name),
          program.constrain(flow + overload, atLeast: -bound, name: name),
        ]
      ))
  }

  /// What a limit is called.
  func name(of limit: FlowLimit) -> String {
    let outage = limit.contingency.map { " after \(problem.contingencies[$0].name)" } ?? ""
    return "limit of \(problem.branches[limit.branch].name)\(outage) in interval \(limit.interval + 1)"
  }

  /// Lets a band be left at a cost for each MWh.
  mutating func soften(_ flow: inout LinearExpression, by cost: Double?, name: String) {
    guard let cost else { return }
    flow.add(-1, program.addVariable(name: name + " above", objective: problem.hoursPerInterval * cost))
    flow.add(1, program.addVariable(name: name + " below", objective: problem.hoursPerInterval * cost))
  }

  /// Adds the limits that a solution violates; false if there are none.
  mutating func addViolatedLimits(of solution: Solution) -> Bool {
    guard network.factors != nil else { return false }
    let violated = network.violations(
      injections(in: solution), of: problem, known: Set(flowRows.map(\.limit)))
    for limit in violated { addFlowLimit(limit) }
    return !violated.isEmpty
  }

  /// Injections of a solution by bus, then interval, MW.
  func injections(in solution: Solution) -> [[Double]] {
    injection.map { bus in bus.map { solution.value(of: $0) } }
  }
}
