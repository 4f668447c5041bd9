internal import Foundation
internal import MarketData
internal import MarketGames
internal import MarketModel

/// Who owns the fleet of the demonstration province.
struct MarketGroups: Sendable {
  enum Role: String, Sendable {
    case own, strategic, fringe
  }

  struct Group: Sendable {
    let name: String
    let role: Role
    let share: Double
  }

  /// Our own group first.
  let groups: [Group]
  /// Index of the owner of each unit of the fleet.
  let owners: [Int]

  /// Gives the units, the cheapest first, one by one to the group that is furthest below its share of the capacity, so that
  /// every group owns cheap and dear units.
  init(_ groups: [Group], capacities: [Double]) {
    let groups = groups.filter { $0.role == .own } + groups.filter { $0.role != .own }
    self.groups = groups
    var given = [Double](repeating: 0, count: groups.count)
    owners = capacities.map { capacity in
      let next = groups.indices.min {
        ((given[$0] + capacity / 2) / groups[$0].share, $0) < ((given[$1] + capacity / 2) / groups[$1].share, $1)
      }
      given[next ?? 0] += capacity
      return next ?? 0
    }
  }

  /// Reads `groups.csv`: group, role, capacity_share, note.
  static func read(_ file: URL) throws -> [Group] {
    let text: String
    do { text = try String(contentsOf: file, encoding: .utf8) } catch {
      throw DeskProblem(.missingInput, "\(file.path) cannot be read: \(systemSentence(error)).")
    }
    let lines = text.split(separator: "\n").map { $0.split(separator: ",", maxSplits: 3).map(String.init) }
    guard lines.first?.prefix(3) == ["group", "role", "capacity_share"] else {
      throw DeskProblem(.badData, "\(file.path) must begin with the columns group, role, capacity_share.")
    }
    let groups = try lines.dropFirst().map { row throws -> Group in
      guard row.count >= 3, let role = Role(rawValue: row[1]), let share = Double(row[2]), share > 0, share < 1 else {
        throw DeskProblem(
          .badData, "\(file.path): \"\(row.joined(separator: ","))\" needs a role (own, strategic, fringe) and a share."
        )
      }
      return Group(name: row[0], role: role, share: share)
    }
    guard groups.count(where: { $0.role == .own }) == 1, abs(groups.reduce(0) { $0 + $1.share } - 1) < 1e-6 else {
      throw DeskProblem(.badData, "\(file.path) must have one own group, and shares that add up to 1.")
    }
    return groups
  }

  /// Reads `market-power.csv`: name, value, meaning; a test whose row is missing is not made.
  static func limits(_ file: URL) throws -> MarketPowerLimits {
    let settings = try inDeskTerms { try SettingsFile.read(from: file) }
    func number(_ name: String) throws -> Double? {
      guard let text = settings[name] else { return nil }
      guard let value = Double(text), value.isFinite else {
        throw DeskProblem(.badData, "\(file.path): \(name) is \"\(text)\"; write a number or leave the row out.")
      }
      return value
    }
    return MarketPowerLimits(
      residualSupplyReference: try number("residual_supply_reference"), conductShare: try number("conduct_share"),
      conductAmount: try number("conduct_amount_per_MWh"), impact: try number("impact_per_MWh"))
  }
}
