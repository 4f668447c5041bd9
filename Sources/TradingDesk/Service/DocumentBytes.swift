public import Foundation
internal import MarketData

/// The SHA-256 of some bytes: 64 lower-case hexadecimal digits.
public func contentHash(_ content: Data) -> String {
  let digest = ContentDigest()
  content.withUnsafeBytes { digest.add($0) }
  return digest.finish()
}

/// The same bytes as one gzip member; nil if there is no memory for it.
public func gzippedContent(_ content: Data) -> Data? {
  content.withUnsafeBytes { gzipped($0) }.map { Data($0) }
}
