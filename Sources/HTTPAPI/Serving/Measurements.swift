internal import Foundation
internal import Synchronization

/// What the server counts, for Prometheus.
final class Measurements: Sendable {
  private struct Key: Hashable {
    let route: String
    let method: String
    let status: Int
  }
  private struct Times {
    var counts = [Int](repeating: 0, count: Measurements.bounds.count + 1)
    var sum = 0.0
    var total = 0
  }
  private struct State {
    var requests: [Key: Int] = [:]
    var times: [String: Times] = [:]
    var gauges: [String: Int] = [:]
  }

  /// Upper ends of the classes of time, in seconds.
  private static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
  private let state = Mutex(State())

  func count(route: String, method: String, status: Int, seconds: Double) {
    state.withLock { state in
      state.requests[Key(route: route, method: method, status: status), default: 0] += 1
      var times = state.times[route] ?? Times()
      times.counts[Measurements.bounds.firstIndex { seconds <= $0 } ?? Measurements.bounds.count] += 1
      times.sum += seconds
      times.total += 1
      state.times[route] = times
    }
  }

  /// Moves a number that rises and falls, as of open streams, and returns it.
  @discardableResult
  func move(_ gauge: String, by step: Int) -> Int {
    state.withLock { state in
      state.gauges[gauge, default: 0] += step
      return state.gauges[gauge] ?? 0
    }
  }

  /// The text form of Prometheus, version 0.0.4.
  func text() -> String {
    let state = state.withLock { $0 }
    var lines = [
      "# HELP spotdesk_requests_total Requests answered.", "# TYPE spotdesk_requests_total counter",
    ]
    for (key, count) in state.requests.sorted(by: {
      ($0.key.route, $0.key.method, $0.key.status) < ($1.key.route, $1.key.method, $1.key.status)
    }) {
      lines.append(
        "spotdesk_requests_total{route=\"\(key.route)\",method=\"\(key.method)\",status=\"\(key.status)\"} \(count)")
    }
    lines += [
      "# HELP spotdesk_request_seconds Time to an answer's first byte.", "# TYPE spotdesk_request_seconds histogram",
    ]
    for (route, times) in state.times.sorted(by: { $0.key < $1.key }) {
      var below = 0
      for (bound, count) in zip(Measurements.bounds, times.counts) {
        below += count
        lines.append("spotdesk_request_seconds_bucket{route=\"\(route)\",le=\"\(bound)\"} \(below)")
      }
      lines.append("spotdesk_request_seconds_bucket{route=\"\(route)\",le=\"+Inf\"} \(times.total)")
      lines.append("spotdesk_request_seconds_sum{route=\"\(route)\"} \(times.sum)")
      lines.append("spotdesk_request_seconds_count{route=\"\(route)\"} \(times.total)")
    }
    for (name, value) in state.gauges.sorted(by: { $0.key < $1.key }) {
      lines += ["# TYPE spotdesk_\(name) gauge", "spotdesk_\(name) \(value)"]
    }
    if let resident = Measurements.residentBytes {
      lines += ["# TYPE process_resident_memory_bytes gauge", "process_resident_memory_bytes \(resident)"]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static var residentBytes: Int? {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
      let pages = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { return nil }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
