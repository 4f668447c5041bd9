import RetailValue
import Testing

@Suite("Scores of yes-or-no probabilities") struct BinaryScoresTests {
  @Test("area, average precision, lift and Brier by hand")
  func worked() {
    // Ranked: 1, 0, 1, 0. Pairs won by positives: (0.9 beats both) 2 + (0.5 beats 0.1) 1 of 4.
    let scores = BinaryScores(probabilities: [0.9, 0.7, 0.5, 0.1], outcomes: [true, false, true, false])
    #expect(scores.areaUnderCurve == 0.75)
    #expect(abs(scores.averagePrecision - (1 + 2.0 / 3) / 2) < 1e-12)
    #expect(scores.lift(top: 0.25) == 2)
    #expect(abs(scores.brier - (0.01 + 0.49 + 0.25 + 0.01) / 4) < 1e-12)
  }

  @Test("ties count half, and the order of rows does not matter")
  func ties() {
    let scores = BinaryScores(probabilities: [0.5, 0.5, 0.5, 0.5], outcomes: [true, false, false, true])
    #expect(scores.areaUnderCurve == 0.5)
    #expect(scores.averagePrecision == 0.5)
  }

  @Test("calibration error of a constant is its distance from the rate")
  func calibration() {
    let scores = BinaryScores(
      probabilities: [Double](repeating: 0.3, count: 10), outcomes: (0..<10).map { $0 < 2 })
    #expect(abs(scores.calibrationError - 0.1) < 1e-12)
  }
}
