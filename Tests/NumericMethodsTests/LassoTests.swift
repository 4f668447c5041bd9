import NumericMethods
import Testing

@Suite("LASSO") struct LassoTests {
  @Test("one predictor is soft-thresholded")
  func onePredictor() {
    // x = −1, 0, 1 and y = 10 + 3x: G = 2/3, c = 2. At λ = 0.5, β = (2 − 0.5)/(2/3) = 2.25; at λ = 2, β = 0.
    let design = LassoDesign(Matrix(rows: [[-1], [0], [1]]))
    let fit = design.fit([7, 10, 13], penalty: .fixed(0.5))
    #expect(abs(fit.coefficients[0] - 2.25) < 1e-9)
    #expect(abs(fit.intercept - 10) < 1e-9)
    #expect(design.fit([7, 10, 13], penalty: .fixed(2)).degreesOfFreedom == 0)
  }

  @Test("a fit fulfils the optimality conditions", arguments: [1, 2, 3] as [UInt64])
  func optimality(seed: UInt64) {
    let problem = SparseProblem(rows: 80, columns: 30, seed: seed)
    let penalty = 0.05
    let fit = LassoDesign(problem.predictors).fit(problem.response, penalty: .fixed(penalty))
    let residuals = (0..<80).map { problem.response[$0] - fit.predicted(for: problem.predictors.row($0)) }
    #expect(abs(mean(residuals)) < 1e-9)
    for column in 0..<30 {
      let slope = zip(problem.predictors.column(column), residuals).reduce(0) { $0 + $1.0 * $1.1 } / 80
      if fit.coefficients[column] == 0 {
        #expect(abs(slope) <= penalty + 1e-4)
      } else {
        #expect(abs(slope - (fit.coefficients[column] > 0 ? penalty : -penalty)) < 1e-4)
      }
    }
    let direct = residuals.reduce(0) { $0 + $1 * $1 } / 80
    #expect(abs(direct - fit.meanSquaredError) < 1e-6)
  }

  @Test("with no penalty the fit is ordinary least squares")
  func leastSquares() throws {
    let problem = SparseProblem(rows: 60, columns: 5, seed: 4)
    let fit = LassoDesign(problem.predictors).fit(problem.response, penalty: .fixed(0))
    let withConstant = Matrix(rows: (0..<60).map { [1] + problem.predictors.row($0) })
    let exact = try withConstant.leastSquares(for: problem.response).coefficients
    for (found, expected) in zip([fit.intercept] + fit.coefficients, exact) { #expect(abs(found - expected) < 1e-3) }
  }

  @Test("the criterion for many rows finds the sparse truth", arguments: [1, 2, 3, 4] as [UInt64])
  func recovery(seed: UInt64) {
    let problem = SparseProblem(rows: 800, columns: 60, seed: seed)
    let fit = LassoDesign(problem.predictors).fit(problem.response, penalty: .akaike)
    for (found, truth) in zip(fit.coefficients, problem.coefficients) { #expect(abs(found - truth) < 0.08) }
    #expect(abs(fit.intercept - 5) < 0.08)
    #expect(fit.degreesOfFreedom < 45)
  }

  @Test("the criterion for few rows keeps the true predictors with more predictors than rows")
  func fewRows() {
    let problem = SparseProblem(rows: 60, columns: 120, seed: 9)
    let fit = LassoDesign(problem.predictors).fit(problem.response, penalty: .akaikeWithResponseVariance)
    for column in 0..<4 { #expect(abs(fit.coefficients[column] - problem.coefficients[column]) < 0.35) }
  }

  @Test("a start from a similar fit leads to the same answer")
  func warmStart() {
    let problem = SparseProblem(rows: 200, columns: 20, seed: 6)
    let design = LassoDesign(problem.predictors)
    let cold = design.fit(problem.response, penalty: .fixed(0.02))
    let nearby = design.fit(problem.response, penalty: .fixed(0.05)).coefficients
    let warm = design.fit(problem.response, penalty: .fixed(0.02), startingFrom: nearby)
    for (first, second) in zip(cold.coefficients, warm.coefficients) { #expect(abs(first - second) < 1e-3) }
  }

  @Test("constant predictors and a constant response give a constant fit")
  func constants() {
    let design = LassoDesign(Matrix(rows: [[1, 2], [1, 3], [1, 5]]))
    for penalty in [LassoPenalty.akaike, .akaikeWithResponseVariance, .fixed(0.1)] {
      let fit = design.fit([4, 4, 4], penalty: penalty)
      #expect(fit.intercept == 4)
      #expect(fit.coefficients == [0, 0])
    }
    #expect(design.fit([1, 2, 4], penalty: .fixed(0.01)).coefficients[0] == 0)
  }

  @Test("responses solved on two threads equal those solved on one")
  func threads() {
    let problem = SparseProblem(rows: 100, columns: 20, seed: 12)
    let design = LassoDesign(problem.predictors)
    let responses = (0..<6).map { shift in problem.response.map { $0 * Double(shift + 1) } }
    let one = concurrentMap(count: 6, threads: 1) { design.fit(responses[$0], penalty: .akaike) }
    let two = concurrentMap(count: 6, threads: 2) { design.fit(responses[$0], penalty: .akaike) }
    #expect(one == two)
  }
}

@Suite("Robust scaling") struct RobustScalingTests {
  @Test("the worked sample has median 3 and spread 1.4826")
  func worked() {
    // Deviations from the median 3 of 1, 2, 3, 4, 100 are 2, 1, 0, 1, 97: median 1.
    let scaling = RobustScaling(fittedTo: [1, 2, 3, 4, 100])
    #expect(scaling.median == 3)
    #expect(abs(scaling.spread - 1.482_602_218_505_602) < 1e-12)
    #expect(scaling.scaled(3) == 0)
  }

  @Test("restoring a scaled value gives the value", arguments: [-85, 0, 3.5, 360, 1296])
  func inverse(value: Double) {
    let scaling = RobustScaling(fittedTo: [-80, 200, 350, 380, 400, 1200])
    #expect(abs(scaling.restored(scaling.scaled(value)) - value) < 1e-9)
  }

  @Test("where more than half of the values are equal the mean deviation takes over")
  func mostlyEqual() {
    // Mean absolute deviation of 0, 0, 0, 10 is 2.5.
    #expect(abs(RobustScaling(fittedTo: [0, 0, 0, 10]).spread - 2.5 * 1.253_314_137_315_500) < 1e-12)
    #expect(RobustScaling(fittedTo: [7, 7, 7]).spread == 1)
    #expect(RobustScaling(fittedTo: [7, 7, 7]).restored(0) == 7)
  }
}

/// y = 5 + Xβ + noise with β = 2, −1.5, 1, 0.8, 0, 0 …
struct SparseProblem {
  let predictors: Matrix
  let response: [Double]
  let coefficients: [Double]

  init(rows: Int, columns: Int, seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let truth = [2, -1.5, 1, 0.8] + [Double](repeating: 0, count: columns - 4)
    let matrix = randomMatrix(rows: rows, columns: columns, &random)
    predictors = matrix
    coefficients = truth
    response = matrix.multiplied(by: truth).map { $0 + 5 + 0.3 * random.nextGaussian() }
  }
}
