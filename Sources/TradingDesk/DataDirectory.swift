public import Foundation

/// Where the program's own data is: rule packs, calendars, source tables, the demonstration province.
public enum DataDirectory {
  /// The folder named by `SPOTDESK_DATA`, or else the nearest folder `share/spotdesk` (of an installed program) or
  /// `data` (of a checkout) with `rules` in it, upwards from the executable and then from the working directory.
  public static func locate(executable: URL, workingDirectory: URL, environment: [String: String]) throws(DeskProblem)
    -> URL
  {
    if let named = environment["SPOTDESK_DATA"], !named.isEmpty {
      let directory = URL(filePath: named)
      guard holdsRules(directory) else {
        throw DeskProblem(
          .missingInput, "SPOTDESK_DATA names \(named), which has no folder rules; name SpotDesk's data folder.")
      }
      return directory
    }
    for start in [executable.resolvingSymlinksInPath().deletingLastPathComponent(), workingDirectory] {
      var folder = start.standardizedFileURL
      while true {
        for name in ["share/spotdesk", "data"] {
          let candidate = folder.appending(path: name)
          if holdsRules(candidate) { return candidate }
        }
        guard folder.path != "/" else { break }
        folder = folder.deletingLastPathComponent().standardizedFileURL
      }
    }
    throw DeskProblem(
      .missingInput,
      "SpotDesk's data folder was not found beside the program; set SPOTDESK_DATA to the folder with rules in it.")
  }

  private static func holdsRules(_ directory: URL) -> Bool {
    FileManager.default.fileExists(atPath: directory.appending(path: "rules").path)
  }
}
