/// Writes any `Encodable` value as compact bytes: numbers by their bits, arrays of numbers as one block, so that what is
/// read back is the same to the last bit.
///
/// A field is its name's length, its name and its value; an element of an array is a 1 and its value; every value that
/// is no number or block ends with a 0. A field that is nil is not there.
enum StateWriter {
  static func bytes(of value: some Encodable) throws -> [UInt8] {
    let sink = StateSink()
    try sink.append(value)
    return sink.bytes
  }
}

/// The bytes while they are written; the containers of one value share it.
final class StateSink {
  private(set) var bytes: [UInt8] = []

  func mark(_ byte: UInt8) { bytes.append(byte) }

  func append<Number: FixedWidthInteger>(number: Number) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Eight bytes of count, then the elements as they lie in memory.
  func append<Element: BitwiseCopyable>(block: [Element]) {
    append(number: Int64(block.count))
    block.withUnsafeBytes { bytes.append(contentsOf: $0) }
  }

  func append(key: String) {
    mark(UInt8(key.utf8.count))
    bytes.append(contentsOf: key.utf8)
  }

  func append<Value: Encodable>(_ value: Value) throws {
    switch value {
    case let value as Double where Value.self == Double.self: append(number: value.bitPattern)
    case let value as Float where Value.self == Float.self: append(number: value.bitPattern)
    case let value as Bool where Value.self == Bool.self: mark(value ? 1 : 0)
    case let value as String where Value.self == String.self: append(block: Array(value.utf8))
    case let value as any FixedWidthInteger where Value.self is any FixedWidthInteger.Type:
      append(number: Int64(truncatingIfNeeded: value))
    case let value as [Double] where Value.self == [Double].self: append(block: value)
    case let value as [Float] where Value.self == [Float].self: append(block: value)
    case let value as [Int] where Value.self == [Int].self: append(block: value)
    case let value as [UInt8] where Value.self == [UInt8].self: append(block: value)
    case let value as [Bool] where Value.self == [Bool].self: append(block: value)
    default:
      try value.encode(to: StateEncoder(sink: self, codingPath: []))
      mark(0)
    }
  }
}

private struct StateEncoder: Encoder {
  let sink: StateSink
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(StateFields<Key>(sink: sink))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer { StateElements(sink: sink) }
  func singleValueContainer() -> any SingleValueEncodingContainer { StateValue(sink: sink) }
}

/// An array of numbers inside another array comes here element by element; blocks need the whole value.
private struct StateElements: UnkeyedEncodingContainer {
  let sink: StateSink
  var codingPath: [any CodingKey] { [] }
  private(set) var count = 0

  init(sink: StateSink) { self.sink = sink }

  mutating func encode<Value: Encodable>(_ value: Value) throws {
    sink.mark(1)
    try sink.append(value)
    count += 1
  }

  mutating func encodeNil() {
    sink.mark(2)
    count += 1
  }

  mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    preconditionFailure("no value of this module nests containers")
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    preconditionFailure("no value of this module nests containers")
  }

  mutating func superEncoder() -> any Encoder { StateEncoder(sink: sink, codingPath: []) }
}

private struct StateFields<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let sink: StateSink
  var codingPath: [any CodingKey] { [] }

  mutating func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    sink.append(key: key.stringValue)
    try sink.append(value)
  }

  mutating func encodeNil(forKey key: Key) {}

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    preconditionFailure("no value of this module nests containers")
  }

  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    preconditionFailure("no value of this module nests containers")
  }

  mutating func superEncoder() -> any Encoder { StateEncoder(sink: sink, codingPath: []) }
  mutating func superEncoder(forKey key: Key) -> any Encoder { StateEncoder(sink: sink, codingPath: []) }
}

private struct StateValue: SingleValueEncodingContainer {
  let sink: StateSink
  var codingPath: [any CodingKey] { [] }

  mutating func encodeNil() { sink.mark(2) }

  mutating func encode<Value: Encodable>(_ value: Value) throws {
    sink.mark(1)
    try sink.append(value)
  }
}
