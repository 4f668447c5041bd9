/// What a forecaster is told beside the days.
struct ForecasterSettings {
  /// Models to make; nil for all.
  let models: Set<String>?
  let seed: UInt64
  var threads: Int
  let lowestPrice: Double?
  let highestPrice: Double?
  let capacity: Double?
  let latitude: Double?
  let longitude: Double?
  /// Joint paths of a price forecast, scored as such; 0 for none.
  let scenarios: Int

  func with(threads: Int) -> ForecasterSettings {
    var changed = self
    changed.threads = threads
    return changed
  }
}
