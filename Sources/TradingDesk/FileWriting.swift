internal import Foundation

/// The operating system's own words for an error, without Foundation's wrapping.
func systemSentence(_ error: any Error) -> String {
  let facts = error as NSError
  if let cause = facts.userInfo[NSUnderlyingErrorKey] as? NSError, cause.domain == NSPOSIXErrorDomain {
    return String(cString: strerror(Int32(cause.code)))
  }
  if facts.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(facts.code))) }
  if facts.domain == NSCocoaErrorDomain, facts.code == CocoaError.fileWriteOutOfSpace.rawValue {
    return "No space left on device"
  }
  return facts.localizedDescription
}

/// Writes a file whole or not at all.
///
/// - Throws: "cannot write" with the system's reason.
func writeFile(_ content: Data, to file: URL) throws(DeskProblem) {
  do { try content.write(to: file, options: .atomic) } catch {
    throw DeskProblem(.cannotWrite, "\(file.relativePath) cannot be written: \(systemSentence(error)).")
  }
}

/// Writes a text as UTF-8, whole or not at all.
///
/// - Throws: "cannot write" with the system's reason.
func writeFile(_ text: String, to file: URL) throws(DeskProblem) { try writeFile(Data(text.utf8), to: file) }
