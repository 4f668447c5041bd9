public import Foundation
internal import MarketData
internal import MarketModel
internal import RetailValue

/// What to evaluate churn on.
public struct ChurnRequest: Sendable {
  public enum Split: String, Sendable, CaseIterable { case auto, customer, expiry, activation }

  public var data: URL
  /// Only "powerco".
  public var format: String
  /// Outcomes, if they stand in a file of their own: columns id and churn.
  public var outcomes: URL?
  public var trainFraction: Double
  public var split: Split
  public var seed: UInt64
  public var threads: Int

  public init(
    data: URL, format: String, outcomes: URL? = nil, trainFraction: Double, split: Split, seed: UInt64, threads: Int
  ) {
    self.data = data
    self.format = format
    self.outcomes = outcomes
    self.trainFraction = trainFraction
    self.split = split
    self.seed = seed
    self.threads = threads
  }
}

extension TradingDesk {
  /// Fits a churn model on one part of a file's customers and scores it on the other.
  ///
  /// - Throws: `DeskProblem` if the file cannot be read, has no outcome, or has too few customers on either side.
  public func evaluateChurn(_ request: ChurnRequest) throws -> ChurnReport {
    guard request.format == "powerco" else {
      throw DeskProblem(.badData, "There is no format \"\(request.format)\"; churn is evaluated on powerco.")
    }
    let (file, table) = try churnTable(request)
    let settings = ChurnSettings(expiryColumn: "date_end", seed: request.seed)
    let (split, name) = try chosenSplit(table, request, settings)
    progress("\(table.count) customers, split by \(name)")
    let main = try fitted(table, split, settings, request.threads)
    var beside: [ChurnReport.Side] = []
    if request.split == .auto {
      progress("beside it: customers of the same dates kept together")
      let grouped = ChurnSettings(
        expiryColumn: "date_end", groupColumns: ["date_activ", "date_end"], seed: request.seed)
      let split = ChurnSplit.byCustomer(table, fraction: request.trainFraction, settings: grouped)
      if isUsable(split, table) {
        beside.append(
          ChurnReport.Side(
            split: "customers of the same dates together", try fitted(table, split, grouped, request.threads).scores))
      }
    }
    for other in [ChurnRequest.Split.expiry, .activation] where request.split == .auto {
      guard let column = dateColumn(other),
        let split = ChurnSplit.byDate(
          table, column: column, fraction: request.trainFraction), isUsable(split, table)
      else { continue }
      progress("beside it: by \(column)")
      beside.append(ChurnReport.Side(split: column, try fitted(table, split, settings, request.threads).scores))
    }
    return ChurnReport(
      file: file, table: table, request: request, split: split, splitName: name, scores: main.scores,
      weights: main.weights, beside: beside)
  }

  private func fitted(
    _ table: ChurnTable, _ split: ChurnSplit, _ settings: ChurnSettings, _ threads: Int
  ) throws -> (scores: BinaryScores, weights: [Double]) {
    try inRetailTerms {
      let model = try ChurnModel.fit(table, rows: split.training, settings: settings, threads: threads)
      let scores = BinaryScores(
        probabilities: try model.probabilities(table, rows: split.test), outcomes: split.test.map { table.left[$0] })
      return (scores, model.weights)
    }
  }

  private func dateColumn(_ split: ChurnRequest.Split) -> String? {
    switch split {
    case .expiry: "date_end"
    case .activation: "date_activ"
    case .auto, .customer: nil
    }
  }

  private func isUsable(_ split: ChurnSplit, _ table: ChurnTable) -> Bool {
    split.test.contains { table.left[$0] } && split.test.contains { !table.left[$0] }
      && split.training.count { table.left[$0] } >= 20
  }

  private func chosenSplit(
    _ table: ChurnTable, _ request: ChurnRequest, _ settings: ChurnSettings
  ) throws -> (ChurnSplit, String) {
    if let column = dateColumn(request.split) {
      guard let split = ChurnSplit.byDate(table, column: column, fraction: request.trainFraction) else {
        throw DeskProblem(.badData, "\(request.data.relativePath) has no dates in a column \"\(column)\" to split by.")
      }
      guard isUsable(split, table) else {
        throw DeskProblem(.badData, "The split by \(column) leaves no customer of each outcome on both sides.")
      }
      return (split, column)
    }
    let split = ChurnSplit.byCustomer(table, fraction: request.trainFraction, settings: settings)
    guard isUsable(split, table) else {
      throw DeskProblem(
        .badData,
        "Of \(table.count) customers \(table.left.count { $0 }) left; that is too few to fit on \(request.trainFraction) of them and judge on the rest."
      )
    }
    return (split, "customer")
  }

  private func churnTable(_ request: ChurnRequest) throws -> (CustomerTable, ChurnTable) {
    try inRetailTerms {
      let file = try readingExisting(request.data) { try CustomerTable.read(request.data, identifier: "id") }
      let outcomes = try request.outcomes.map { url in
        try readingExisting(url) { try CustomerTable.read(url, identifier: "id") }
      }
      guard case .numbers(let values) = (outcomes ?? file)["churn"] else {
        throw DeskProblem(
          .badData, "\((outcomes ?? file).file): missing column \"churn\" with 0 or 1 for each customer.")
      }
      var known: [String: Double] = [:]
      for (name, value) in zip((outcomes ?? file).identifiers, values) { known[name] = value }
      let left = try file.identifiers.map { name -> Bool in
        guard let value = known[name], value == 0 || value == 1 else {
          throw DeskProblem(.badData, "\(file.file): customer \"\(name)\" has no churn of 0 or 1.")
        }
        return value == 1
      }
      let columns = file.columns.filter { $0.name != "churn" }.map { column in
        switch column.content {
        case .numbers(let values): (name: column.name, content: ChurnTable.Content.numbers(values))
        case .dates(let values): (name: column.name, content: ChurnTable.Content.dates(values))
        case .words(let values): (name: column.name, content: ChurnTable.Content.words(values))
        }
      }
      return (file, ChurnTable(identifiers: file.identifiers, columns: columns, left: left))
    }
  }
}
