internal import MarketModel
internal import RetailValue

/// What a page of customers needs: scores, names as the reader may see them, monthly energy.
struct CustomerPageData: Sendable {
  struct Row: Sendable {
    let score: CustomerScore
    let name: String
    let industry: String
    let energyMWh: Double
    let monthly: [Double]
    let contractEnd: String
    /// Totals of earlier runs and this one, where they are kept.
    let history: [CustomerScoreReport.Past]
  }

  let rows: [Row]
  let months: [String]
  let asOf: String
  let role: CustomerRole
  let profile: String
  let assumptions: ScoreAssumptions
  let consistency: [String: Double]
  let segmentsNote: String

  init(
    _ records: PortfolioRecords, _ run: ScoreRun, role: CustomerRole, profile: String,
    history: (String) -> [CustomerScoreReport.Past] = { _ in [] }
  ) {
    self.role = role
    self.profile = profile
    asOf = "\(run.asOf)"
    assumptions = ScoreAssumptions()
    consistency = run.reference.consistencyRatios
    segmentsNote = "reference of \(run.reference.customers) customers as of \(run.reference.asOf)"
    months = records.loads.months.map { "\($0 / 12)-\(padded($0 % 12 + 1, 2))" }
    rows = run.scores.enumerated().map { index, score in
      let customer = records.customers[index]
      let monthly = records.loads.monthlyEnergy(index)
      return Row(
        score: score, name: role.name(customer.name), industry: customer.industry ?? "–",
        energyMWh: monthly.reduce(0, +), monthly: monthly,
        contractEnd: records.contracts[index]?.end.map { "\($0)" } ?? "–", history: history(score.customer))
    }
  }
}
