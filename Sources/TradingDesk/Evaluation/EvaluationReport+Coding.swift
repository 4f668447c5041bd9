extension ScoreSet {
  enum CodingKeys: String, CodingKey {
    case label, values, mae, rmae, smape, mape, rmse, crps
    case coverage50 = "coverage_50"
    case coverage80 = "coverage_80"
    case coverage90 = "coverage_90"
    case winkler80 = "winkler_80"
  }

  init(_ sums: ScoreSums, label: String = "") {
    func rounded(_ value: Double?) -> Double? {
      value.flatMap { $0.isFinite ? WrittenNumber($0, digits: WrittenNumber.pointDigits).value : nil }
    }
    self.init(
      label: label, values: sums.count, mae: rounded(sums.mae), rmae: rounded(sums.rmae), smape: rounded(sums.smape),
      mape: rounded(sums.mape), rmse: rounded(sums.rmse), crps: rounded(sums.crps),
      coverage50: rounded(sums.coverage50), coverage80: rounded(sums.coverage80),
      coverage90: rounded(sums.coverage90), winkler80: rounded(sums.winkler80))
  }

  func labelled(_ label: String) -> ScoreSet {
    ScoreSet(
      label: label, values: values, mae: mae, rmae: rmae, smape: smape, mape: mape, rmse: rmse, crps: crps,
      coverage50: coverage50, coverage80: coverage80, coverage90: coverage90, winkler80: winkler80)
  }

  func encode(into container: inout KeyedEncodingContainer<CodingKeys>, withLabel: Bool) throws {
    if withLabel { try container.encode(label, forKey: .label) }
    try container.encode(values, forKey: .values)
    try container.encode(mae, forKey: .mae)
    try container.encode(rmae, forKey: .rmae)
    try container.encode(smape, forKey: .smape)
    try container.encode(mape, forKey: .mape)
    try container.encode(rmse, forKey: .rmse)
    try container.encode(crps, forKey: .crps)
    try container.encode(coverage50, forKey: .coverage50)
    try container.encode(coverage80, forKey: .coverage80)
    try container.encode(coverage90, forKey: .coverage90)
    try container.encode(winkler80, forKey: .winkler80)
  }
}

extension ScoreSet: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func score(_ key: CodingKeys) throws -> Double? { try container.decodeIfPresent(Double.self, forKey: key) }
    self.init(
      label: try container.decodeIfPresent(String.self, forKey: .label) ?? "",
      values: try container.decode(Int.self, forKey: .values), mae: try score(.mae), rmae: try score(.rmae),
      smape: try score(.smape), mape: try score(.mape), rmse: try score(.rmse), crps: try score(.crps),
      coverage50: try score(.coverage50), coverage80: try score(.coverage80), coverage90: try score(.coverage90),
      winkler80: try score(.winkler80))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try encode(into: &container, withLabel: true)
  }
}

extension ModelScores: Codable {
  enum CodingKeys: String, CodingKey {
    case name, seconds, pitHistogram, observedFrequencies, byHour, byMonth, byLevel
    case pathDays, energyScore, variogramScore
  }

  init(_ tally: ModelTally, levels: LevelScale, paths: PathScores? = nil) {
    let hours = tally.byHour.enumerated().map { ScoreSet($1, label: String($0 + 1)) }
    let months = tally.byMonth.enumerated().map { ScoreSet($1, label: String($0 + 1)) }.filter { $0.values > 0 }
    self.init(
      name: tally.name, total: ScoreSet(tally.total),
      seconds: tally.secondsPerDay.map { ($0 * 1e4).rounded() / 1e4 },
      pitHistogram: tally.reliability.histogram(bins: 20).map { ($0 * 1e5).rounded() / 1e5 },
      observedFrequencies: tally.reliability.observedFrequencies.map { ($0 * 1e5).rounded() / 1e5 },
      byHour: hours, byMonth: months,
      byLevel: tally.byLevel.enumerated().map { ScoreSet($1, label: levels.label($0)) }, paths: paths)
  }

  /// A model of which only the joint paths are scored.
  init(name: String, paths: PathScores) {
    self.init(
      name: name, total: ScoreSet(ScoreSums()), seconds: nil, pitHistogram: [], observedFrequencies: [], byHour: [],
      byMonth: [], byLevel: [], paths: paths)
  }

  /// The models of a list of tallies, and before the last those of which only joint paths are scored.
  static func all(_ tallies: [ModelTally], _ paths: PathTally, _ levels: LevelScale) -> [ModelScores] {
    var models = tallies.map { ModelScores($0, levels: levels, paths: paths.scores(of: $0.name)) }
    let others = paths.names.filter { name in !tallies.contains { $0.name == name } }
    models.insert(
      contentsOf: others.compactMap { name in paths.scores(of: name).map { ModelScores(name: name, paths: $0) } },
      at: max(models.count - 1, 0))
    return models
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let days = try container.decodeIfPresent(Int.self, forKey: .pathDays)
    self.init(
      name: try container.decode(String.self, forKey: .name), total: try ScoreSet(from: decoder),
      seconds: try container.decodeIfPresent(Double.self, forKey: .seconds),
      pitHistogram: try container.decode([Double].self, forKey: .pitHistogram),
      observedFrequencies: try container.decode([Double].self, forKey: .observedFrequencies),
      byHour: try container.decode([ScoreSet].self, forKey: .byHour),
      byMonth: try container.decode([ScoreSet].self, forKey: .byMonth),
      byLevel: try container.decode([ScoreSet].self, forKey: .byLevel),
      paths: try days.map {
        PathScores(
          days: $0, energyScore: try container.decode(Double.self, forKey: .energyScore),
          variogramScore: try container.decode(Double.self, forKey: .variogramScore))
      })
  }

  public func encode(to encoder: any Encoder) throws {
    var scores = encoder.container(keyedBy: ScoreSet.CodingKeys.self)
    try total.encode(into: &scores, withLabel: false)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(seconds, forKey: .seconds)
    try container.encode(pitHistogram, forKey: .pitHistogram)
    try container.encode(observedFrequencies, forKey: .observedFrequencies)
    try container.encode(byHour, forKey: .byHour)
    try container.encode(byMonth, forKey: .byMonth)
    try container.encode(byLevel, forKey: .byLevel)
    try container.encodeIfPresent(paths?.days, forKey: .pathDays)
    try container.encode(paths?.energyScore, forKey: .energyScore)
    try container.encode(paths?.variogramScore, forKey: .variogramScore)
  }
}
