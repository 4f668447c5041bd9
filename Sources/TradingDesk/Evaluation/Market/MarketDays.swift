internal import Foundation
internal import MarketData
internal import MarketModel
internal import PowerSystem

/// Where the problems of consecutive market days come from. Elements have the same names and order on every day.
protocol MarketDays: Sendable {
  /// Last day that has values.
  var lastDay: MarketDay { get }
  /// Group of each unit, profiled unit and storage by name (fuel and technology), for reports.
  var groups: [String: String] { get }
  /// SHA-256 of the data.
  var digest: String { get }
  /// Days by hour as they are forecast the day before; initial states count on the first day of a run alone.
  func forecast(_ firstDay: MarketDay, days: Int) throws -> CommitmentProblem
  /// What came, on the same days.
  ///
  /// - Parameter minutes: length of an interval, a divisor of 60
  func actual(_ firstDay: MarketDay, days: Int, minutes: Int) throws -> PowerValues
}

/// Demand by bus and the band of each profiled unit, then by interval, MW.
struct PowerValues: Sendable {
  var demand: [[Double]]
  var minimumOutput: [[Double]]
  var maximumOutput: [[Double]]

  /// Means over groups of intervals that follow each other.
  func grouped(by count: Int) -> PowerValues {
    func means(_ values: [[Double]]) -> [[Double]] {
      values.map { row in
        stride(from: 0, to: row.count, by: count).map { row[$0..<$0 + count].reduce(0, +) / Double(count) }
      }
    }
    return count == 1
      ? self
      : PowerValues(
        demand: means(demand), minimumOutput: means(minimumOutput), maximumOutput: means(maximumOutput))
  }

  init(demand: [[Double]], minimumOutput: [[Double]], maximumOutput: [[Double]]) {
    self.demand = demand
    self.minimumOutput = minimumOutput
    self.maximumOutput = maximumOutput
  }

  init(_ problem: CommitmentProblem) {
    self.init(
      demand: problem.buses.map(\.demand), minimumOutput: problem.profiledUnits.map(\.minimumOutput),
      maximumOutput: problem.profiledUnits.map(\.maximumOutput))
  }
}

extension CommitmentProblem {
  /// The same with other demand and other bands of the profiled units; further intervals of the values are left out.
  func with(_ values: PowerValues) -> CommitmentProblem {
    var problem = self
    for bus in buses.indices { problem.buses[bus].demand = Array(values.demand[bus].prefix(intervalCount)) }
    for unit in profiledUnits.indices {
      problem.profiledUnits[unit].minimumOutput = Array(values.minimumOutput[unit].prefix(intervalCount))
      problem.profiledUnits[unit].maximumOutput = Array(values.maximumOutput[unit].prefix(intervalCount))
    }
    return problem
  }
}

/// The days of an RTS-GMLC folder.
struct RtsGmlcDays: MarketDays {
  private let forecasts: RtsGmlcFolder
  /// nil where real time is not asked for.
  private let actuals: RtsGmlcFolder?
  private let settings: RtsGmlcFolder.Settings
  let groups: [String: String]
  let digest: String

  var lastDay: MarketDay { forecasts.days.upperBound }

  init(at folder: URL, withNetwork: Bool, withActuals: Bool) throws(ImportProblem) {
    forecasts = try RtsGmlcFolder(at: folder)
    actuals = withActuals ? try RtsGmlcFolder(at: folder, resolution: .realTime) : nil
    settings = RtsGmlcFolder.Settings(withNetwork: withNetwork)
    let names = [
      "Oil CT": "Oil", "Oil ST": "Oil", "Solar PV": "Solar", "Solar RTPV": "Solar", "CSP": "Solar",
    ]
    groups = try forecasts.categories().mapValues { names[$0] ?? $0 }
    digest = try RtsGmlcFolder.contentDigest(of: folder)
  }

  func forecast(_ firstDay: MarketDay, days: Int) throws -> CommitmentProblem {
    try forecasts.problem(firstDay: firstDay, days: days, settings: settings)
  }

  func actual(_ firstDay: MarketDay, days: Int, minutes: Int) throws -> PowerValues {
    guard let actuals else { return PowerValues(try forecast(firstDay, days: days)) }
    return PowerValues(try actuals.problem(firstDay: firstDay, days: days, settings: settings)).grouped(by: minutes / 5)
  }
}
