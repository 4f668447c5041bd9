import Foundation
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// A server on a prepared small day; it ends with the value.
final class RunningServer {
  let program: StartedProgram
  let port: Int

  init(_ workspace: URL) throws {
    // Below the ports that clients get, of which thousands may rest after a test.
    port = Int.random(in: 20_000..<32_000)
    program = try SpotDesk.start(["serve", "--workspace", workspace.path, "--port", "\(port)", "--quiet"])
  }

  func get(
    _ target: String, method: String = "GET", body: String? = nil, key: String? = nil, headers: [String: String] = [:]
  ) async throws -> (
    status: Int, data: Data, headers: [AnyHashable: Any]
  ) {
    var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(port)\(target)")))
    request.httpMethod = method
    request.timeoutInterval = 120
    request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
    if let key { request.setValue("Bearer \(key)", forHTTPHeaderField: "Authorization") }
    if let body {
      request.httpBody = Data(body.utf8)
      request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    }
    for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
    let (data, response) = try await URLSession.shared.data(for: request)
    let answer = try #require(response as? HTTPURLResponse)
    return (answer.statusCode, data, answer.allHeaderFields)
  }

  func untilReady() async throws {
    for _ in 0..<100 {
      if let answer = try? await get("/ready"), answer.status == 200 { return }
      try await Task.sleep(for: .milliseconds(100))
    }
    throw SetUpFailure(description: "the server on port \(port) did not answer")
  }

  func stop() throws -> ProgramRun {
    program.process.terminate()
    return try program.finish()
  }
}
