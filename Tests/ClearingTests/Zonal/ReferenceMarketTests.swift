import Clearing
import Foundation
import Testing

/// The published cases of nempy (Gorman, Bruce and MacGill, 2022), rebuilt from their calls.
@Suite("Zonal reference cases") struct ReferenceMarketTests {
  static let cases: [ReferenceMarket] = {
    guard let file = sharedData?.appending(path: "reference_cases/nempy_spot_market.json"),
      let data = try? Data(contentsOf: file),
      let document = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let cases = document["cases"] as? [[String: Any]]
    else { return [] }
    return cases.map(ReferenceMarket.init)
  }()

  @Test("dispatch and prices", arguments: cases)
  func reproduces(reference: ReferenceMarket) throws {
    let market = reference.market
    let clearing = try clear(market)
    #expect(ZonalAudit(market, clearing).verdict == "passed")
    var compared = 0
    for frame in reference.expected {
      for row in frame.rows {
        let service = (row["service"] as? String).flatMap(MarketService.init) ?? .energy
        if let expected = row["price"] as? Double {
          let region = try #require(market.regions.firstIndex { $0.name == row["region"] as? String })
          #expect(abs(clearing.price(of: service, inRegion: region, of: market) - expected) < 1e-6)
          compared += 1
        } else if let expected = row["dispatch"] as? Double {
          let unit = try #require(market.units.firstIndex { $0.name == row["unit"] as? String })
          let offer = try #require(market.units[unit].offers.firstIndex { $0.service == service })
          #expect(abs(clearing.dispatch[unit][offer] - expected) < 1e-6)
          compared += 1
        }
      }
    }
    #expect(compared > 0)
  }

  @Test("all cases are there", .enabled(if: !cases.isEmpty))
  func count() { #expect(Self.cases.count == 12) }
}

/// Columns of equal length.
struct Frame: @unchecked Sendable {
  let rows: [[String: Any]]

  init(_ columns: Any?) {
    let columns = columns as? [String: [Any]] ?? [:]
    rows = (0..<(columns.values.first?.count ?? 0)).map { index in columns.mapValues { $0[index] } }
  }
}

/// One case of the file.
struct ReferenceMarket: Sendable, CustomStringConvertible {
  let description: String
  private(set) var market = ZonalMarket(regions: [], units: [])
  let expected: [Frame]

  init(_ content: [String: Any]) {
    description = content["test"] as? String ?? ""
    expected = (content["expect"] as? [Any] ?? []).map(Frame.init)
    var calls: [String: [String: Any]] = [:]
    for call in content["calls"] as? [[Any]] ?? [] {
      if let name = call.first as? String { calls[name] = call.compactMap { $0 as? [String: Any] }.first }
    }
    func rows(_ call: String, _ table: String) -> [[String: Any]] { Frame(calls[call]?[table]).rows }
    let names = calls["__init__"]?["market_regions"] as? [String] ?? []
    let demand = rows("set_demand_constraints", "demand")
    market.regions = names.map { name in
      MarketRegion(name: name, demand: demand.first { $0["region"] as? String == name }?["demand"] as? Double ?? 0)
    }
    market.units = rows("__init__", "unit_info").map { row in
      ZonalUnit(
        name: row["unit"] as? String ?? "", region: names.firstIndex(of: row["region"] as? String ?? "") ?? -1,
        lossFactor: row["loss_factor"] as? Double ?? 1, offers: [])
    }
    addOffers(rows("set_unit_volume_bids", "volume_bids"), rows("set_unit_price_bids", "price_bids"))
    for row in rows("set_unit_bid_capacity_constraints", "unit_limits") {
      market.units[unit(row)].capacity = row["capacity"] as? Double ?? .nan
    }
    for row in rows("set_fcas_max_availability", "fcas_max_availability") {
      change(row) { $0.maximum = row["max_availability"] as? Double ?? .nan }
    }
    for row in rows("set_energy_and_regulation_capacity_constraints", "regulation_trapeziums")
      + rows("set_joint_capacity_constraints", "contingency_trapeziums")
    {
      func number(_ name: String) -> Double { row[name] as? Double ?? .nan }
      change(row) {
        $0.trapezium = ZonalUnit.Trapezium(
          maximum: number("max_availability"), least: number("enablement_min"), lowBreak: number("low_break_point"),
          highBreak: number("high_break_point"), highest: number("enablement_max"))
      }
    }
    for row in rows("set_interconnectors", "interconnector_directions_and_limits") {
      market.interconnectors.append(
        Interconnector(
          name: row["interconnector"] as? String ?? "",
          from: names.firstIndex(of: row["from_region"] as? String ?? "") ?? -1,
          to: names.firstIndex(of: row["to_region"] as? String ?? "") ?? -1,
          limits: (row["min"] as? Double ?? .nan)...(row["max"] as? Double ?? .nan)))
    }
    addConstraints(
      requirements: rows("set_fcas_requirements_constraints", "fcas_requirements"),
      generic: rows("set_generic_constraints", "generic_constraint_parameters"),
      costs: rows("make_constraints_elastic", "violation_cost"))
    link(
      regions: rows("link_regions_to_generic_constraints", "region_coefficients"),
      units: rows("link_units_to_generic_constraints", "unit_coefficients"),
      lines: rows("link_interconnectors_to_generic_constraints", "interconnector_coefficients"))
  }

