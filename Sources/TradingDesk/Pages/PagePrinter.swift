internal import Foundation

/// Pages on paper.
enum PagePrinter {
  /// Prints a page with Chromium.
  ///
  /// - Throws: `DeskProblem` if Chromium is not there or could not print.
  static func print(_ page: URL, to pdf: URL) throws {
    let places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
    guard let program = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
      throw DeskProblem(
        .missingInput, "A PDF is printed by Chromium, which is not installed; the HTML page is complete.")
    }
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf=\(pdf.path)",
      page.absoluteURL.absoluteString,
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { throw DeskProblem(.missingInput, "Chromium could not be started.") }
    process.waitUntilExit()
    guard process.terminationStatus == 0, FileManager.default.fileExists(atPath: pdf.path) else {
      throw DeskProblem(.cannotWrite, "\(pdf.relativePath) could not be printed.")
    }
  }
}
