internal import PowerSystem

/// The ascent of the prices: steps along the averaged violation, sized by the distance to an estimate of the optimum.
struct VolumeAscent {
  let relaxation: LagrangianRelaxation
  private(set) var prices: LagrangianRelaxation.Prices
  private(set) var bound: Double
  /// Statuses averaged over the responses, shares between 0 and 1.
  private(set) var statuses: [[Double]]
  private var missingEnergy: [Double]
  private var missingReserve: [Double]
  private var target: Double
  private var stepFactor = 0.5
  private var weight = 0.2
  private var idle = 0

  init(_ relaxation: LagrangianRelaxation) {
    self.relaxation = relaxation
    prices = relaxation.startingPrices()
    let response = relaxation.response(to: prices)
    bound = response.bound
    statuses = response.isOn.map { $0.map { $0 ? 1 : 0 } }
    missingEnergy = response.missingEnergy
    missingReserve = response.missingReserve
    target = response.bound + 0.05 * abs(response.bound)
  }

  /// One step. Returns the relative rise of the bound.
  mutating func step() -> Double {
    var norm = 0.0
    for interval in missingEnergy.indices {
      norm += missingEnergy[interval] * missingEnergy[interval]
      if missingReserve[interval] > 0 || prices.reserve[interval] > 0 {
        norm += missingReserve[interval] * missingReserve[interval]
      }
    }
    guard norm > 1e-9 else { return 0 }
    let size = stepFactor * (target - bound) / norm
    var next = prices
    for interval in missingEnergy.indices {
      next.energy[interval] += size * missingEnergy[interval]
      next.reserve[interval] = max(0, next.reserve[interval] + size * missingReserve[interval])
    }
    let response = relaxation.response(to: next)
    average(response)
    let rise = (response.bound - bound) / max(abs(bound), 1e-9)
    if response.bound > bound {
      bound = response.bound
      prices = next
      idle = 0
      stepFactor = min(stepFactor * 1.1, 2)
    } else {
      idle += 1
      if idle >= 3 {
        idle = 0
        stepFactor *= 0.7
      }
    }
    if bound > target - 0.01 * abs(target) { target = bound + 0.02 * abs(bound) }
    return max(0, rise)
  }

  private mutating func average(_ response: LagrangianRelaxation.Response) {
    weight = max(0.05, weight * 0.99)
    for interval in missingEnergy.indices {
      missingEnergy[interval] += weight * (response.missingEnergy[interval] - missingEnergy[interval])
      missingReserve[interval] += weight * (response.missingReserve[interval] - missingReserve[interval])
    }
    for unit in statuses.indices {
      for interval in statuses[unit].indices {
        statuses[unit][interval] += weight * ((response.isOn[unit][interval] ? 1 : 0) - statuses[unit][interval])
      }
    }
  }
}
