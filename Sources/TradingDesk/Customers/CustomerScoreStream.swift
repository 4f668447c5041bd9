public import Foundation
internal import NumericMethods

extension TradingDesk {
  /// Scores every customer and hands the JSON document of all reports over in pieces, so that it is never held as a whole.
  ///
  /// The pieces make the same bytes as ``encodedDocument(_:)`` of ``scoreCustomers(_:)``, at any number of threads.
  ///
  /// - Throws: `DeskProblem` if a file is missing or wrong, or cannot be written.
  public func writeCustomerScores(_ request: ScoreRequest, to write: (Data) -> Void) throws {
    let records = try portfolio(request.files, threads: request.threads)
    let run = try scored(records, request)
    let piece = 64
    let pieces = (run.scores.count + piece - 1) / piece
    guard pieces > 0 else { return write(try encodedDocument([CustomerScoreReport]())) }
    // So many pieces are encoded beside one another before they are written.
    let batch = 8 * request.threads
    for first in stride(from: 0, to: pieces, by: batch) {
      let documents = concurrentMap(count: min(batch, pieces - first), threads: request.threads) { index in
        let start = (first + index) * piece
        let reports = run.scores[start..<min(start + piece, run.scores.count)]
          .map { CustomerScoreReport($0, asOf: run.asOf) }
        return Result { try encodedDocument(reports) }
      }
      for (index, document) in documents.enumerated() {
        write(try elements(of: document.get(), isFirst: first + index == 0, isLast: first + index == pieces - 1))
      }
    }
  }

  /// The elements of a list's document, with its opening and closing only at the ends of the whole.
  private func elements(of document: Data, isFirst: Bool, isLast: Bool) -> Data {
    var text = isFirst ? document : Data(",\n".utf8) + document.dropFirst("[\n".utf8.count)
    if !isLast { text.removeLast("\n]\n".utf8.count) }
    return text
  }
}
