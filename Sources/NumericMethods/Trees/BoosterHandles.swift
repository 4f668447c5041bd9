internal import CXGBoost

/// Turns a return code of the library into an error with the library's text.
private func check(_ code: Int32) throws(BoostingError) {
  guard code != 0 else { return }
  let text = XGBGetLastError().map { String(cString: $0) } ?? ""
  // The first line says what is wrong; a stack trace follows.
  let line = text.split(separator: "\n").first.map(String.init) ?? "no reason given"
  throw BoostingError("XGBoost: \(line)")
}

/// The library's own copy of the rows of a fit or a prediction.
struct TreeData: ~Copyable {
  let handle: DMatrixHandle

  init(_ rows: FeatureRows) throws(BoostingError) {
    guard rows.count > 0 else { throw BoostingError("Trees need at least one row of predictors.") }
    var created: DMatrixHandle?
    let code = rows.values.withUnsafeBufferPointer {
      XGDMatrixCreateFromMat($0.baseAddress, UInt64(rows.count), UInt64(rows.columns), Float.nan, &created)
    }
    try check(code)
    guard let created else { throw BoostingError("XGBoost made no matrix of the rows.") }
    handle = created
  }

  /// Labels or weights, one for each row.
  func set(_ field: String, _ values: [Float]) throws(BoostingError) {
    try check(
      values.withUnsafeBufferPointer {
        XGDMatrixSetFloatInfo(handle, field, $0.baseAddress, UInt64($0.count))
      })
  }

  deinit { _ = XGDMatrixFree(handle) }
}

/// A booster of the library; not for two threads at once.
struct Booster: ~Copyable {
  private let handle: BoosterHandle

  /// An empty one that will be fitted on these data.
  static func empty(
    _ data: borrowing TreeData, settings: [(name: String, value: String)]
  ) throws(BoostingError) -> Booster {
    var created: BoosterHandle?
    let matrices: [DMatrixHandle?] = [data.handle]
    try check(matrices.withUnsafeBufferPointer { XGBoosterCreate($0.baseAddress, 1, &created) })
    guard let created else { throw BoostingError("XGBoost made no booster.") }
    let booster = Booster(owning: created)
    for setting in settings { try check(XGBoosterSetParam(created, setting.name, setting.value)) }
    return booster
  }

  /// From the library's bytes.
  static func read(_ bytes: ArraySlice<UInt8>) throws(BoostingError) -> Booster {
    var created: BoosterHandle?
    try check(XGBoosterCreate(nil, 0, &created))
    guard let created else { throw BoostingError("XGBoost made no booster.") }
    let booster = Booster(owning: created)
    try check(XGBoosterSetParam(created, "nthread", "1"))
    try check(XGBoosterSetParam(created, "verbosity", "0"))
    try check(bytes.withUnsafeBytes { XGBoosterLoadModelFromBuffer(created, $0.baseAddress, UInt64($0.count)) })
    return booster
  }

  private init(owning handle: BoosterHandle) { self.handle = handle }

  deinit { _ = XGBoosterFree(handle) }

  /// One more round by the library's own objective.
  func grow(round: Int, _ data: borrowing TreeData) throws(BoostingError) {
    try check(XGBoosterUpdateOneIter(handle, Int32(round), data.handle))
  }

  /// One more round along given first and second derivatives of the loss.
  func grow(_ data: borrowing TreeData, gradient: inout [Float], curvature: inout [Float]) throws(BoostingError) {
    let code = gradient.withUnsafeMutableBufferPointer { first in
      curvature.withUnsafeMutableBufferPointer { second in
        XGBoosterBoostOneIter(handle, data.handle, first.baseAddress, second.baseAddress, UInt64(first.count))
      }
    }
    try check(code)
  }

  /// One round alone, as a booster of its own.
  func round(_ index: Int) throws(BoostingError) -> Booster {
    var created: BoosterHandle?
    try check(XGBoosterSlice(handle, Int32(index), Int32(index + 1), 1, &created))
    guard let created else { throw BoostingError("XGBoost made no slice of a booster.") }
    return Booster(owning: created)
  }

  /// The sum of the trees, one value for each row.
  func predicted(_ data: borrowing TreeData) throws(BoostingError) -> [Float] {
    try prediction(data, type: 1)
  }

  /// The leaf of each row, row by row, tree by tree.
  func leaves(_ data: borrowing TreeData) throws(BoostingError) -> [Float] {
    try prediction(data, type: 6)
  }

  private func prediction(_ data: borrowing TreeData, type: Int) throws(BoostingError) -> [Float] {
    let request =
      "{\"type\": \(type), \"training\": false, \"iteration_begin\": 0, \"iteration_end\": 0, \"strict_shape\": true}"
    var shape: UnsafePointer<bst_ulong>?
    var dimensions: bst_ulong = 0
    var values: UnsafePointer<Float>?
    try check(XGBoosterPredictFromDMatrix(handle, data.handle, request, &shape, &dimensions, &values))
    guard let shape, let values else { throw BoostingError("XGBoost gave no prediction.") }
    let count = (0..<Int(dimensions)).reduce(1) { $0 * Int(shape[$1]) }
    return Array(UnsafeBufferPointer(start: values, count: count))
  }

  /// The library's bytes (universal binary JSON).
  func bytes() throws(BoostingError) -> [UInt8] {
    var count: bst_ulong = 0
    var start: UnsafePointer<CChar>?
    try check(XGBoosterSaveModelToBuffer(handle, "{\"format\": \"ubj\"}", &count, &start))
    guard let start else { throw BoostingError("XGBoost wrote no bytes.") }
    return UnsafeRawBufferPointer(start: start, count: Int(count)).map { $0 }
  }
}
