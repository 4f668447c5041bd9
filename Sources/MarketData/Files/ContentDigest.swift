import COpenSSL

/// SHA-256 of a file's bytes as they stand on the disk, taken while they stream past.
public final class ContentDigest {
  private let context: OpaquePointer

  public init() {
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      preconditionFailure("OpenSSL could not begin a SHA-256 digest")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Adds the next bytes of the file.
  public func add(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
    precondition(EVP_DigestUpdate(context, base, bytes.count) == 1, "OpenSSL could not continue a SHA-256 digest")
  }

  /// 64 lower-case hexadecimal digits; the digest takes no bytes after it.
  public func finish() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    var count: UInt32 = 0
    precondition(EVP_DigestFinal_ex(context, &digest, &count) == 1 && count == 32, "OpenSSL could not end SHA-256")
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
