public import Foundation

/// How the server is reached and what it allows.
public struct ServerSettings: Sendable {
  public var host = "127.0.0.1"
  public var port = 8_080
  /// Bytes of a request's body at most.
  public var bodyLimit = 1 << 20
  /// Bytes of a file at most: a statement with every quarter-hour of a month.
  public var uploadLimit = 16 << 20
  /// Seconds for a request's head, and then for its body.
  public var receiveSeconds = 10.0
  /// Seconds after which a connection on which nothing happens is closed.
  public var idleSeconds = 60
  public var connections = 4_096
  /// Event streams open at once.
  public var eventStreams = 3_500
  /// Reading requests a second for one caller; 0 for no limit.
  public var readsPerSecond = 20_000.0
  /// Writing requests a second for one caller; 0 for no limit.
  public var writesPerSecond = 20.0
  /// Requests that did not fail are logged too.
  public var logsEveryRequest = false
  /// Seconds that running work gets when the server stops.
  public var stopSeconds = 5
  /// The chart library that set-up installed; nil for tables without charts.
  public var chartLibrary: URL?
  /// The folder with the pages of the dashboard.
  public var pages: URL

  public init(pages: URL) { self.pages = pages }

  var isLoopback: Bool { ["127.0.0.1", "localhost", "::1"].contains(host) }

  /// Places where Debian's package puts the chart library.
  public static func installedChartLibrary() -> URL? {
    let places = ["/usr/share/javascript/chart.js/chart.min.js", "/usr/share/nodejs/chart.js/dist/chart.min.js"]
    return places.map { URL(filePath: $0) }.first { FileManager.default.fileExists(atPath: $0.path) }
  }
}
