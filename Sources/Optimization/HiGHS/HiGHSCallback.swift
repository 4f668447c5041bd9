private import CHiGHS

/// What HiGHS calls back into while it runs. Lives as long as the run.
final class HiGHSCallback {
  let report: (SolveProgress) -> SolveDecision
  private(set) var isCancelled = false

  init(report: @escaping (SolveProgress) -> SolveDecision) { self.report = report }

  func called(primal: Double, bound: Double, seconds: Double, nodes: Int) -> Bool {
    let progress = SolveProgress(seconds: seconds, best: primal, bound: bound, nodes: nodes)
    if !isCancelled, report(progress) == .cancel { isCancelled = true }
    return isCancelled
  }
}

extension HiGHSHandle {
  /// Runs and reports on the way; the report decides whether to go on.
  func run(reporting callback: HiGHSCallback) throws(SolveError) -> HiGHSOutcome {
    let context = Unmanaged.passUnretained(callback).toOpaque()
    try check(Highs_setCallback(raw, answerHiGHS, context), "Highs_setCallback")
    let kinds = [
      kHighsCallbackSimplexInterrupt, kHighsCallbackIpmInterrupt, kHighsCallbackMipInterrupt,
      kHighsCallbackMipImprovingSolution,
    ]
    for kind in kinds { try check(Highs_startCallback(raw, kind), "Highs_startCallback") }
    defer {
      for kind in kinds { _ = Highs_stopCallback(raw, kind) }
      withExtendedLifetime(callback) {}
    }
    return try run()
  }
}

/// The C function that HiGHS calls; the last argument is the ``HiGHSCallback``.
private func answerHiGHS(
  kind: Int32, message: UnsafePointer<CChar>?, output: UnsafePointer<HighsCallbackDataOut>?,
  input: UnsafeMutablePointer<HighsCallbackDataIn>?, context: UnsafeMutableRawPointer?
) {
  guard let output, let context else { return }
  let callback = Unmanaged<HiGHSCallback>.fromOpaque(context).takeUnretainedValue()
  let isTree = kind == kHighsCallbackMipInterrupt || kind == kHighsCallbackMipImprovingSolution
  let data = output.pointee
  let stops = callback.called(
    primal: isTree ? data.mip_primal_bound : data.objective_function_value,
    bound: isTree ? data.mip_dual_bound : -.infinity, seconds: data.running_time, nodes: Int(data.mip_node_count))
  if stops { input?.pointee.user_interrupt = 1 }
}
