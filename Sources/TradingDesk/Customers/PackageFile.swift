internal import Foundation
internal import RetailValue

/// Package templates as a file: `data/customers/packages.json`.
struct PackageFile: Decodable {
  struct Template: Decodable {
    var kind: String
    var id: String
    var price: Double?
    var bands: [Double]?
    var index: ReferencePrice?
    var reference: ReferencePrice?
    var upper: ReferencePrice?
    var lower: ReferencePrice?
    var share: Double?
    var spread: Double?
    var factor: Double?
    var uplift: Double?
    var fee: Double?
    var monthly_fee: Double?
    var cap_reference: ReferencePrice?
    var cap: Double?
    var floor_reference: ReferencePrice?
    var floor: Double?
    var green_share: Double?
    var green_price: Double?
    /// Prices are money per MWh as they stand, not multiples of the forward price.
    var absolute: Bool?
  }

  var packages: [Template]

  /// - Parameter forward: price per MWh that a template's price of 1 stands for.
  func resolved(forward: Double) throws(DeskProblem) -> [RetailPackage] {
    var packages: [RetailPackage] = []
    for template in self.packages { packages.append(try template.package(forward: forward)) }
    guard Set(packages.map(\.id)).count == packages.count, !packages.isEmpty else {
      throw DeskProblem(.badData, "Packages need ids that differ, and there must be one.")
    }
    return packages
  }
}

extension PackageFile.Template {
  func package(forward: Double) throws(DeskProblem) -> RetailPackage {
    let scale = absolute ?? false ? 1 : forward
    var package = try base(scale: scale)
    package.monthlyFee = monthly_fee ?? 0
    if let cap { package = package.capped(at: .init(reference: cap_reference, value: cap)) }
    if let floor { package = package.floored(at: .init(reference: floor_reference, value: floor)) }
    if let share = green_share {
      package = package.withGreen(share: share, price: try need(green_price, "green_price"))
    }
    return package
  }

  private func base(scale: Double) throws(DeskProblem) -> RetailPackage {
    switch kind {
    case "fixed": return .fixed(id, price: try need(price, "price") * scale)
    case "time_of_use":
      let bands = try need(bands, "bands")
      guard bands.count == 5 else {
        throw DeskProblem(.badData, "Package \(id): bands are five prices, deep valley to tip.")
      }
      return .timeOfUse(id, bands: bands.map { $0 * scale })
    case "fixed_and_linked":
      return .fixedAndLinked(
        id, price: try need(price, "price") * scale, index: try need(index, "index"), share: try need(share, "share"),
        uplift: uplift ?? 0)
    case "reference_and_linked":
      return .referenceAndLinked(
        id, reference: try need(reference, "reference"), index: try need(index, "index"),
        share: try need(share, "share"), uplift: uplift ?? 0)
    case "linked": return .linked(id, uplift: uplift ?? 0)
    case "linked_day_ahead": return .linked(id, realTime: false, uplift: uplift ?? 0)
    case "agreed_spread":
      return .agreedSpread(
        id, reference: try need(reference, "reference"), share: try need(share, "share"),
        spread: try need(spread, "spread"), uplift: uplift ?? 0)
    case "spread_sharing":
      return .spreadSharing(
        id, reference: try need(reference, "reference"), upper: try need(upper, "upper"),
        lower: try need(lower, "lower"), share: try need(share, "share"), uplift: uplift ?? 0)
    case "proportional_sharing": return .proportionalSharing(id, share: try need(share, "share"))
    case "market_rate": return .marketRate(id, factor: try need(factor, "factor"))
    case "own_average": return .ownAverage(id, fee: fee ?? 0)
    case "mixed":
      return .mixed(id, factor: try need(factor, "factor"), share: try need(share, "share"), fee: fee ?? 0)
    default: throw DeskProblem(.badData, "Package \(id): there is no kind \"\(kind)\".")
    }
  }

  private func need<Value>(_ value: Value?, _ name: String) throws(DeskProblem) -> Value {
    guard let value else { throw DeskProblem(.badData, "Package \(id): a \(kind) package needs \"\(name)\".") }
    return value
  }
}
