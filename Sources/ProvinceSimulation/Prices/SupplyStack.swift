/// The offers of all units on line in merit order, read as sloped offers: the price rises in a straight line from one
/// offer to the next.
struct SupplyStack: Sendable {
  /// Power offered up to and with each price; both rise.
  private let cumulativePower: [Double]
  private let prices: [Double]
  private let floor: Double

  /// `offers` in any order: power in MW at a price.
  init(_ offers: [(price: Double, power: Double)], floor: Double) {
    let sorted = offers.sorted { ($0.price, $0.power) < ($1.price, $1.power) }
    var cumulative: [Double] = []
    var total = 0.0
    cumulative.reserveCapacity(sorted.count)
    for offer in sorted {
      total += offer.power
      cumulative.append(total)
    }
    cumulativePower = cumulative
    prices = sorted.map { max($0.price, floor) }
    self.floor = floor
  }

  /// Everything that is offered.
  var capacity: Double { cumulativePower.last ?? 0 }

  /// The price at which `demand` MW are met: the floor up to the must-run power, the highest offer when all is used.
  ///
  /// Worked: 100 MW at −80 and 100 MW at 300: 100 MW cost −80, 150 MW 110, 200 MW 300, 250 MW 300.
  func price(meeting demand: Double) -> Double {
    var low = 0
    var high = cumulativePower.count
    while low < high {
      let middle = (low + high) / 2
      if cumulativePower[middle] < demand { low = middle + 1 } else { high = middle }
    }
    guard low < prices.count else { return prices.last ?? floor }
    guard low > 0 else { return prices[0] }
    let share = (demand - cumulativePower[low - 1]) / (cumulativePower[low] - cumulativePower[low - 1])
    return prices[low - 1] + share * (prices[low] - prices[low - 1])
  }
}
