/// The schedule of the highest value, exactly.
///
/// Dynamic programme over the intervals with the states "on for at least the minimum on time, at level l" and
/// "off for d intervals". A start runs through its minimum on time over all levels before it joins the first
/// state, so the on duration is no dimension of the state.
///
///     time O(T · minimumOn · L + T · D), memory O(T · L) two-byte parents,
///     D the largest of the minimum off time and the start cost thresholds
///
/// Ties: the lower level; then staying (on rather than just started, off for longer); at the end the state
/// before the first interval (on or off); of starts cut off by the end, the earlier.
///
/// Values are added interval by interval from the first, so the result equals that sum to the last bit.
public func bestSchedule(for problem: ScheduleProblem) throws(ScheduleError) -> Schedule {
  problem.checkSizes()
  problem.checkValues(problem.value)
  let found = problem.value.withUnsafeBufferPointer { values -> Schedule? in
    guard let base = values.baseAddress else { return nil }
    return ScheduleSearch(problem, values: base, tracksReach: false).schedule()
  }
  guard let found else { throw reasonForNoSchedule(problem) }
  return found
}

/// Runs the search again, watching how far any schedule gets, and names the first obstacle behind that.
private func reasonForNoSchedule(_ problem: ScheduleProblem) -> ScheduleError {
  problem.value.withUnsafeBufferPointer { values in
    guard let base = values.baseAddress else { return .nothingAllowed(interval: 0) }
    let search = ScheduleSearch(problem, values: base, tracksReach: true)
    _ = search.schedule()
    return search.obstacle()
  }
}
