import Optimization
import Testing

@Suite("Why no schedule exists") struct ScheduleErrorTests {
  private var problem: ScheduleProblem {
    ScheduleProblem(
      levels: [100, 150], intervals: 24, value: Array(repeating: 1, count: 48), largestRise: 50, largestFall: 50,
      initial: .off(intervals: 12))
  }

  private func sentence(_ problem: ScheduleProblem) -> String {
    do {
      _ = try bestSchedule(for: problem)
    } catch {
      return error.description
    }
    return "a schedule exists"
  }

  @Test("names the minimum off time") func minimumOff() {
    var problem = problem
    problem.minimumOffIntervals = 32
    problem.offValue[12] = -.infinity
    #expect(
      sentence(problem) == "No schedule exists: interval 12 must be on but the minimum off time of 32 intervals "
        + "lasts until interval 20.")
  }

  @Test("names the minimum on time") func minimumOn() {
    var problem = problem
    problem.initial = .on(intervals: 3, level: 100)
    problem.minimumOnIntervals = 8
    problem.value[6] = -.infinity
    problem.value[7] = -.infinity
    #expect(
      sentence(problem) == "No schedule exists: interval 3 must be off but the minimum on time of 8 intervals "
        + "lasts until interval 5.")
  }

  @Test("names the initial level that no ramp connects") func initialLevel() {
    var problem = problem
    problem.initial = .on(intervals: 9, level: 320)
    problem.largestLastLevel = 120
    #expect(
      sentence(problem) == "No schedule exists: no allowed level of interval 0 can be reached from the initial "
        + "level 320.0 with a rise of at most 50.0 and a fall of at most 50.0.")
  }

  @Test("names the last level that is too high") func lastLevel() {
    var problem = problem
    problem.initial = .on(intervals: 9, level: 150)
    problem.largestLastLevel = 90
    problem.value[10] = -.infinity
    problem.value[11] = -.infinity
    #expect(
      sentence(problem) == "No schedule exists: interval 5 must be off but every level that can be reached before "
        + "it is above the largest last level 90.0.")
  }

  @Test("names the interval in which nothing is allowed") func nothingAllowed() {
    var problem = problem
    problem.offValue[7] = -.infinity
    problem.value[14] = -.infinity
    problem.value[15] = -.infinity
    #expect(
      sentence(problem) == "No schedule exists: interval 7 may neither be off nor on at any level.")
  }

  @Test("names what is wrong with a commitment") func commitment() {
    var problem = problem
    problem.minimumOffIntervals = 16
    var on = Array(repeating: false, count: 24)
    on[2] = true
    #expect(throws: ScheduleError.commitmentStartsTooEarly(interval: 2, offIntervals: 14, minimum: 16)) {
      try bestLevels(for: problem, on: on)
    }
    problem.minimumOffIntervals = 1
    problem.minimumOnIntervals = 2
    #expect(throws: ScheduleError.commitmentStopsTooEarly(interval: 3, onIntervals: 1, minimum: 2)) {
      try bestLevels(for: problem, on: on)
    }
    problem.offValue[1] = -.infinity
    #expect(throws: ScheduleError.commitmentOffNotAllowed(interval: 1)) { try bestLevels(for: problem, on: on) }
  }
}
