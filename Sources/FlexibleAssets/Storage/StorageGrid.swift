/// The states of charge between which a storage moves, and what a move of one interval draws and delivers.
///
/// A step is what a whole part of the charge power stores in an interval. The number of parts is the one, up to 40, with which whole
/// steps come nearest to the discharge power from below, so that both limits are kept and little of either is lost.
public struct StorageGrid: Hashable, Sendable {
  public let unit: StorageUnit
  public let hours: Double
  /// States from empty to full.
  public let count: Int
  /// Stored energy of one step in MWh.
  public let stepMegawattHours: Double
  /// Steps that an interval may add and take away.
  public let largestCharge: Int
  public let largestDischarge: Int

  /// - Parameter hours: length of an interval.
  public init(_ unit: StorageUnit, hours: Double) {
    let stored = unit.chargeMegawatts * hours * unit.chargeEfficiency
    let taken = unit.dischargeMegawatts * hours / unit.dischargeEfficiency
    func loss(_ parts: Int) -> Double {
      let steps = taken / stored * Double(parts)
      return steps < 1 ? 1 : (steps - (steps + 1e-9).rounded(.down)) / steps
    }
    // A store that fills or empties within an interval needs steps of its size.
    let fewest = max(1, Int((8 * stored / unit.usableMegawattHours).rounded(.up)))
    let parts = (fewest...(fewest + 32)).min { (loss($0), $0) < (loss($1), $1) } ?? fewest
    self.unit = unit
    self.hours = hours
    stepMegawattHours = stored / Double(parts)
    count = Int((unit.usableMegawattHours / stepMegawattHours + 1e-9).rounded(.down)) + 1
    largestCharge = parts
    largestDischarge = Int((taken / stepMegawattHours + 1e-9).rounded(.down))
  }

  /// Energy at the point of connection of a change of so many steps: delivered above zero, drawn below.
  public func energy(ofChange steps: Int) -> Double {
    steps < 0
      ? Double(-steps) * stepMegawattHours * unit.dischargeEfficiency
      : -Double(steps) * stepMegawattHours / unit.chargeEfficiency
  }

  /// What a change brings at a price, wear of the store and an added price of delivery apart.
  func gain(ofChange steps: Int, price: Double, wear: Double) -> Double {
    let energy = energy(ofChange: steps)
    return energy * price - max(energy, 0) * wear
  }

  /// The state nearest to a share of the usable energy.
  public func state(atShare share: Double) -> Int {
    min(max(Int((share * Double(count - 1)).rounded()), 0), count - 1)
  }
}
