import CZlib

/// Owns one zlib stream that unpacks gzip members, one after another, into buffers of its caller.
final class GzipInflater {
  /// What one step of unpacking came to.
  enum Step: Equatable {
    /// So many bytes were taken from the input and so many written to the output.
    case progress(taken: Int, written: Int)
    /// The same, and the gzip member ended with a correct check sum.
    case memberEnded(taken: Int, written: Int)
    /// The bytes are no gzip stream or its check sum is wrong; zlib's own words.
    case damaged(reason: String)
  }

  private var stream = z_stream()

  init() {
    // 15 bits of window; 16 asks zlib for the gzip format.
    let status = inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib could not begin to unpack: status \(status)")
  }

  deinit { inflateEnd(&stream) }

  /// Unpacks as much of `input` as fits into `output`.
  func unpack(_ input: UnsafeMutableBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>) -> Step {
    stream.next_in = input.baseAddress
    stream.avail_in = UInt32(input.count)
    stream.next_out = output.baseAddress
    stream.avail_out = UInt32(output.count)
    let status = inflate(&stream, Z_NO_FLUSH)
    let taken = input.count - Int(stream.avail_in)
    let written = output.count - Int(stream.avail_out)
    switch status {
    case Z_OK, Z_BUF_ERROR: return .progress(taken: taken, written: written)
    case Z_STREAM_END:
      inflateReset(&stream)
      return .memberEnded(taken: taken, written: written)
    default:
      return .damaged(reason: stream.msg.map { String(cString: $0) } ?? "zlib status \(status)")
    }
  }
}
