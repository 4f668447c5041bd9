internal import Foundation
public import MarketModel
internal import NumericMethods

/// A retail portfolio made by construction: nothing in it was measured. Customer n is the same whatever else is made.
public struct RetailDemonstration: Sendable {
  public let customers: Int
  public let firstDay: MarketDay
  public let days: Int
  public let seed: UInt64

  /// A year of hourly loads from January 2025 on.
  public init(customers: Int, seed: UInt64 = 1) {
    self.customers = customers
    self.seed = seed
    firstDay = MarketDay(year: 2025, month: 1, day: 1) ?? MarketDay(dayNumber: 20_089)
    days = 365
  }

  static let industries = ["C17", "C26", "C30", "C31", "C33", "C36", "F52", "I65"]

  /// What makes up one customer.
  struct Character {
    let sizeMW: Double
    let shape: [Double]
    let weekend: Double
    let growth: Double
    let noise: Double
    let industry: Int
    /// Day on which the load changes for good, and by which factor; beyond the year for most.
    let changeDay: Int
    let changeFactor: Double
  }

  func character(_ number: Int) -> Character {
    var random = SplitMix64(seed: seed &* 1_000_003 &+ UInt64(number))
    let industry = random.nextIndex(below: Self.industries.count)
    let kind = random.nextIndex(below: 4)
    let depth = 0.2 + 0.6 * random.nextUniform()
    let shape = (0..<24).map { hour -> Double in
      switch kind {
      case 0: 1
      case 1: (8..<18).contains(hour) ? 1 + depth : 1 - depth
      case 2: (17..<23).contains(hour) ? 1 + depth : 1 - depth / 3
      default: hour < 7 || hour >= 22 ? 1 + depth : 1 - depth / 2
      }
    }
    let size = exp(log(0.8) + 1.1 * random.nextGaussian())
    let changes = random.nextUniform() < 0.08
    let day = 200 + random.nextIndex(below: 150)
    let factor = random.nextUniform() < 0.5 ? 0.05 : 2.2
    return Character(
      sizeMW: size, shape: shape, weekend: [1, 0.7, 0.3][random.nextIndex(below: 3)],
      growth: 0.3 * (random.nextUniform() - 0.45), noise: 0.03 + 0.07 * random.nextUniform(), industry: industry,
      changeDay: changes ? day : Int.max, changeFactor: factor)
  }

  /// Hourly energy of a customer over the whole year, kWh; [day · 24 + hour].
  public func loads(_ number: Int) -> [Int32] {
    let character = character(number)
    var random = SplitMix64(seed: seed &* 7_919 &+ UInt64(number) &+ 1 << 40)
    var values = [Int32](repeating: 0, count: days * 24)
    var state = 0.0
    for day in 0..<days {
      let date = firstDay.advanced(by: day)
      state = 0.7 * state + character.noise * (2 * random.nextUniform() - 1)
      var level = character.sizeMW * 1_000 * (1 + character.growth * Double(day) / 365) * (1 + state)
      if date.weekday >= 6 { level *= character.weekend }
      if day >= character.changeDay { level *= character.changeFactor }
      for hour in 0..<24 {
        let jitter = 1 + 0.06 * (Double(random.next() >> 40) / 16_777_216 - 0.5)
        values[day * 24 + hour] = Int32(max(0, level * character.shape[hour] * jitter))
      }
    }
    return values
  }

  /// The customer as its file describes it.
  public func customer(_ number: Int) -> RetailCustomer {
    let character = character(number)
    var random = SplitMix64(seed: seed &* 31 &+ UInt64(number) &+ 1 << 41)
    var customer = RetailCustomer(id: Self.identifier(number))
    customer.name = "示范企业\(number + 1)号"
    customer.creditCode = "DEMO\(number + 1)"
    customer.industry = Self.industries[character.industry]
    customer.voltageKV = character.sizeMW > 5 ? 110 : character.sizeMW > 1.5 ? 35 : 10
    customer.transformerKVA = (character.sizeMW * 1_000 * (1.6 + random.nextUniform()) / 100).rounded() * 100
    customer.channelKeeps = [0, 0, 0.2, 0.5][random.nextIndex(below: 4)]
    customer.group = "G\(number / 5)"
    customer.status = "contracted"
    customer.solarKW = random.nextUniform() < 0.3 ? (character.sizeMW * 300).rounded() : 0
    customer.storageKW = random.nextUniform() < 0.1 ? (character.sizeMW * 200).rounded() : 0
    customer.greenTarget = character.industry < 4 ? 0.3 : nil
    return customer
  }

  public func contract(_ number: Int) -> RetailContract {
    var random = SplitMix64(seed: seed &* 37 &+ UInt64(number) &+ 1 << 42)
    var contract = RetailContract(customer: Self.identifier(number))
    let isLinked = random.nextUniform() < 0.9
    contract.package = isLinked ? "LINK-UPLIFT" : "FIX"
    contract.start = firstDay
    contract.end = firstDay.advanced(by: 364 + random.nextIndex(below: 365))
    contract.fixedPrice = isLinked ? nil : 330 + (60 * random.nextUniform()).rounded()
    contract.linkedShare = isLinked ? 1 : 0
    contract.uplift = 3 + (80 * random.nextUniform()).rounded() / 10
    contract.passThrough = isLinked && random.nextUniform() < 0.3 ? 0 : 1
    contract.exitFee = random.nextUniform() < 0.5 ? 5 : 0
    return contract
  }

  /// Twelve bills, most of them paid in time.
  public func payments(_ number: Int) -> [RetailPayment] {
    var random = SplitMix64(seed: seed &* 41 &+ UInt64(number) &+ 1 << 43)
    let habit = random.nextUniform() < 0.15 ? 20.0 : 0
    let size = character(number).sizeMW
    return (1...12).compactMap { month in
      guard let due = MarketDay(year: 2025, month: month, day: 25) else { return nil }
      let late = Int(max(0, habit * random.nextUniform() - 2 + 3 * random.nextGaussian()))
      return RetailPayment(
        customer: Self.identifier(number), issued: due.advanced(by: -15), due: due, paid: due.advanced(by: late),
        amount: (size * 730 * 330).rounded())
    }
  }

  /// Hourly day-ahead and real-time prices of the year.
  public func prices() -> [(day: Int, hour: Int, dayAhead: Double, realTime: Double)] {
    var random = SplitMix64(seed: seed &+ 5)
    var prices: [(day: Int, hour: Int, dayAhead: Double, realTime: Double)] = []
    for day in 0..<days {
      let sun = 0.5 + 0.5 * random.nextUniform()
      let level = 330 + 40 * random.nextGaussian()
      for hour in 0..<24 {
        let midday = -260 * sun * exp(-pow((Double(hour) - 12.5) / 2.6, 2))
        let evening = 170 * exp(-pow((Double(hour) - 19) / 2.2, 2))
        let dayAhead = max(-80, level + midday + evening)
        let realTime = max(-80, dayAhead + 30 * random.nextGaussian())
        prices.append(
          (firstDay.dayNumber + day, hour, (dayAhead * 100).rounded() / 100, (realTime * 100).rounded() / 100))
      }
    }
    return prices
  }

  public static func identifier(_ number: Int) -> String {
    let digits = String(number + 1)
    return "C" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }
}
