public import Foundation
public import PowerSystem

/// Reader of network.json (data/README.md): buses by name, branches between them, and the bus of each participant.
public enum MarketNetworkFile {
  /// Reads the file, plain or gzip.
  /// - Throws: ``ImportProblem`` with one sentence: file, element, what was found, what is needed.
  public static func read(from url: URL) throws(ImportProblem) -> MarketNetwork {
    let file = url.relativePath
    let top = JSONElement(file: file, value: try JSONParser.parse(ByteSource.wholeFile(url), file: file))
    let list = try top.member("buses")
    let buses = try list.texts()
    guard !buses.isEmpty else { throw list.problem("is empty; name at least one bus.") }
    var places: [String: Int] = [:]
    for (index, bus) in buses.enumerated() {
      guard places.updateValue(index, forKey: bus) == nil else {
        throw list.problem("names bus \(bus) twice; keep one.")
      }
    }
    var branches: [Branch] = []
    for (index, element) in try (top.optional("branches")?.list() ?? []).enumerated() {
      let named = JSONElement(file: file, element: "branch \(index + 1)", value: element.value)
      branches.append(try branch(named, number: index + 1, places))
    }
    var participants: [String: Int] = [:]
    for (name, element) in try top.member("participants").elements("participant") {
      participants[name] = try place(element, places)
    }
    let reference = try top.optional("reference_bus").map { element throws(ImportProblem) in try place(element, places)
    }
    return MarketNetwork(
      buses: buses, branches: branches, referenceBus: reference ?? 0, busOfParticipant: participants)
  }

  private static func branch(
    _ element: JSONElement, number: Int, _ places: [String: Int]
  ) throws(ImportProblem) -> Branch {
    let reactance = try element.member("reactance")
    let value = try reactance.number()
    guard value != 0 else {
      throw reactance.problem("is 0; a branch needs a reactance other than 0, all branches in one unit.")
    }
    let limit = try element.optional("limit_MW").map { limit throws(ImportProblem) in
      try limit.number(atLeast: 0, "MW")
    }
    let from = try place(element.member("from"), places)
    let to = try place(element.member("to"), places)
    guard from != to else { throw element.problem("leads from a bus to itself; name two buses.") }
    // Only the proportions count: flows divide by reactance, and no angle is limited.
    return Branch(
      name: try element.optional("name")?.text() ?? "\(number)", from: from, to: to, susceptance: 1 / value,
      limit: limit ?? .infinity)
  }

  private static func place(_ element: JSONElement, _ places: [String: Int]) throws(ImportProblem) -> Int {
    let name = try element.text()
    guard let place = places[name] else {
      throw element.problem("is bus \"\(name)\", which is not among the buses; add it or correct the name.")
    }
    return place
  }
}
