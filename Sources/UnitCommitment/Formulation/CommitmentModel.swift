package import Optimization
package import PowerSystem

/// The mixed-integer programme of a ``CommitmentProblem``: three binaries for each unit and interval (on, start, stop),
/// output above the minimum, and whatever else the problem holds. Tight and compact:
///
/// - G. Morales-España, J. M. Latorre, A. Ramos, "Tight and compact MILP formulation for the thermal unit commitment
///   problem", IEEE Transactions on Power Systems 28 (2013): the three binaries, output limits, start categories.
/// - B. Knueven, J. Ostrowski, J.-P. Watson, "On mixed-integer programming formulations for the unit commitment
///   problem", INFORMS Journal on Computing 32 (2020): the catalogue of what is tight.
///
/// Each family of constraints is one function in a file of its own.
package struct CommitmentModel {
  /// Variables of one unit, by interval.
  package struct UnitVariables {
    package var isOn: [Variable] = []
    package var starts: [Variable] = []
    package var stops: [Variable] = []
    /// Output above the minimum, MW.
    package var above: [Variable] = []
    /// Reserve by requirement (index into the problem's reserves), MW.
    package var reserve: [Int: [Variable]] = [:]
    /// Cost by interval where the fuel of the unit is limited; empty elsewhere.
    var fuelCost: [LinearExpression] = []
  }

  /// Variables of one storage, by interval.
  package struct StorageVariables {
    package var charge: [Variable] = []
    package var discharge: [Variable] = []
    package var level: [Variable] = []
  }

  package let problem: CommitmentProblem
  package var program = LinearProgram()
  package var units: [UnitVariables] = []
  package var profiled: [[Variable]] = []
  package var storages: [StorageVariables] = []
  package var priceSensitive: [[Variable]] = []
  package var shortfall: [[Variable]] = []
  package var shortage: [[Variable]] = []
  package var surplus: [[Variable]] = []
  /// Net injection at each bus, then interval: generation − demand, MW, without a constant for a single bus.
  package var injection: [[LinearExpression]] = []
  /// Balance of each island, then interval.
  package var balance: [[LinearProgram.Constraint]] = []
  /// Flow of each direct-current line, by interval, MW.
  package var directCurrentFlows: [[Variable]] = []
  /// Limits of flows that the programme knows so far.
  var flowRows: [(limit: FlowLimit, rows: [LinearProgram.Constraint])] = []
  /// Rows of the interfaces' bands, by interface, then interval.
  var interfaceRows: [[LinearProgram.Constraint]] = []
  /// Overload of a branch and interval where it has a cost, MW.
  var overloads: [FlowLimit: Variable] = [:]
  /// Ancillary services, by unit.
  var serviceVariables: [ServiceVariables] = []
  /// What is missing of them, by zone, then product, then interval.
  var serviceShortfall: [[[Variable]]] = []
  let network: CommitmentNetwork
  /// Requirement of each reserve, then interval.
  package var reserveRows: [[LinearProgram.Constraint]] = []

  /// Builds the programme. Limits of flows are added when they are violated (``FlowLimit``).
  package init(_ problem: CommitmentProblem) throws(ProblemFinding) {
    if let unmodelled = problem.reserves.first(where: { $0.kind == .flexibleRamp }) {
      throw ProblemFinding(
        element: unmodelled.name,
        text: "is a flexible-ramp reserve, which is not modelled; leave it out to solve the rest.")
    }
    self.problem = problem
    network = try CommitmentNetwork(problem)
    injection = problem.buses.map { bus in bus.demand.map { LinearExpression(constant: -$0) } }
    for index in problem.units.indices { addUnit(index) }
    addProfiledUnits()
    addStorages()
    addPriceSensitiveDemands()
    addShortageAndSurplus()
    addDirectCurrentLines()
    addBalance()
    addInterfaces()
    addReserveRequirements()
    addServices()
    addProfiledRamps()
    addFuelSupplies()
    addOutputConstraints()
  }

  private mutating func addUnit(_ index: Int) {
    addStatus(ofUnit: index)
    addMinimumTimes(ofUnit: index)
    addStartCategories(ofUnit: index)
    addReserveOffers(ofUnit: index)
    addOutputLimits(ofUnit: index)
    addRamps(ofUnit: index)
    addProductionCost(ofUnit: index)
    addInjection(ofUnit: index)
  }
}
