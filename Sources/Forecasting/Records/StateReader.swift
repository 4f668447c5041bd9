/// Reads what ``StateWriter`` wrote.
enum StateReader {
  /// - Throws: ``ForecastingError`` if the bytes hold something else or end too early.
  static func value<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
    let source = StateSource(bytes)
    let value = try source.next(type)
    guard source.isAtEnd else { throw StateSource.damaged }
    return value
  }
}

/// The bytes while they are read; the containers of one value share it.
final class StateSource {
  static let damaged = ForecastingError("The state of the forecaster is damaged or of another version")

  private let bytes: [UInt8]
  private var position = 0

  /// Bytes read so far.
  var offset: Int { position }

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }
  /// The next byte; 0 at the end.
  var peek: UInt8 { position < bytes.count ? bytes[position] : 0 }

  func byte() throws -> UInt8 {
    guard position < bytes.count else { throw StateSource.damaged }
    position += 1
    return bytes[position - 1]
  }

  func number<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
    let size = MemoryLayout<Number>.size
    guard position + size <= bytes.count else { throw StateSource.damaged }
    defer { position += size }
    return bytes.withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: type)) }
  }

  func block<Element: BitwiseCopyable>(_ type: Element.Type) throws -> [Element] {
    let count = Int(try number(Int64.self))
    let stride = MemoryLayout<Element>.stride
    guard count >= 0, count <= (bytes.count - position) / stride else { throw StateSource.damaged }
    // Empty arrays share one storage, which an initialiser of none would write.
    guard count > 0 else { return [] }
    defer { position += count * stride }
    return [Element](unsafeUninitializedCapacity: count) { buffer, filled in
      bytes.withUnsafeBytes { source in
        UnsafeMutableRawBufferPointer(buffer).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: source[position..<position + count * stride]))
      }
      filled = count
    }
  }

  func isNext(key: String) -> Bool {
    let name = key.utf8
    guard position + 1 + name.count <= bytes.count, Int(bytes[position]) == name.count else { return false }
    return bytes[(position + 1)..<(position + 1 + name.count)].elementsEqual(name)
  }

  func skip(key: String) throws {
    guard isNext(key: key) else { throw StateSource.damaged }
    position += 1 + key.utf8.count
  }

  func next<Value: Decodable>(_ type: Value.Type) throws -> Value {
    guard let value = try simple(type) ?? block(for: type) else {
      let value = try Value(from: StateDecoder(source: self))
      guard try byte() == 0 else { throw StateSource.damaged }
      return value
    }
    guard let value = value as? Value else { throw StateSource.damaged }
    return value
  }

  private func simple(_ type: any Decodable.Type) throws -> Any? {
    if type == Double.self { return Double(bitPattern: try number(UInt64.self)) }
    if type == Float.self { return Float(bitPattern: try number(UInt32.self)) }
    if type == Bool.self { return try byte() != 0 }
    if type == String.self { return String(decoding: try block(UInt8.self), as: UTF8.self) }
    if let type = type as? any FixedWidthInteger.Type { return type.init(truncatingIfNeeded: try number(Int64.self)) }
    return nil
  }

  private func block(for type: any Decodable.Type) throws -> Any? {
    if type == [Double].self { return try block(Double.self) }
    if type == [Float].self { return try block(Float.self) }
    if type == [Int].self { return try block(Int.self) }
    if type == [UInt8].self { return try block(UInt8.self) }
    if type == [Bool].self { return try block(UInt8.self).map { $0 != 0 } }
    return nil
  }
}

private struct StateDecoder: Decoder {
  let source: StateSource
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(StoredFields<Key>(source: source))
  }

  func unkeyedContainer() -> any UnkeyedDecodingContainer { StoredElements(source: source) }
  func singleValueContainer() -> any SingleValueDecodingContainer { StoredValue(source: source) }
}

private struct StoredElements: UnkeyedDecodingContainer {
  let source: StateSource
  var codingPath: [any CodingKey] { [] }
  var count: Int? { nil }
  var isAtEnd: Bool { source.peek == 0 }
  private(set) var currentIndex = 0

  init(source: StateSource) { self.source = source }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    guard try source.byte() == 1 else { throw StateSource.damaged }
    currentIndex += 1
    return try source.next(type)
  }

  mutating func decodeNil() throws -> Bool {
    guard source.peek == 2 else { return false }
    _ = try source.byte()
    currentIndex += 1
    return true
  }

  mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    throw StateSource.damaged
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw StateSource.damaged }
  mutating func superDecoder() throws -> any Decoder { throw StateSource.damaged }
}

private struct StoredFields<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let source: StateSource
  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { [] }

  func contains(_ key: Key) -> Bool { source.isNext(key: key.stringValue) }
  func decodeNil(forKey key: Key) -> Bool { !contains(key) }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try source.skip(key: key.stringValue)
    return try source.next(type)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { throw StateSource.damaged }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw StateSource.damaged }
  func superDecoder() throws -> any Decoder { throw StateSource.damaged }
  func superDecoder(forKey key: Key) throws -> any Decoder { throw StateSource.damaged }
}

private struct StoredValue: SingleValueDecodingContainer {
  let source: StateSource
  var codingPath: [any CodingKey] { [] }

  func decodeNil() -> Bool {
    guard source.peek == 2 else { return false }
    return (try? source.byte()) != nil
  }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    guard try source.byte() == 1 else { throw StateSource.damaged }
    return try source.next(type)
  }
}
