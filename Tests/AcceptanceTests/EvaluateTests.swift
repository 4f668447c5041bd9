import Foundation
import Testing

extension Acceptance {
  @Suite("spotdesk evaluate") struct EvaluateTests {
    /// Prices in the benchmark's layout: a daily and a weekly wave, dearer with load; made up, the same in every run.
    static func prices(days: Int = 60, _ change: (_ day: Int, _ hour: Int, _ row: String) -> String? = { $2 }) -> String
    {
      var text = "Date, Price, Load forecast\n"
      for day in 0..<days {
        let name = SpotFile.label(day: day)
        for hour in 0..<24 {
          let load = 40_000 + 6_000 * SpotFile.wave(day, hour * 4, phase: 40)
          let price = (load - 30_000) / 400 + 4 * SpotFile.wave(day, hour * 4 + 1, phase: 60)
          let row = "\(name) \(hour < 10 ? "0" : "")\(hour):00:00,\((price * 100).rounded() / 100),\(load.rounded())"
          if let changed = change(day, hour, row) { text += changed + "\n" }
        }
      }
      return text
    }

    private func evaluate(_ file: URL, _ more: String..., from: String = "2023-02-15", to: String = "2023-02-18") throws
      -> ProgramRun
    {
      try SpotDesk.start(
        ["evaluate", "prices", "--data", file.path, "--test-from", from, "--test-to", to, "--quiet"] + more
      ).finish()
    }

    private func models(_ run: ProgramRun) throws -> [[String: Any]] {
      try #require(try run.succeeded().json()["models"] as? [[String: Any]])
    }

