public import Foundation
internal import MarketData
internal import MarketModel

extension TradingDesk {
  /// Builds units from a register of capacities and coal use, filled with typical values of the class, and writes them as
  /// a unit register whose column `assumed` names what was filled.
  public func buildPortfolio(register: URL, output: URL) throws -> WorkspaceReport {
    guard FileManager.default.fileExists(atPath: register.path) else {
      throw DeskProblem(.missingInput, "\(register.path) does not exist; name the register.")
    }
    if let system = try inDeskTerms({ try SystemUnits.read(from: register) }) {
      return try writeUnits(of: system, to: output)
    }
    let classes = dataDirectory.appending(path: "portfolio").appending(path: "unit-classes.csv")
    let portfolio = try inDeskTerms { try MarketData.buildPortfolio(fromRegister: register, classes: classes) }
    let text = try inDeskTerms { try UnitRegister.text(of: portfolio.units) }
    try Workspace.write([(output.lastPathComponent, Data(text.utf8))], in: output.deletingLastPathComponent())
    let assumed = Set(portfolio.units.flatMap(\.assumedFields)).sorted().joined(separator: ", ")
    return WorkspaceReport(
      workspace: output.path, rows: portfolio.units.count, days: 0, skippedDays: 0, changed: true,
      sentences: [
        "\(output.path): \(portfolio.units.count) units of \(portfolio.plants.count) plants",
        "typical values of the class, not the unit's own: \(assumed)",
      ])
  }

  private func writeUnits(of system: SystemUnits, to output: URL) throws -> WorkspaceReport {
    guard !system.units.isEmpty else {
      throw DeskProblem(.badData, "The file of \(system.system) holds no unit that burns fuel and has a lowest output.")
    }
    let portfolio = try inDeskTerms { try Portfolio(units: system.units, plants: []) }
    let text = try inDeskTerms { try UnitRegister.text(of: portfolio.units) }
    try Workspace.write([(output.lastPathComponent, Data(text.utf8))], in: output.deletingLastPathComponent())
    let assumed = Set(system.units.flatMap(\.assumedFields)).sorted().joined(separator: ", ")
    var sentences = [
      "\(output.path): \(portfolio.units.count) units of \(portfolio.plants.count) plants of \(system.system), fuel as standard coal of the same heat and price",
      "not in the file, assumed: \(assumed)",
    ]
    if !system.leftOut.isEmpty { sentences.append("left out: \(system.leftOut.joined(separator: ", "))") }
    return WorkspaceReport(
      workspace: output.path, rows: portfolio.units.count, days: 0, skippedDays: 0, changed: true,
      sentences: sentences)
  }
}
