import Foundation
import Testing

/// Days of the demonstration that several suites use; each is prepared once.
enum Prepared {
  /// The day to be bid: the first one without prices.
  static let nextDay = "2026-04-01"
  /// A day whose prices are known.
  static let pastDay = "2026-03-20"

  struct Day {
    let workspace: URL
    let run: ProgramRun
    let files: DayFiles
  }

  /// The next day without naming it, as text, on one thread.
  static func next() throws -> Day { try madeNext.get() }
  /// The past day, on two threads.
  static func past() throws -> Day { try madePast.get() }

  private static let madeNext = Result { () throws -> Day in
    let workspace = try Workspaces.demonstration()
    let run = try SpotDesk.run("day", "--threads", "1", workspace: workspace).succeeded()
    return Day(workspace: workspace, run: run, files: try DayFiles(nextDay, in: workspace))
  }

  private static let madePast = Result { () throws -> Day in
    let workspace = try Workspaces.demonstration()
    let run = try SpotDesk.run("day", pastDay, "--threads", "2", workspace: workspace).succeeded()
    return Day(workspace: workspace, run: run, files: try DayFiles(pastDay, in: workspace))
  }
}

extension Acceptance {
  @Suite("The trader's morning on the demonstration") struct MorningTests {
    @Test("day without a date prints the segment table of the first day without prices, and says that it is simulated")
    func printsSegments() throws {
      let day = try Prepared.next()
      let text = day.run.text
      #expect(text.contains("bids for \(Prepared.nextDay)"))
      #expect(text.contains("SIMULATED"))
      let headers = text.split(separator: "\n").filter { $0.hasPrefix("seg │") }
      #expect(headers.count == 4, "23 units, six side by side")
      for unit in ["HY-1", "BG-2", "LS-3", "QL-3"] { #expect(headers.contains { $0.contains(" \(unit) │ price") }) }
      #expect(text.contains("not offered, no capacity available: XS-4"))
      for words in [
        "Expected, standard beside optimised", "Compliance · ", "Made from spotdesk ", "seed 1,",
        "data as of 2026-03-31",
      ] {
        #expect(text.contains(words), "\(words)")
      }
      #expect(!text.contains("\u{1B}"), "no colours where nobody looks")
      #expect(day.run.errors.isEmpty)
    }

    @Test("day writes the bids, the report, the compliance lights, the page and the units")
    func writesFiles() throws {
      let day = try Prepared.next()
      #expect(day.files.contents.keys.sorted() == DayFiles.names)
      for (name, content) in day.files.contents {
        #expect(!content.isEmpty)
        guard name != "units.csv" else { continue }
        #expect(String(decoding: content, as: UTF8.self).lowercased().contains("simulated"), "\(name) does not say it")
      }
      let page = String(decoding: try #require(day.files.contents["page.html"]), as: UTF8.self)
      #expect(page.hasPrefix("<!") && page.contains("</html>"))
      for outside in ["src=\"http", "href=\"http", "@import", "url(http"] { #expect(!page.contains(outside)) }
    }

    @Test("bids.csv has the segments of bids.json, joined from nothing to the last point, prices never falling")
    func bidRows() throws {
      let files = try Prepared.next().files
      let report = try JSONSerialization.jsonObject(with: try #require(files.contents["bids.json"])) as? [String: Any]
      let units = try #require(report?["units"] as? [[String: Any]])
      #expect(units.count == 23)
      var rows = String(decoding: try #require(files.contents["bids.csv"]), as: UTF8.self).split(separator: "\n")
        .dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
      for unit in units {
        let segments = try #require((unit["optimised"] as? [String: Any])?["segments"] as? [[String: Any]])
        #expect((2...10).contains(segments.count))
        var end = 0.0
        var price = -Double.infinity
        for segment in segments {
          let row = try #require(rows.first)
          rows.removeFirst()
          #expect(row[0] == unit["unit"] as? String)
          #expect(Double(row[4]) == end && Double(row[4]) == segment["from_MW"] as? Double)
          #expect(
            Double(row[5]) == segment["to_MW"] as? Double && Double(row[6]) == segment["price_per_MWh"] as? Double)
          end = try #require(Double(row[5]))
          let next = try #require(Double(row[6]))
          #expect(next >= price)
          price = next
        }
      }
      #expect(rows.isEmpty)
    }

    @Test("clear and review of a past day: perfect foresight is above both offers of every unit")
    func pastDay() throws {
      let workspace = try Workspaces.copy(of: try Prepared.past().workspace)
      let cleared = try SpotDesk.run("clear", Prepared.pastDay, workspace: workspace).succeeded()
      #expect(cleared.text.contains("Cleared \(Prepared.pastDay)") && cleared.text.contains("SIMULATED"))
      let review = try SpotDesk.run("review", Prepared.pastDay, "--json", workspace: workspace).succeeded().json()
      #expect(review["simulated"] as? Bool == true)
      let units = try #require(review["units"] as? [[String: Any]])
      // 24 units, one of them out on that day.
      #expect(units.count == 23)
      func profit(_ row: [String: Any], _ offer: String) throws -> Double {
        try #require((row[offer] as? [String: Any])?["profit"] as? Double)
      }
      for row in units {
        let perfect = try profit(row, "perfect_foresight")
        // Money is rounded to hundredths.
        #expect(perfect >= (try profit(row, "optimised")) - 0.01, "\(row["unit"] ?? "")")
        #expect(perfect >= (try profit(row, "standard")) - 0.01, "\(row["unit"] ?? "")")
      }
      let table = try SpotDesk.run("review", Prepared.pastDay, workspace: workspace).succeeded().text
      #expect(table.contains("perfect foresight is the ceiling") && table.contains("price forecast: MAE"))
      let files = try DayFiles(Prepared.pastDay, in: workspace)
      #expect(files.contents.keys.sorted() == (DayFiles.names + ["clearing.json", "review.json"]).sorted())
    }

    @Test("the next day starts from the cleared schedule of the day before")
    func statesGoOn() throws {
      let workspace = try Workspaces.small()
      let first = try SpotDesk.run("day", "2023-03-14", "--json", workspace: workspace).succeeded().json()
      #expect((first["provenance"] as? [String: Any])?["initial_states"] as? String == "register")
      _ = try SpotDesk.run("clear", "2023-03-14", workspace: workspace).succeeded()
      let next = try SpotDesk.run("day", "2023-03-15", "--json", workspace: workspace).succeeded().json()
      let states = try #require((next["provenance"] as? [String: Any])?["initial_states"] as? String)
      #expect(states.contains("cleared schedule of 2023-03-14 for 3 units"))
    }

    @Test("a backtest of three days prints each day and the total, and writes nothing")
    func backtest() throws {
      let workspace = try Workspaces.demonstration()
      let before = try Store.contents(of: workspace)
      let run = try SpotDesk.run(
        "backtest", "--from", "2026-03-20", "--to", "2026-03-22", "--json", workspace: workspace
      ).succeeded()
      let report = try run.json()
      let days = try #require(report["days"] as? [[String: Any]])
      #expect(days.compactMap { $0["day"] as? String } == ["2026-03-20", "2026-03-21", "2026-03-22"])
      // 24 units on three days, one of them out.
      #expect(report["bids"] as? Int == 69)
      #expect(report["violated_bids"] as? Int == 0)
      func profit(_ offer: String) throws -> Double {
        try #require((report[offer] as? [String: Any])?["profit"] as? Double)
      }
      let perfect = try #require(report["perfect_foresight_profit"] as? Double)
      #expect(try perfect >= profit("optimised") && profit("optimised") > profit("standard"))
      #expect(!FileManager.default.fileExists(atPath: workspace.appending(path: "days").path))
      #expect(try Store.contents(of: workspace) == before)
    }
  }
}
