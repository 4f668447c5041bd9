/// What was learned as a record: settings, every fit under its expert's name, and the states of mix, distribution, floor and
/// dependence. What reads it has the number of threads to set.
extension PriceLearning: Codable {
  private enum CodingKeys: String, CodingKey {
    case settings, pool, distribution, dependence, floorChance, errors, pastFailures
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(settings, forKey: .settings)
    try container.encode(pool, forKey: .pool)
    try container.encode(distribution, forKey: .distribution)
    try container.encodeIfPresent(dependence, forKey: .dependence)
    try container.encodeIfPresent(floorChance, forKey: .floorChance)
    try container.encode(errors, forKey: .errors)
    // Nothing failed in almost every record.
    if !pastFailures.isEmpty { try container.encode(pastFailures, forKey: .pastFailures) }
    var fits = encoder.container(keyedBy: ExpertName.self)
    for expert in experts { try expert.encodeFit(into: &fits) }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    settings = try container.decode(Settings.self, forKey: .settings)
    threads = 1
    pool = try container.decode(ExpertPool.self, forKey: .pool)
    distribution = try container.decode(OnlineDistribution.self, forKey: .distribution)
    dependence = try container.decodeIfPresent(JointPaths.self, forKey: .dependence)
    floorChance = try container.decodeIfPresent(FloorChance.self, forKey: .floorChance)
    errors = try container.decode([RunningError].self, forKey: .errors)
    pastFailures = try container.decodeIfPresent([PastFailure].self, forKey: .pastFailures) ?? []
    experts = settings.families.flatMap { [seed = settings.seed] in $0.experts(seed: seed) }
    let fits = try decoder.container(keyedBy: ExpertName.self)
    for index in experts.indices { try experts[index].decodeFit(from: fits) }
  }
}

/// The name of an expert as the key of its fit.
private struct ExpertName: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

extension PriceModel {
  fileprivate func encodeFit(into container: inout KeyedEncodingContainer<ExpertName>) throws {
    try container.encode(fitted, forKey: ExpertName(stringValue: name))
  }

  fileprivate mutating func decodeFit(from container: KeyedDecodingContainer<ExpertName>) throws {
    fitted = try container.decode(Fitted.self, forKey: ExpertName(stringValue: name))
  }
}
