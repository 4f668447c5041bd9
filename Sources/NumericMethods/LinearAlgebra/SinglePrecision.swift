internal import CLAPACK

/// Row-major single-precision products on memory that the caller owns; for networks, where six digits are plenty.
enum SinglePrecision {
  /// C (m × n) = α·op(A)·op(B) + β·C, all row by row without gaps; op transposes where it says so.
  ///
  /// `k` is the length of the inner sums. 2·m·n·k operations (`sgemm`), on the calling thread.
  static func multiply(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, transposeFirst transposeA: Bool = false,
    transposeSecond transposeB: Bool = false, into c: UnsafeMutablePointer<Float>, m: Int, n: Int, k: Int,
    scale: Float = 1, keeping: Float = 0
  ) {
    Matrix.setOneThread()
    cblas_sgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans, Int32(m),
      Int32(n), Int32(k), scale, a, Int32(transposeA ? m : k), b, Int32(transposeB ? k : n), keeping, c, Int32(n))
  }
}
