internal import Foundation
internal import Spreadsheets

/// A workbook's bytes.
///
/// - Throws: `DeskProblem`: its parts pass through files of the system's temporary folder, for which there may be no room.
func encodedWorkbook(_ workbook: Spreadsheet) throws -> Data {
  do { return try workbook.encoded() } catch {
    if case .unfit = error { throw DeskProblem(.internalError, "\(error)") }
    throw DeskProblem(.cannotWrite, "\(error) Is there room in the temporary folder ($TMPDIR)?")
  }
}