  private func unit(_ row: [String: Any]) -> Int { market.units.firstIndex { $0.name == row["unit"] as? String } ?? -1 }

  private func service(_ row: [String: Any]) -> MarketService {
    (row["service"] as? String).flatMap(MarketService.init) ?? .energy
  }

  private mutating func change(_ row: [String: Any], _ change: (inout ZonalUnit.Offer) -> Void) {
    let unit = unit(row)
    guard let offer = market.units[unit].offers.firstIndex(where: { $0.service == service(row) }) else { return }
    change(&market.units[unit].offers[offer])
  }

  private mutating func addOffers(_ volumes: [[String: Any]], _ prices: [[String: Any]]) {
    for (volume, price) in zip(volumes, prices) {
      let bands = (1...10).compactMap { band -> ZonalUnit.Band? in
        guard let quantity = volume["\(band)"] as? Double, let value = price["\(band)"] as? Double else { return nil }
        return ZonalUnit.Band(price: value, quantity: quantity)
      }
      market.units[unit(volume)].offers.append(ZonalUnit.Offer(service: service(volume), bands: bands))
    }
  }

  private mutating func addConstraints(
    requirements: [[String: Any]], generic: [[String: Any]], costs: [[String: Any]]
  ) {
    for row in requirements {
      let region = market.regions.firstIndex { $0.name == row["region"] as? String } ?? -1
      market.requirements.append(
        MarketConstraint(
          name: row["set"] as? String ?? "", terms: [.region(region, service(row), factor: 1)], relation: .equal,
          rightSide: row["volume"] as? Double ?? .nan))
    }
    for row in generic {
      let name = row["set"] as? String ?? ""
      let relations: [String: MarketConstraint.Relation] = [">=": .atLeast, "<=": .atMost, "=": .equal]
      market.constraints.append(
        MarketConstraint(
          name: name, terms: [], relation: relations[row["type"] as? String ?? ""] ?? .equal,
          rightSide: row["rhs"] as? Double ?? .nan,
          violationCost: costs.first { $0["set"] as? String == name }?["cost"] as? Double))
    }
  }

  private mutating func link(regions: [[String: Any]], units: [[String: Any]], lines: [[String: Any]]) {
    func factor(_ row: [String: Any]) -> Double { row["coefficient"] as? Double ?? .nan }
    for row in regions {
      let region = market.regions.firstIndex { $0.name == row["region"] as? String } ?? -1
      add(.region(region, service(row), factor: factor(row)), to: row)
    }
    for row in units { add(.unit(unit(row), service(row), factor: factor(row)), to: row) }
    for row in lines {
      let line = market.interconnectors.firstIndex { $0.name == row["interconnector"] as? String } ?? -1
      add(.interconnector(line, factor: factor(row)), to: row)
    }
  }

  private mutating func add(_ term: MarketConstraint.Term, to row: [String: Any]) {
    let name = row["set"] as? String
    for index in market.requirements.indices where market.requirements[index].name == name {
      market.requirements[index].terms.append(term)
    }
    for index in market.constraints.indices where market.constraints[index].name == name {
      market.constraints[index].terms.append(term)
    }
  }
}
