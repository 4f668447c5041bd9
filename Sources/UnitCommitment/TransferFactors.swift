internal import NumericMethods
public import PowerSystem

/// How flows follow injections in the linear power flow. Shift factors (PTDF): change of a branch's flow for each MW that
/// is put in at a bus and taken out at the reference bus of its island. Outage factors (LODF): share of the flow of a branch
/// that is lost which another one takes over (Wood, Wollenberg and Sheblé, "Power Generation, Operation, and Control", 2014,
/// chapter 7).
public struct TransferFactors: Sendable {
  /// Shift factors: row = branch, column = bus.
  private let shift: Matrix
  private let ends: [(from: Int, to: Int)]

  /// - Parameters:
  ///   - references: one bus of each island
  ///   - name: what the system is called in the error
  /// - Throws: a finding if the susceptances leave the angles open.
  public init(busCount: Int, branches: [Branch], references: Set<Int>, name: String) throws(ProblemFinding) {
    ends = branches.map { ($0.from, $0.to) }
    var nodal = Matrix(rows: busCount, columns: busCount, repeating: 0)
    var flow = Matrix(rows: busCount, columns: branches.count, repeating: 0)
    for (index, branch) in branches.enumerated() {
      for (bus, other, sign) in [(branch.from, branch.to, 1.0), (branch.to, branch.from, -1.0)]
      where !references.contains(bus) {
        nodal[bus, bus] += branch.susceptance
        if !references.contains(other) { nodal[bus, other] -= branch.susceptance }
        flow[bus, index] += sign * branch.susceptance
      }
    }
    for bus in references { nodal[bus, bus] = 1 }
    do {
      shift = try nodal.luFactorisation().solve(flow).transposed
    } catch {
      throw ProblemFinding(element: name, text: "has susceptances that cancel out, so its angles are open.")
    }
  }

  /// Change of the flow of a branch for each MW put in at a bus.
  public func shiftFactor(ofBranch branch: Int, bus: Int) -> Double { shift[branch, bus] }

  /// Shift factors of a branch for all buses.
  public func shiftFactors(ofBranch branch: Int) -> [Double] { shift.row(branch) }

  /// Share of the flow of the branch `outage` that `branch` takes over when it is lost; nil if the loss splits an island.
  public func outageFactor(ofBranch branch: Int, outage: Int) -> Double? {
    let lost = ends[outage]
    let own = 1 - (shift[outage, lost.from] - shift[outage, lost.to])
    guard abs(own) > 1e-9 else { return nil }
    return branch == outage ? -1 : (shift[branch, lost.from] - shift[branch, lost.to]) / own
  }

  /// Shares of the flows of several branches, lost together, that every branch takes over: row = branch, column = lost
  /// branch (Güler, Gross and Liu, "Generalized line outage distribution factors", 2007). nil where the loss leaves the
  /// angles open.
  public func outageFactors(ofOutages lost: [Int]) -> [[Double]]? {
    func transfer(_ branch: Int, _ other: Int) -> Double {
      shift[branch, ends[other].from] - shift[branch, ends[other].to]
    }
    // F = Φ (1 − Φ')⁻¹, so (1 − Φ')ᵀ Fᵀ = Φᵀ.
    let own = Matrix(rows: lost.map { row in lost.map { (row == $0 ? 1 : 0) - transfer(row, $0) } })
    let taken = Matrix(rows: lost.map { column in (0..<shift.rows).map { transfer($0, column) } })
    guard let factors = try? own.luFactorisation() else { return nil }
    let solution = factors.solve(taken, transposed: true)
    return (0..<shift.rows).map { branch in lost.indices.map { solution[$0, branch] } }
  }
}