    @Test("one file in, scores, forecasts and a page out; the same bytes at any number of threads")
    func wholeRun() throws {
      let file = try Acceptance.newFile("prices.csv", Self.prices())
      let folder = try Acceptance.newFolder()
      let output = folder.appending(path: "forecasts.csv")
      let page = folder.appending(path: "page.html")
      let run = try evaluate(file, "--output", output.path, "--page", page.path, "--json", "--threads", "2")
      let document = try run.succeeded().json()
      #expect(document["test_days"] as? Int == 4 && document["target"] as? String == "prices")
      let models = try models(run)
      #expect(models.first?["name"] as? String == "naive" && models.last?["name"] as? String == "ensemble")
      let (naive, ensemble) = (try #require(models.first), try #require(models.last))
      #expect(naive["rmae"] as? Double == 1 && naive["crps"] is NSNull && naive["coverage_80"] is NSNull)
      let names = ["mae", "rmae", "smape", "rmse", "crps", "coverage_50", "coverage_80", "coverage_90", "seconds"]
      for name in names { #expect(ensemble[name] is Double || ensemble[name] is Int, "\(name)") }
      #expect((ensemble["pit_histogram"] as? [Any])?.count == 20 && (ensemble["by_hour"] as? [Any])?.count == 24)
      let mae = try #require(ensemble["mae"] as? Double)
      #expect(try mae < #require(naive["mae"] as? Double))

      let rows = try String(contentsOf: output, encoding: .utf8).split(separator: "\n")
      #expect(rows[0].hasPrefix("model,day,interval,actual,point,q01,") && rows[0].hasSuffix(",q99"))
      #expect(rows.count == 1 + models.count * 4 * 24)
      let errors = rows.filter { $0.hasPrefix("ensemble,") }.map { row -> Double in
        let cells = row.split(separator: ",", omittingEmptySubsequences: false)
        return abs((Double(cells[4]) ?? .nan) - (Double(cells[3]) ?? .nan))
      }
      #expect(abs(errors.reduce(0, +) / Double(errors.count) - mae) < 1e-5)
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      #expect(left == ["forecasts.csv", "page.html"])
      let text = try String(contentsOf: page, encoding: .utf8)
      for word in ["Diebold-Mariano", "Reliability", "prefers-color-scheme:dark", "ensemble"] {
        #expect(text.contains(word))
      }
      #expect(!text.contains("http://") || !text.replacing("http://www.w3.org/2000/svg", with: "").contains("http://"))

      let other = folder.appending(path: "again.csv")
      _ = try evaluate(file, "--output", other.path, "--threads", "1").succeeded()
      #expect(try Data(contentsOf: other) == Data(contentsOf: output))
    }

    @Test("what comes after a day changes no forecast of it")
    func poison() throws {
      let clean = try Acceptance.newFile("prices.csv", Self.prices())
      let day = 47  // 2023-02-17
      let poisoned = try Acceptance.newFile(
        "prices.csv",
        Self.prices { number, _, row in
          let cells = row.split(separator: ",")
          if number < day { return row }
          // On the day itself the input stays: it was published before.
          return number == day ? "\(cells[0]),-9999,\(cells[2])" : "\(cells[0]),8888,1"
        })
      var texts: [[Substring]] = []
      for file in [clean, poisoned] {
        let output = try Acceptance.newFolder().appending(path: "forecasts.csv")
        _ = try evaluate(file, "--output", output.path, to: "2023-02-17").succeeded()
        // Everything but the fourth column, what came.
        texts.append(
          try String(contentsOf: output, encoding: .utf8).split(separator: "\n").map { row in
            let cells = row.split(separator: ",", maxSplits: 4, omittingEmptySubsequences: false)
            return row.hasPrefix("model") ? row : cells[0] + "," + cells[1] + "," + cells[2] + "," + cells[4]
          })
      }
      #expect(texts[0] == texts[1])
    }

    @Test("a killed run is resumed and writes the same bytes")
    func resume() throws {
      let file = try Acceptance.newFile("prices.csv", Self.prices())
      let folder = try Acceptance.newFolder()
      let (whole, cut) = (folder.appending(path: "whole.csv"), folder.appending(path: "cut.csv"))
      let dates = ["--test-from", "2023-02-05", "--test-to", "2023-02-28", "--quiet"]
      let arguments = ["evaluate", "prices", "--data", file.path] + dates
      _ = try SpotDesk.start(arguments + ["--output", whole.path]).finish().succeeded()
      let started = try SpotDesk.start(arguments + ["--output", cut.path])
      let partial = URL(filePath: cut.path + ".partial")
      let deadline = Date(timeIntervalSinceNow: 30)
      while Date() < deadline, ((try? Data(contentsOf: partial))?.count ?? 0) < 20_000 { usleep(2_000) }
      kill(started.process.processIdentifier, SIGSTOP)
      if FileManager.default.fileExists(atPath: partial.path) {
        for options in [[], ["--resume"]] {
          let second = try SpotDesk.start(arguments + ["--output", cut.path] + options).finish()
          expectRefusal(second, exit: 75, saying: ["Another spotdesk command", "is writing to \(cut.path)"])
        }
      }
      kill(started.process.processIdentifier, SIGKILL)
      _ = try started.finish()
      guard !FileManager.default.fileExists(atPath: cut.path) else { return }
      let refused = try SpotDesk.start(arguments + ["--output", cut.path]).finish()
      expectRefusal(refused, exit: 73, saying: ["left from an interrupted run", "--resume"])
      let other = try SpotDesk.start(arguments + ["--output", cut.path, "--resume", "--seed", "2"]).finish()
      expectRefusal(other, exit: 65, saying: ["belongs to a run with other data"])
      _ = try SpotDesk.start(arguments + ["--output", cut.path, "--resume"]).finish().succeeded()
      #expect(try Data(contentsOf: cut) == Data(contentsOf: whole))
    }

    @Test("gaps in prices and inputs are survived and said")
    func gaps() throws {
      let text = Self.prices { day, hour, row in
        let cells = row.split(separator: ",")
        if day == 40 { return nil }
        if day == 45, hour == 3 { return "\(cells[0]),,\(cells[2])" }
        return day == 46 || (day == 47 && hour > 20) ? "\(cells[0]),\(cells[1])," : row
      }
      let run = try evaluate(try Acceptance.newFile("prices.csv", text), "--json")
      let notes = try #require(try run.succeeded().json()["notes"] as? [String])
      #expect(notes.contains { $0.contains("not in the file") && $0.contains("2023-02-10") })
      #expect(notes.contains { $0.hasPrefix("price: 1 of") } && notes.contains { $0.hasPrefix("Load forecast: 27 of") })
      #expect(try models(run).last?["values"] as? Int == 95)
    }

    @Test("documents of evaluations are put on one page that needs neither data nor network")
    func summary() throws {
      let file = try Acceptance.newFile("prices.csv", Self.prices())
      let document = try evaluate(file, "--models", "naive,yesterday", "--json").succeeded()
      let saved = try Acceptance.newFile("waves.json", document.text)
      let page = try Acceptance.newFolder().appending(path: "summary.html")
      let run = try SpotDesk.start(["evaluate", "summary", saved.path, "--page", page.path, "--quiet"]).finish()
      #expect(try run.succeeded().text.contains("waves"))
      let text = try String(contentsOf: page, encoding: .utf8)
      let sha = try #require((try document.json()["provenance"] as? [String: Any])?["sha256"] as? String)
      for word in ["id=\"set-waves\"", sha, "By month", "evaluate summary"] { #expect(text.contains(word), "\(word)") }
      #expect(!text.contains("<script") && !text.contains("https://"))
      let wrong = try SpotDesk.start(["evaluate", "summary", file.path]).finish()
      expectRefusal(wrong, exit: 65, saying: ["prices.csv is no document"])
      let few = try evaluate(file, "--models", "naive", "--scenarios", "20")
      #expect(few.status == 64 && few.errors.contains("needs the model ensemble"))
    }

    @Test("what cannot be evaluated is refused with one sentence")
    func refusals() throws {
      let file = try Acceptance.newFile("prices.csv", Self.prices())
      expectRefusal(
        try evaluate(file, from: "2023-02-18", to: "2023-02-15"), exit: 65,
        saying: ["--test-from 2023-02-18 is after --test-to 2023-02-15"])
      expectRefusal(
        try evaluate(file, to: "2023-04-01"), exit: 65, saying: ["is not inside", "2023-01-01 to 2023-03-01"])
      expectRefusal(
        try evaluate(file, from: "2023-01-20"), exit: 65, saying: ["has 19 days", "28 or more", "later --test-from"])
      let folder = try Acceptance.newFolder()
      expectRefusal(
        try evaluate(file, "--models", "oracle", "--output", folder.appending(path: "f.csv").path), exit: 65,
        saying: ["\"oracle\" is no model of prices", "naive"])
      // Nothing was begun that could be continued.
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
      expectRefusal(
        try evaluate(file, "--page", "/nowhere/page.html"), exit: 73, saying: ["/nowhere", "--page", "does not exist"])
      expectRefusal(
        try evaluate(file, "--reference", "/nowhere/f.csv"), exit: 66, saying: ["/nowhere/f.csv does not exist"])
      expectRefusal(
        try evaluate(file, "--format", "smd"), exit: 65, saying: ["format smd needs column \"sheet\""])
      expectRefusal(
        try evaluate(URL(filePath: "/nowhere/prices.csv")), exit: 66, saying: ["does not exist"])
      let wrong = try Acceptance.newFile("prices.csv", Self.prices { $0 == 5 && $1 == 0 ? "2023-01-06,dear,1" : $2 })
      expectRefusal(try evaluate(wrong), exit: 65, saying: [":122, column \"Price\"", "\"dear\" is no number"])
    }

    @Test(
      "the published forecasts stand beside ours", .enabled(if: sharedData != nil, "skipped: no shared data"))
    func published() throws {
      let data = try #require(Acceptance.sharedData).appending(path: "epf_benchmark")
      let reference = data.appending(path: "forecasts/Forecasts_NP_DNN_LEAR_ensembles.csv.gz")
      let run = try evaluate(
        data.appending(path: "NP.csv.gz"), "--models", "naive", "--reference", reference.path, "--json",
        from: "2016-12-27", to: "2018-12-24")
      let document = try run.succeeded().json()
      #expect(document["test_days"] as? Int == 728)
      let references = try #require(document["references"] as? [[String: Any]])
      let ensemble = try #require(references.first { $0["name"] as? String == "LEAR Ensemble" })
      // As printed in the benchmark's tables: 1.738, 5.01 %, 3.362.
      #expect(try abs(#require(ensemble["mae"] as? Double) - 1.738) < 5e-4)
      #expect(try abs(#require(ensemble["smape"] as? Double) - 5.01) < 0.01)
      #expect(try abs(#require(ensemble["rmse"] as? Double) - 3.362) < 5e-4)
    }
  }
}
