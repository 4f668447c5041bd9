import Foundation

/// Colours on a terminal that wants them; plain text elsewhere. `NO_COLOR` is honoured (no-color.org).
struct TerminalColours {
  let isOn: Bool

  static func standardOutput(noColour: Bool, environment: [String: String]) -> TerminalColours {
    let wanted = !noColour && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    return TerminalColours(isOn: wanted && isatty(STDOUT_FILENO) == 1)
  }

  func bold(_ text: String) -> String { wrapped(text, "1") }
  func good(_ text: String) -> String { wrapped(text, "32") }
  func warning(_ text: String) -> String { wrapped(text, "33") }
  func bad(_ text: String) -> String { wrapped(text, "31") }

  /// The line above all figures of a simulated market; empty where the market is real.
  func simulatedMarket(_ simulated: Bool) -> String {
    simulated ? warning("SIMULATED MARKET: every figure here comes from a simulated province.") + "\n" : ""
  }

  private func wrapped(_ text: String, _ code: String) -> String { isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
}
