import Foundation
import MarketModel
import MarketTestSupport
import Testing

@testable import Compliance

/// What each check says of the submission that it must find and of the nearest legal one: result, place, sentence, source, and every
/// limit that it read. Numbers in the sentences are those of the cases and can be computed by hand.
@Suite("What the checks state") struct StatedAnswerTests {
  static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Goldens/compliance-answers.txt")

  static func answers() throws -> String {
    var lines: [String] = []
    for example in SubmissionTests.cases {
      for (name, change) in [("against", example.violate), ("keeps", example.keep)] {
        var submission = Submission()
        try change(&submission)
        let rows = try submission.report().rows(of: example.id)
        if rows.count > 2 { lines.append("\(example.id) \(name): \(rows.count) rows, of which two are") }
        for row in rows.prefix(2) {
          let place = [row.unit, row.segment.map { "segment \($0)" }, row.interval].compactMap { $0 }
          let values = row.values.map { value in
            "\(value.name) = \(value.value)"
              + (value.citation.map { " [\($0.clause), \($0.confidence.rawValue)]" } ?? "")
          }
          lines.append("\(row.check) \(name): \(row.result.rawValue) · \(place.joined(separator: " ")) · \(row.clause)")
          lines += ([row.message, row.messageChinese] + values).filter { !$0.isEmpty }.map { "    " + $0 }
        }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test("every answer is the stated one; RECORD_ANSWERS=1 writes them anew and fails")
  func golden() throws {
    let own = try Self.answers()
    if ProcessInfo.processInfo.environment["RECORD_ANSWERS"] == "1" {
      try FileManager.default.createDirectory(
        at: Self.file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(own.utf8).write(to: Self.file)
      Issue.record("\(Self.file.lastPathComponent) was written; read it, and run again without RECORD_ANSWERS")
      return
    }
    let stated = try String(contentsOf: Self.file, encoding: .utf8)
    let difference = zip(own.split(separator: "\n"), stated.split(separator: "\n")).first { $0 != $1 }
    #expect(difference == nil)
    #expect(own.count == stated.count)
  }

  @Test("a report as JSON holds every field of violations, outcomes and units")
  func encoding() throws {
    let violation = RuleViolation(
      unit: UnitID("A1"), day: Example.day, interval: "00:15", segment: 2, finding: "price 1301 is above the cap",
      source: "order 1, §7.2", advice: "Lower it", chinese: nil)
    func outcome(_ id: String, _ result: CheckResult, _ rules: [AppliedRule] = []) -> CheckOutcome {
      CheckOutcome(id: id, title: "title", severity: .block, stage: .preSubmit, result: result, rules: rules)
    }
    let report = ComplianceReport(
      day: Example.day, packMarket: "example", packVersion: "2022-01",
      units: [
        UnitCompliance(
          unit: UnitID("A1"),
          outcomes: [
            outcome("C07", .violated([violation]), [AppliedRule(name: "cap", value: "1300", citation: nil)]),
            outcome("C08", .passed), outcome("C09", .notEvaluated(reason: "nobody says")),
          ]),
        UnitCompliance(unit: UnitID("A2"), outcomes: [outcome("C08", .passed)]),
      ])
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let text = String(decoding: try encoder.encode(report), as: UTF8.self)
    let common = "\"severity\":\"block\",\"stage\":\"pre-submit\",\"title\":\"title\""
    let expected =
      "{\"day\":\"2023-03-15\",\"packMarket\":\"example\",\"packVersion\":\"2022-01\",\"units\":["
      + "{\"outcomes\":[{\"id\":\"C07\",\"result\":\"violated\",\"rules\":[{\"name\":\"cap\",\"value\":\"1300\"}],\(common),"
      + "\"violations\":[{\"advice\":\"Lower it\",\"day\":\"2023-03-15\",\"finding\":\"price 1301 is above the cap\","
      + "\"interval\":\"00:15\",\"segment\":2,\"sentence\":\"\(violation.description)\",\"source\":\"order 1, §7.2\",\"unit\":\"A1\"}]},"
      + "{\"id\":\"C08\",\"result\":\"passed\",\"rules\":[],\(common)},"
      + "{\"id\":\"C09\",\"reason\":\"nobody says\",\"result\":\"not evaluated\",\"rules\":[],\(common)}],"
      + "\"unconfirmed\":[\"C09\"],\"unit\":\"A1\",\"verdict\":\"violated\"},"
      + "{\"outcomes\":[{\"id\":\"C08\",\"result\":\"passed\",\"rules\":[],\(common)}],\"unconfirmed\":[],\"unit\":\"A2\","
      + "\"verdict\":\"no violation\"}]}"
    #expect(text == expected)
  }
}
