/// Fills blocks from the cheapest up to a power; blocks at the price where it ends get equal shares, so that none waits for another.
struct BlockSelection {
  /// Price at which the filling ends; that of the last block if all do not reach.
  let price: Double
  /// Share of the blocks at that price.
  let share: Double
  /// What is missing (above zero) or too much (below) when all or none are taken, MW.
  let unserved: Double

  func share(of block: FlexibleBlock) -> Double {
    block.price < price ? 1 : block.price == price ? share : 0
  }

  /// Weighted selection in linear time on average; `keys` is working space.
  init(_ blocks: [FlexibleBlock], power: Double, keys: inout [(price: Double, megawatts: Double)]) {
    guard power > 0, !blocks.isEmpty else {
      (price, share, unserved) = (-.infinity, 0, power)
      return
    }
    keys.removeAll(keepingCapacity: true)
    for block in blocks { keys.append((block.price, block.megawatts)) }
    var (low, high, left) = (0, keys.count, power)
    while high - low > 1 {
      let pivot = BlockSelection.median(keys[low].price, keys[(low + high) / 2].price, keys[high - 1].price)
      let (less, equal) = BlockSelection.partition(&keys, low, high, pivot)
      let below = BlockSelection.sum(keys, low, less)
      if left <= below {
        high = less
        continue
      }
      let tied = BlockSelection.sum(keys, less, equal)
      if left <= below + tied || equal == high {
        let share = (left - below) / tied
        (price, self.share, unserved) = (pivot, min(share, 1), max(0, left - below - tied))
        return
      }
      left -= below + tied
      low = equal
    }
    let last = keys[low]
    (price, share, unserved) = (last.price, min(left / last.megawatts, 1), max(0, left - last.megawatts))
  }

  private static func median(_ a: Double, _ b: Double, _ c: Double) -> Double { max(min(a, b), min(max(a, b), c)) }

  private static func sum(_ keys: [(price: Double, megawatts: Double)], _ from: Int, _ to: Int) -> Double {
    var sum = 0.0
    for index in from..<to { sum += keys[index].megawatts }
    return sum
  }

  /// Orders keys into those below, at and above the pivot; returns where the second and the third part begin.
  private static func partition(
    _ keys: inout [(price: Double, megawatts: Double)], _ low: Int, _ high: Int, _ pivot: Double
  ) -> (Int, Int) {
    keys.withUnsafeMutableBufferPointer { keys in
      var (less, index, greater) = (low, low, high)
      while index < greater {
        if keys[index].price < pivot {
          keys.swapAt(less, index)
          less += 1
          index += 1
        } else if keys[index].price > pivot {
          greater -= 1
          keys.swapAt(index, greater)
        } else {
          index += 1
        }
      }
      return (less, greater)
    }
  }
}
