/// What each expert would have lost less than the mix, summed, and the sum of its squares, in one or several columns
/// (intervals, bands of levels): the memory of ML-Poly (Gaillard, Stoltz, van Erven, COLT 2014; `methods.md` 1.5).
struct ExpertRegrets: Sendable, Codable {
  let experts: Int
  let columns: Int
  private var sums: [Double]
  private var squares: [Double]

  init(experts: Int, columns: Int) {
    self.experts = experts
    self.columns = columns
    sums = [Double](repeating: 0, count: experts * columns)
    squares = sums
  }

  /// The slope of the absolute loss of a mix, the factor of every expert's regret mix − expert.
  static func slope(mix: Double, actual: Double) -> Double { mix > actual ? 1 : -1 }

  mutating func add(_ regret: Double, expert: Int, column: Int) {
    sums[column * experts + expert] += regret
    squares[column * experts + expert] += regret * regret
  }

  /// Weights that add up to one, none for experts that are not present; nil until one has done better than the mix.
  func weights(at column: Int, present: (Int) -> Bool = { _ in true }) -> [Double]? {
    let raw = (0..<experts).map { expert -> Double in
      let place = column * experts + expert
      return present(expert) ? max(sums[place], 0) / max(squares[place].squareRoot(), 1e-12) : 0
    }
    let total = raw.reduce(0, +)
    return total > 1e-12 ? raw.map { $0 / total } : nil
  }
}
