internal import NumericMethods

/// A dense network on the levelled days, all intervals at once: trained long at first, then a few epochs from where it
/// stands whenever it is refitted (`methods.md` 1.4).
struct NetworkPriceModel: PriceModel {
  let family = PriceFamily.network
  var windowDays: Int { settings.windowDays }
  var columns: Int { fitted.columns }
  static let leastDays = 120

  struct Settings: Sendable {
    var windowDays = 1_456
    var hidden = 128
    /// Groups of predictors that the network does without.
    var left: Set<LevelledDays.Group> = []
    var first = DenseNetwork.Training(epochs: 40, firstStep: 1e-3, lastStep: 1e-4)
    var again = DenseNetwork.Training(epochs: 3, firstStep: 5e-4, lastStep: 5e-4)
    /// Days between two refits at the least.
    var refitDays = 7

    /// Networks that err differently: every second one drops half of its hidden values, the last two do without sums of what
    /// they see anyway.
    static func variant(_ index: Int) -> Settings {
      var settings = Settings()
      if index % 2 == 1 {
        settings.first.dropout = 0.5
        settings.again.dropout = 0.5
      }
      if index >= 2 { settings.left = [.lateYesterday, .dayMeans, .inputMeans, .weekend] }
      return settings
    }
  }

  let name: String
  let settings: Settings
  let seed: UInt64
  var fitted = DatedFit<DenseNetwork>()

  init(name: String, settings: Settings = Settings(), seed: UInt64) {
    self.name = name
    self.settings = settings
    self.seed = seed
  }

  mutating func predicted(_ view: PriceView, refitAfter days: Int) throws(ForecastingError) -> [Double]? {
    guard let table = LevelledDays(view, windowDays: settings.windowDays, without: settings.left),
      table.positions.count >= NetworkPriceModel.leastDays
    else { return nil }
    let count = table.positions.count
    let rows = table.rows.map { Float($0) }
    try fitted.refit(view, after: max(days, settings.refitDays), columns: table.columns) { [self] before in
      trained(before, Array(rows.prefix(count * table.columns)), table, intervals: view.intervals)
    }
    guard let network = fitted.fit else { return nil }
    return table.restored(try checkedPath(network.predicted(for: Array(rows.suffix(table.columns))).map { Double($0) }))
  }

  private func trained(_ before: DenseNetwork?, _ rows: [Float], _ table: LevelledDays, intervals: Int) -> DenseNetwork
  {
    let shape = DenseNetwork.Shape(inputs: table.columns, hidden: settings.hidden, outputs: intervals)
    let targets = table.targets.map { Float($0) }
    if var network = before, network.shape == shape {
      network.train(rows: rows, targets: targets, settings.again)
      return network
    }
    var fresh = DenseNetwork(shape: shape, seed: seed)
    fresh.train(rows: rows, targets: targets, settings.first)
    return fresh
  }
}
