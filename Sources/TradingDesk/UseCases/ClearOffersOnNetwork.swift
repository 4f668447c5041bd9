internal import Clearing
public import Foundation
internal import MarketData
internal import PowerSystem

/// `spotdesk clear --offers --network`: nodal prices of a file of offers.
public struct NetworkClearingReport: Sendable, Encodable {
  public struct PriceRow: Sendable, Encodable {
    public var interval: Int
    public var bus: String
    /// Per MWh: the sum of the parts.
    public var price: Double
    public var energy: Double
    public var congestion: Double
    /// Sold at the bus.
    public var clearedMW: Double
    public var boughtMW: Double
  }

  public struct FlowRow: Sendable, Encodable {
    public var interval: Int
    public var branch: String
    public var flowMW: Double
    /// Nil where the branch has no limit.
    public var limitMW: Double?
    /// What one more MW of the limit saves, per MWh.
    public var price: Double
  }

  public var schema = "spotdesk.clear-network/1"
  public var file: String
  public var sha256: String
  public var network: String
  public var rulePack: String
  public var currency: String
  public var intervalMinutes: Int
  public var offers: Int
  public var prices: [PriceRow]
  public var flows: [FlowRow]
  public var welfare: Double
  public var congestionRent: Double
  public var audit: String

  public var isAudited: Bool { audit == "passed" }
}

extension TradingDesk {
  /// Clears a file of offers at nodal prices under the bounds of a rule pack, and audits each interval.
  public func clearOffers(_ request: OfferClearingRequest, on network: URL) throws -> NetworkClearingReport {
    let (file, rules) = try offers(of: request)
    let grid = try inDeskTerms { try MarketNetworkFile.read(from: network) }
    let clearing: NetworkOfferClearing
    do {
      clearing = try Clearing.clearOffers(file.offers, on: grid)
    } catch {
      throw DeskProblem(.badData, "\(network.relativePath): \(error.description)")
    }
    if let output = request.output {
      try Workspace.write(
        [(output.lastPathComponent, Data(nodalOfferText(clearing, file: file, grid: grid).utf8))],
        in: output.deletingLastPathComponent())
    }
    return NetworkClearingReport(clearing, file: file, network: network.relativePath, grid: grid, rules: rules)
  }

  private func nodalOfferText(_ clearing: NetworkOfferClearing, file: OfferFile, grid: MarketNetwork) -> String {
    var prices: [Int: [Double]] = [:]
    for result in clearing.intervals { prices[result.interval] = result.prices.map(\.total) }
    var text = "interval,side,participant,bus,price_per_MWh,quantity_MW,cleared_MW,clearing_price_per_MWh\n"
    for (offer, cleared) in zip(file.offers, clearing.cleared) {
      guard let bus = grid.busOfParticipant[offer.participant], let price = prices[offer.interval]?[bus] else {
        continue
      }
      let fields = [
        "\(offer.interval)", offer.side.rawValue, inertCell(offer.participant),
        inertCell(grid.buses[bus]), offer.price.text, offer.quantity.megawattText,
        String(format: "%.6f", cleared), String(format: "%.6f", price),
      ]
      text += fields.joined(separator: ",") + "\n"
    }
    return text
  }
}

extension NetworkClearingReport {
  init(_ clearing: NetworkOfferClearing, file: OfferFile, network: String, grid: MarketNetwork, rules: OfferRules) {
    let hours = rules.pack.zone.length.hours
    self.init(
      file: file.file, sha256: file.sha256, network: network, rulePack: rules.name, currency: rules.pack.currency,
      intervalMinutes: rules.pack.zone.length.minutes, offers: file.offers.count,
      prices: clearing.intervals.flatMap { result in
        grid.buses.indices.map { bus in
          PriceRow(
            interval: result.interval, bus: grid.buses[bus], price: result.prices[bus].total,
            energy: result.prices[bus].energy, congestion: result.prices[bus].congestion,
            clearedMW: result.sold[bus], boughtMW: result.bought[bus])
        }
      },
      flows: clearing.intervals.flatMap { result in
        grid.branches.indices.map { branch in
          FlowRow(
            interval: result.interval, branch: grid.branches[branch].name, flowMW: result.flow[branch],
            limitMW: grid.branches[branch].limit.isFinite ? grid.branches[branch].limit : nil,
            price: result.branchPrice_perMWh[branch])
        }
      },
      welfare: clearing.intervals.reduce(0) { $0 + $1.welfarePerHour * hours },
      congestionRent: clearing.intervals.reduce(0) { $0 + $1.congestionRentPerHour * hours },
      audit: clearing.intervals.first { $0.audit != "passed" }.map { "interval \($0.interval): \($0.audit)" }
        ?? "passed")
  }
}
