internal import CZlib

/// Packs bytes as one gzip member without name or time, so that the same bytes always give the same file.
///
/// - Parameter level: 1 (fast) to 9 (small).
/// - Returns: nil if zlib has no memory for it.
public func gzipped(_ bytes: UnsafeRawBufferPointer, level: Int32 = 6) -> [UInt8]? {
  var stream = z_stream()
  // 15 bits of window; 16 asks zlib for the gzip format.
  guard
    deflateInit2_(
      &stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
      == Z_OK
  else { return nil }
  defer { deflateEnd(&stream) }
  let capacity = Int(deflateBound(&stream, UInt(bytes.count)))
  var isComplete = false
  let packed = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
    stream.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
    stream.avail_in = UInt32(bytes.count)
    stream.next_out = buffer.baseAddress
    stream.avail_out = UInt32(capacity)
    isComplete = deflate(&stream, Z_FINISH) == Z_STREAM_END
    count = capacity - Int(stream.avail_out)
  }
  return isComplete ? packed : nil
}
