import Foundation
import Testing

@testable import HTTPAPI

@Suite("The description of the API") struct OpenAPITests {
  private func description() throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: openAPIDocument(of: apiRoutes)) as? [String: Any])
  }

  @Test("describes every route that the table answers, and no other")
  func routes() throws {
    let paths = try #require(try description()["paths"] as? [String: [String: Any]])
    let described = Set(paths.flatMap { path, methods in methods.keys.map { $0.uppercased() + " " + path } })
    #expect(described == Set(apiRoutes.map { $0.method + " " + $0.path }))
    let table = RouteTable(apiRoutes)
    for route in apiRoutes {
      let path = route.path.replacing(/\{\w+\}/, with: "x")
      guard case .found(let found, let parameters) = table.match(route.method, path) else {
        Issue.record("\(route.path) is described and not answered")
        continue
      }
      #expect(found.path == route.path)
      #expect(Set(parameters.keys) == Set(route.parameters.filter { $0.place == .path }.map(\.name)), "\(route.path)")
    }
  }

  @Test("every schema that is named is there, and operations have names of their own")
  func schemas() throws {
    let document = try description()
    let schemas = try #require((document["components"] as? [String: Any])?["schemas"] as? [String: Any])
    let text = String(decoding: openAPIDocument(of: apiRoutes), as: UTF8.self)
    for match in text.matches(of: /#\/components\/schemas\/(\w+)/) {
      #expect(schemas[String(match.output.1)] != nil, "\(match.output.1)")
    }
    let names = text.matches(of: /"operationId" : "(\w+)"/).map { String($0.output.1) }
    #expect(names.count == apiRoutes.count)
    #expect(Set(names).count == names.count)
    #expect(document["openapi"] as? String == "3.1.0")
  }
}
