import Foundation
import Testing

@testable import HTTPAPI

@Suite("The dashboard's files") struct DashboardTests {
  private static let folder = Sandbox.root.appending(path: "data/dashboard")

  private func text(_ name: String) throws -> String {
    try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
  }

  /// Keys of one language, in order.
  private func keys(_ part: Substring) -> [String] {
    let bare = String(part).replacing(/: "(?:[^"\\]|\\.)*"/, with: ": \"\"")
    return bare.matches(of: /"?([\w-]+)"?: ""/).map { String($0.output.1) }
  }

  @Test("every word stands once in English and once in Chinese, and the pages ask for no other")
  func words() throws {
    let all = try text("words.js")
    let place = try #require(all.range(of: "  zh: {"))
    let (english, chinese) = (keys(all[..<place.lowerBound]), keys(all[place.lowerBound...]))
    #expect(english.count > 300 && Set(english) == Set(chinese))
    for list in [english, chinese] {
      let twice = Dictionary(grouping: list) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
      #expect(twice.isEmpty, "\(twice)")
    }
    let scripts = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter { $0.hasSuffix(".js") }
    for script in scripts {
      for match in try text(script).matches(of: /\bt\("([\w-]+)"\)/) {
        #expect(english.contains(String(match.output.1)), "\(script): \(match.output.1)")
      }
    }
  }

  @Test("every script of the pages is loaded, and every one that is loaded is there")
  func scripts() throws {
    let loaded = try text("index.html").matches(of: /\/assets\/([\w.]+\.js)/).map { String($0.output.1) }
    let there = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter { $0.hasSuffix(".js") }
    #expect(Set(loaded) == Set(there).union(["chart.js"]).subtracting(["docs.js"]))
  }

  @Test("no page asks another host")
  func hosts() throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: Self.folder.path) {
      let found = try text(name).matches(of: /https?:\/\/([\w.]+)/).map { String($0.output.1) }
      #expect(found.allSatisfy { $0 == "www.w3.org" }, "\(name): \(found)")
    }
  }
}
