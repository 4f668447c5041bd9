internal import Foundation
internal import Hummingbird
internal import TradingDesk

/// Bytes that are answered again and again: hashed and packed once.
final class Content: Sendable {
  let plain: ByteBuffer
  /// nil where packing gains nothing.
  let packed: ByteBuffer?
  /// Strong, with its quotation marks.
  let tag: String
  let packedTag: String
  let mediaType: String
  let plainLength: String
  let packedLength: String

  init(_ bytes: Data, mediaType: String) {
    plain = ByteBuffer(bytes: bytes)
    let small = bytes.count > 512 ? gzippedContent(bytes) : nil
    packed = small.flatMap { $0.count < bytes.count ? ByteBuffer(bytes: $0) : nil }
    let hash = contentHash(bytes).prefix(32)
    tag = "\"\(hash)\""
    packedTag = "\"\(hash)-gzip\""
    self.mediaType = mediaType
    plainLength = "\(plain.readableBytes)"
    packedLength = "\(packed?.readableBytes ?? 0)"
  }

  var data: Data { Data(plain.readableBytesView) }
  var size: Int { plain.readableBytes + (packed?.readableBytes ?? 0) }

  /// Whether `If-None-Match` names these bytes, in any form.
  func matches(_ condition: String) -> Bool {
    if condition == "*" { return true }
    return condition.split(separator: ",").contains { entry in
      var text = entry.trimmingCharacters(in: .whitespaces)
      if text.hasPrefix("W/") { text.removeFirst(2) }
      return text == tag || text == packedTag
    }
  }
}
