internal import CLibZip
internal import Foundation

/// The parts of a workbook's container, unpacked piece by piece and never beyond a limit.
final class ZipArchive {
  /// Bytes that all parts that are read may have together when unpacked.
  static let largestContent = 1_073_741_824
  /// A part may be unpacked to so many times its packed size, once it is over a megabyte.
  static let largestRatio = 500
  static let largestPartCount = 10_000

  private let archive: OpaquePointer
  private let bytes: Data
  private var contentLeft = ZipArchive.largestContent

  init(_ content: Data) throws(SpreadsheetProblem) {
    bytes = Data(content)
    guard bytes.count > 4, bytes.starts(with: [0x50, 0x4B]) else {
      throw .broken(reason: bytes.isEmpty ? "it is empty." : "it does not begin as a ZIP archive does.")
    }
    var failure = zip_error_t()
    zip_error_init(&failure)
    defer { zip_error_fini(&failure) }
    // libzip keeps the pointer: it gets a copy of its own, which it frees.
    let copy = malloc(bytes.count)
    bytes.withUnsafeBytes { if let base = $0.baseAddress { copy?.copyMemory(from: base, byteCount: $0.count) } }
    guard let copy, let source = zip_source_buffer_create(copy, UInt64(bytes.count), 1, &failure) else {
      free(copy)
      throw .broken(reason: "there is no memory for it.")
    }
    guard let archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &failure) else {
      zip_source_free(source)
      throw .broken(reason: "its ZIP archive is damaged (\(String(cString: zip_error_strerror(&failure)))).")
    }
    self.archive = archive
    let count = zip_get_num_entries(archive, 0)
    guard count <= ZipArchive.largestPartCount else { throw .tooLarge(reason: "it has \(count) parts.") }
  }

  deinit { zip_discard(archive) }

  func contains(_ part: String) -> Bool { zip_name_locate(archive, part, 0) >= 0 }

  /// Hands a part's unpacked bytes on, piece by piece; false from `take` ends the reading.
  func read(
    _ part: String, _ take: (UnsafeRawBufferPointer) throws(SpreadsheetProblem) -> Bool
  ) throws(SpreadsheetProblem) {
    let index = zip_name_locate(archive, part, 0)
    guard index >= 0 else { throw .broken(reason: "its part \(part) is missing.") }
    try requirePlausibleSize(of: part, at: UInt64(index))
    guard let stream = zip_fopen_index(archive, UInt64(index), 0) else {
      throw .broken(reason: "its part \(part) does not open (\(String(cString: zip_strerror(archive)))).")
    }
    defer { zip_fclose(stream) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = zip_fread(stream, buffer.baseAddress, UInt64(buffer.count))
      guard count >= 0 else {
        let reason = String(cString: zip_file_strerror(stream))
        throw .broken(reason: "its part \(part) is damaged (\(reason)).")
      }
      contentLeft -= Int(count)
      guard contentLeft >= 0 else { throw tooMuch(part) }
      guard try take(UnsafeRawBufferPointer(rebasing: buffer[..<Int(count)])), count > 0 else { return }
    }
  }

  private func requirePlausibleSize(of part: String, at index: UInt64) throws(SpreadsheetProblem) {
    var facts = zip_stat_t()
    zip_stat_init(&facts)
    guard zip_stat_index(archive, index, 0, &facts) == 0 else {
      throw .broken(reason: "the size of its part \(part) is not known.")
    }
    guard facts.encryption_method == UInt16(ZIP_EM_NONE) else {
      throw .broken(reason: "its part \(part) is encrypted; save it without a password.")
    }
    guard facts.size <= UInt64(contentLeft) else { throw tooMuch(part) }
    if facts.size > 1_048_576, facts.size / max(facts.comp_size, 1) > UInt64(ZipArchive.largestRatio) {
      throw .tooLarge(reason: "its part \(part) unpacks to \(facts.size) bytes from \(facts.comp_size).")
    }
  }

  private func tooMuch(_ part: String) -> SpreadsheetProblem {
    .tooLarge(reason: "with its part \(part) it unpacks to more than \(ZipArchive.largestContent / 1_048_576) MiB.")
  }
}
