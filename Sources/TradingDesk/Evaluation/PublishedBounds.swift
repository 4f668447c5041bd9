internal import Foundation

/// Published bounds of commitment instances: a CSV table with the columns Group, Instance, Primal bound and Dual bound, as
/// UnitCommitment.jl keeps of its benchmark; of several rows for one instance the narrowest bounds count.
struct PublishedBounds {
  struct Bounds: Equatable {
    /// Cost of the best commitment that was found.
    var primal: Double
    /// No commitment costs less.
    var dual: Double
  }

  /// "group/instance" → bounds; the group without its library, as "rts_gmlc/2020-01-27".
  let bounds: [String: Bounds]

  init(_ file: URL) throws {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else {
      throw DeskProblem(.missingInput, "\(file.relativePath) cannot be read; name the table of published bounds.")
    }
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let names = ["Group", "Instance", "Primal bound", "Dual bound"]
    let places = names.compactMap { lines.first?.firstIndex(of: $0) }
    guard places.count == names.count else {
      throw DeskProblem(
        .badData,
        "\(file.relativePath) lacks one of the columns \(names.joined(separator: ", ")); name the table of bounds.")
    }
    var found: [String: Bounds] = [:]
    for (number, row) in lines.enumerated().dropFirst() {
      guard row.count > places.max() ?? 0, let primal = Double(row[places[2]]), let dual = Double(row[places[3]]) else {
        throw DeskProblem(
          .badData, "\(file.relativePath), line \(number + 1): a bound is no number; correct or remove the line.")
      }
      let group = row[places[0]].split(separator: "/").last.map(String.init) ?? row[places[0]]
      let before = found["\(group)/\(row[places[1]])"] ?? Bounds(primal: .infinity, dual: -.infinity)
      found["\(group)/\(row[places[1]])"] = Bounds(primal: min(before.primal, primal), dual: max(before.dual, dual))
    }
    bounds = found
  }

  /// Bounds of an instance by its folder and name.
  subscript(_ file: URL) -> Bounds? {
    let name = file.lastPathComponent.split(separator: ".").prefix { $0 != "json" && $0 != "gz" }.joined(separator: ".")
    return bounds["\(file.deletingLastPathComponent().lastPathComponent)/\(name)"]
  }
}
