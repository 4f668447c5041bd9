public import Foundation
public import MarketModel

extension MarketFileReader {
  /// The market day of the first row of a file with a column `day`; nil if it has none. The rules of that day say how long
  /// its intervals are.
  public static func firstDay(of url: URL) throws(ImportProblem) -> MarketDay? {
    let reader = try CSVRecordReader(ByteSource(url))
    guard try reader.next() else { return nil }
    let names = (0..<reader.fieldCount).map { reader.text($0)?.trimmingCharacters(in: .whitespaces) }
    guard let column = names.firstIndex(of: "day"), try reader.next(), column < reader.fieldCount else { return nil }
    return reader.text(column).flatMap { MarketDay($0.trimmingCharacters(in: .whitespaces)) }
  }
}
