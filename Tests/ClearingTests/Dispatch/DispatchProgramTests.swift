import Optimization
import PowerSystem
import Testing

@testable import Clearing

/// How well the linear program stands for the curved one before any tangent is added: how many rounds it saves.
@Suite("First tangents of a dispatch") struct DispatchProgramTests {
  /// One generator from 40 to 200 MW at 3 + 2 P + 0.05 P².
  private func first(_ demand: Double) throws -> Double {
    let system = DispatchCase(
      name: "one", buses: [Bus(name: "A", demand: [demand])],
      generators: [
        DispatchedGenerator(
          name: "one", bus: 0, minimumOutput: 40, maximumOutput: 200,
          cost: .polynomial(constant: 3, linear: 2, quadratic: 0.05))
      ])
    let model = DispatchProgram(system, withLosses: false, keepsSquares: false)
    return try ProgramSolver(model.program).solve().objective
  }

  @Test("a square is touched at nine points: exact there, a sixteenth of the range off between them", arguments: 0...8)
  func squares(step: Int) throws {
    func exact(_ output: Double) -> Double { 3 + 2 * output + 0.05 * output * output }
    let touched = 40 + 20 * Double(step)
    #expect(abs(try first(touched) - exact(touched)) < 1e-6)
    guard step < 8 else { return }
    // Two tangents meet halfway, below the parabola by the square of half their distance.
    let between = touched + 10
    #expect(abs(try first(between) - (exact(between) - 0.05 * 100)) < 1e-6)
  }

  @Test("losses are touched at the limit, at half and at a quarter of it, in both directions", arguments: [-1.0, 1])
  func losses(direction: Double) throws {
    let (from, to) = direction > 0 ? (0, 1) : (1, 0)
    func output(_ demand: Double) throws -> Double {
      let system = DispatchCase(
        name: "two", buses: [Bus(name: "A", demand: [0]), Bus(name: "B", demand: [demand])],
        generators: [
          DispatchedGenerator(
            name: "far", bus: 0, minimumOutput: 0, maximumOutput: 500,
            cost: .polynomial(constant: 0, linear: 1, quadratic: 0))
        ],
        branches: [
          Branch(name: "line", from: from, to: to, susceptance: 10, limit: 200, resistance_perMW: 1e-4)
        ])
      let model = DispatchProgram(system, withLosses: true, keepsSquares: false)
      return try ProgramSolver(model.program).solve().objective
    }
    // Flow and loss, half of which is taken from each end; between 50 and 100 MW the tangents meet at 75.
    for (flow, loss) in [(50.0, 0.25), (75, 0.5), (100, 1), (200, 4)] {
      #expect(abs(try output(flow - loss / 2) - (flow + loss / 2)) < 1e-6, "\(flow) MW")
    }
  }
}
