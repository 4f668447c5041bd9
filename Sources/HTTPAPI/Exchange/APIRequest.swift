internal import Foundation
internal import Hummingbird

/// A request as the routes see it, apart from the connection that brought it.
struct APIRequest: Sendable {
  var method: String
  /// Without the query; percent signs still stand.
  var path: String
  var query: [String: String] = [:]
  /// Names in lower case.
  var headers: [String: String] = [:]
  var body = Data()
  /// Address of the other side.
  var peer = "local"
  var id = ""

  subscript(header name: String) -> String? { headers[name] }

  /// Of the body, without its parameters.
  var mediaType: String {
    (headers["content-type"] ?? "").lowercased().split(separator: ";").first.map {
      $0.trimmingCharacters(in: .whitespaces)
    } ?? ""
  }

  var wantsChinese: Bool {
    let languages = headers["accept-language"] ?? ""
    return query["lang"].map { $0.hasPrefix("zh") } ?? languages.lowercased().hasPrefix("zh")
  }

  /// A table is asked for, by `?format=csv` or by the header Accept.
  var wantsTable: Bool {
    if let format = query["format"] { return format == "csv" }
    return (headers["accept"] ?? "").hasPrefix("text/csv")
  }

  var acceptsGzip: Bool {
    guard let codings = headers["accept-encoding"] else { return false }
    return codings.split(separator: ",").contains { coding in
      let words = coding.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
      guard words.first == "gzip" || words.first == "*" else { return false }
      return !words.dropFirst().contains { $0 == "q=0" || $0 == "q=0.0" }
    }
  }

  /// Reads `a=1&b=two`; nil if an escape is broken.
  static func query(_ text: String?) -> [String: String]? {
    guard let text, !text.isEmpty else { return [:] }
    var found: [String: String] = [:]
    for pair in text.split(separator: "&") {
      let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let plain = halves.map { $0.replacing("+", with: " ").removingPercentEncoding }
      guard let name = plain[0], plain.count == 1 || plain[1] != nil else { return nil }
      found[name] = plain.count == 2 ? plain[1] ?? "" : ""
    }
    return found
  }
}
