internal import Foundation
internal import MarketModel

extension RetailLoadPass {
  mutating func read(_ reader: CSVRecordReader, _ sink: RetailLoadFile.Sink) throws(ImportProblem) {
    guard reader.fieldCount == header.count else {
      throw problem(reader, "", "the row has \(reader.fieldCount) fields where the header has \(header.count).")
    }
    if let quality = layout.quality, reader.text(quality)?.lowercased() == "missing" { return }
    let (day, hour) = try time(reader)
    switch layout.shape {
    case .wide:
      if columns.isEmpty { columns = layout.energies.map { position(header[$0]) } }
      for (index, column) in layout.energies.enumerated() {
        if let energy = try energy(reader, column) { sink(columns[index], day, -1, energy) }
      }
    case .interval:
      let customer = try customer(reader)
      if let energy = try energy(reader, layout.energies[0]) { sink(customer, day, hour, energy) }
    case .day:
      let customer = try customer(reader)
      let each = layout.energies.count / 24
      for (index, column) in layout.energies.enumerated() {
        if let energy = try energy(reader, column) { sink(customer, day, each == 0 ? -1 : index / each, energy) }
      }
    }
  }

  private mutating func customer(_ reader: CSVRecordReader) throws(ImportProblem) -> Int {
    let field = FieldParsing.trim(reader.field(layout.customer))
    if field.count == lastName.count, field.elementsEqual(lastName) { return lastPosition }
    guard !field.isEmpty, let name = String(validating: field, as: UTF8.self) else {
      throw problem(reader, header[layout.customer], "the row has no customer.")
    }
    lastName = Array(field)
    if let known = positions[name] {
      lastPosition = known
    } else {
      lastPosition = position(name)
      positions[name] = lastPosition
    }
    return lastPosition
  }

  /// Day number and hour of "2025-03-15T08:15…", "2025-03-15 08:15" or "2025-03-15"; the offset of a zone is not applied.
  private mutating func time(_ reader: CSVRecordReader) throws(ImportProblem) -> (day: Int, hour: Int) {
    let field = FieldParsing.trim(reader.field(layout.time))
    let end = field.firstIndex { $0 == UInt8(ascii: "T") || $0 == UInt8(ascii: " ") } ?? field.endIndex
    let date = field[..<end]
    if date.count != lastDate.count || !date.elementsEqual(lastDate) {
      guard let day = RetailDates.day(String(decoding: date, as: UTF8.self)) else {
        throw problem(
          reader, header[layout.time], "\"\(FieldParsing.shown(field))\" is no time; write 2023-03-15T08:00.")
      }
      lastDate = Array(date)
      lastDay = day.dayNumber
    }
    guard layout.shape == .interval else { return (lastDay, -1) }
    guard end < field.endIndex else { return (lastDay, -1) }
    let clock = field[(end + 1)...].prefix { $0 != UInt8(ascii: ":") }
    var hour = 0
    for byte in clock {
      guard (48...57).contains(byte) else { hour = 99; break }
      hour = min(hour * 10 + Int(byte) - 48, 99)
    }
    guard (0..<24).contains(hour), !clock.isEmpty else {
      throw problem(
        reader, header[layout.time],
        "\"\(FieldParsing.shown(field))\" is no start of an interval; write 2023-03-15T00:00 to T23:45.")
    }
    return (lastDay, hour)
  }

  private func energy(_ reader: CSVRecordReader, _ column: Int) throws(ImportProblem) -> Double? {
    let field = FieldParsing.trim(reader.field(column))
    if field.isEmpty || FieldParsing.isNotKnown(field) { return nil }
    guard let value = FieldParsing.number(field) else {
      throw problem(
        reader, header[column],
        "\"\(FieldParsing.shown(field))\" is no number; write it with digits and a decimal point.")
    }
    guard value >= 0, value < 1e12 else {
      throw problem(reader, header[column], "\(shownNumber(value)) is no energy of 0 or more.")
    }
    return value * layout.factor
  }

  private func problem(_ reader: CSVRecordReader, _ column: String, _ sentence: String) -> ImportProblem {
    .rows([RowProblem(file: reader.source.file, line: reader.line, column: column, sentence: sentence)])
  }
}
