public import Foundation

/// Named texts as a file with the columns name, value and meaning.
public enum SettingsFile {
  public static func read(from url: URL) throws(ImportProblem) -> [String: String] {
    let table = try NamedRows(url)
    try table.requireColumns(["name", "value", "meaning"])
    var settings: [String: String] = [:]
    for (name, value) in try table.parsed({ row throws(ImportProblem) in (try row.text("name"), try row.text("value")) }
    ) {
      settings[name] = value
    }
    return settings
  }
}
