internal import MarketModel
internal import Optimization

/// Chooses one offer for each unit of a plant so that the plant's starts stay within its limit.
///
/// Without a limit every unit takes its best offer. Where the best ones would start too many units, a small integer
/// programme decides: maximise Σ score · x over offers, one offer for each unit, Σ starts · x ≤ limit. Starts of a
/// single unit above its own limit are never chosen.
struct PlantStartLimits {
  static func choose(
    _ candidates: [UnitID: [DrawnOffer]], units: [ThermalUnit], plants: [Plant]
  ) throws -> [UnitID: DrawnOffer] {
    var chosen: [UnitID: DrawnOffer] = [:]
    let limits = Dictionary(uniqueKeysWithValues: plants.map { ($0.id, $0.maximumStartsPerDay) })
    for (plant, members) in Dictionary(grouping: units, by: \.plant).sorted(by: { $0.key < $1.key }) {
      let allowed = members.compactMap { unit -> (UnitID, [DrawnOffer])? in
        guard let offers = candidates[unit.id] else { return nil }
        let within = offers.filter { $0.starts <= unit.maximumStartsPerDay }
        return (unit.id, within.isEmpty ? offers : within)
      }
      let best = allowed.compactMap { id, offers in bestOffer(offers).map { (id, $0) } }
      if let limit = limits[plant] ?? nil, best.reduce(0, { $0 + $1.1.starts }) > limit {
        for (id, offer) in try chooseWithin(limit, allowed) { chosen[id] = offer }
      } else {
        for (id, offer) in best { chosen[id] = offer }
      }
    }
    return chosen
  }

  /// The highest score; of equal ones the first.
  private static func bestOffer(_ offers: [DrawnOffer]) -> DrawnOffer? {
    offers.enumerated().max { ($0.element.score, -$0.offset) < ($1.element.score, -$1.offset) }?.element
  }

  private static func chooseWithin(_ limit: Int, _ offers: [(UnitID, [DrawnOffer])]) throws -> [(UnitID, DrawnOffer)] {
    var program = LinearProgram(goal: .maximise)
    var variables: [[Variable]] = []
    var starts = LinearExpression()
    for (id, options) in offers {
      var own: [Variable] = []
      var one = LinearExpression()
      for (number, offer) in options.enumerated() {
        let variable = program.addVariable(
          name: "offer[\(id),\(number)]", in: 0...1, objective: max(offer.score, -1e12), isInteger: true)
        own.append(variable)
        one += 1 * variable
        starts += Double(offer.starts) * variable
      }
      program.constrain(one, in: 1...1, name: "one offer[\(id)]")
      variables.append(own)
    }
    program.constrain(starts, in: 0...Double(limit), name: "plant starts")
    let solution = try solve(program)
    return zip(offers, variables).compactMap { entry, own in
      own.firstIndex { solution[$0] > 0.5 }.map { (entry.0, entry.1[$0]) }
    }
  }
}

/// A baseline's offer of one unit, which does not compare commitments.
struct BaselineOffer {
  let desk: UnitDesk
  let day: UnitDay
  let offer: DrawnOffer

  /// The same offers with no more starts of a plant than it may make: what a careful trader gives up first are starts of its smaller
  /// units, which then stay as the day finds them.
  ///
  /// - Parameter redraw: the offer of a unit for another commitment.
  static func withinPlantStarts(
    _ all: [BaselineOffer], plants: [Plant], redraw: (BaselineOffer, [Bool]) throws -> DrawnOffer
  ) throws -> [BaselineOffer] {
    let limits = Dictionary(uniqueKeysWithValues: plants.map { ($0.id, $0.maximumStartsPerDay) })
    let starts = Dictionary(grouping: all, by: \.day.unit.plant).mapValues { $0.reduce(0) { $0 + $1.offer.starts } }
    func isTooMany(_ plant: PlantID) -> Bool { (limits[plant] ?? nil).map { (starts[plant] ?? 0) > $0 } ?? false }
    var candidates: [UnitID: [DrawnOffer]] = [:]
    for each in all where isTooMany(each.day.unit.plant) {
      let rated = each.day.unit.ratedCapacity.megawatts
      var own = [each.offer.scored(as: 1 + rated)]
      if each.offer.starts > 0 {
        let still =
          each.day.initialState.isOn ? try each.desk.fullCommitment() : try each.desk.emptyCommitment()
        own.append(try redraw(each, still).scored(as: 0))
      }
      candidates[each.day.unit.id] = own
    }
    guard !candidates.isEmpty else { return all }
    let chosen = try PlantStartLimits.choose(candidates, units: all.map(\.day.unit), plants: plants)
    return all.map { each in
      chosen[each.day.unit.id].map { BaselineOffer(desk: each.desk, day: each.day, offer: $0) } ?? each
    }
  }
}
