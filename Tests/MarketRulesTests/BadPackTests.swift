import MarketModel
import MarketRules
import MarketTestSupport
import Testing

/// Every kind of bad pack is refused in one sentence that names file, line, what was found and what to do.
@Suite("Bad rule packs")
struct BadPackTests {
  static let cap = "bid_cap_per_MWh: { value: 1300, clause: \"鲁发改价格〔2021〕822号\", confidence: official }"

  private func problem(replacing old: String, with new: String) throws -> String {
    try PackFolder.problem(["example/2022-01.yaml": packText(replacing: old, with: new)])?.description ?? "none"
  }

  @Test("the unchanged pack is read")
  func good() throws {
    #expect(try PackFolder.problem(["example/2022-01.yaml": packText()]) == nil)
  }

  @Test("an unknown key, with the key that was probably meant")
  func unknownKey() throws {
    #expect(
      try problem(replacing: "bid_cap_per_MWh", with: "bid_cap_per_kWh")
        == "example/2022-01.yaml:30: bids has an unknown key \"bid_cap_per_kWh\". Did you mean \"bid_cap_per_MWh\"?")
    #expect(
      try problem(replacing: "currency: CNY", with: "currency: CNY\ninvoicing: monthly")
        .contains("the pack has an unknown key \"invoicing\". Allowed are: market, version, status,"))
  }

  @Test("a missing key")
  func missingKey() throws {
    #expect(
      try problem(replacing: "  " + BadPackTests.cap + "\n", with: "")
        == "example/2022-01.yaml:26: bids has no key \"bid_cap_per_MWh\". "
        + "State it with value, clause and confidence, or as { unknown: \"reason\" }.")
    #expect(try problem(replacing: "currency: CNY\n", with: "").contains("the pack has no key \"currency\""))
  }

  @Test("a value of another type or with its unit beside it")
  func wrongType() throws {
    #expect(
      try problem(replacing: "value: 1300", with: "value: high")
        == "example/2022-01.yaml:30: bids.bid_cap_per_MWh.value was high; allowed is a number of currency units per MWh, "
        + "such as 1300 or -80.5; the unit stands in the key.")
    #expect(try problem(replacing: BadPackTests.cap, with: "bid_cap_per_MWh: 1300").contains("was 1300; allowed is {"))
  }

  @Test(
    "a value in a form that its key does not allow",
    arguments: [
      ("value: 1300", "value: 1300 CNY/MWh", "was 1300 CNY/MWh; "),
      ("value: 1300", "value: \"1300\"", "the text \"1300\""),
      ("value: 1300", "value: 1300.0000001", "was 1300.0000001"),
      ("value: 10,", "value: -1,", "a whole number, 0 or more"),
      ("value: slopes", "value: curves", "one of steps, slopes"), ("value: true", "value: yes", "true or false"),
      ("D-1T09:45", "yesterday", "such as D-1T09:45"), ("Asia/Shanghai", "Asia/Jinan", "tz database"),
      ("{ value: 15,", "{ value: 20,", "allowed is 5, 15, 30 or 60"),
      ("currency: CNY", "currency: yuan", "such as EUR"),
      ("confidence: official", "confidence: sure", "official, third-party, memory, assumed"),
      ("value: 1.05", "value: 105 %", "a share such as 0.05 for 5 %"),
      ("from: 2022-01-01", "from: soon", "a date such as"),
    ])
  func badValue(old: String, new: String, expected: String) throws {
    let sentence = try problem(replacing: old, with: new)
    #expect(sentence.contains(expected), "\(sentence)")
  }

  @Test("a value without a clause, and an unknown without a reason")
  func notCited() throws {
    #expect(
      try problem(replacing: BadPackTests.cap, with: "bid_cap_per_MWh: { value: 1300, confidence: official }")
        == "example/2022-01.yaml:30: bids.bid_cap_per_MWh has a value without clause. "
        + "Name the clause and the confidence, or write { unknown: \"reason\" }.")
    #expect(
      try problem(replacing: BadPackTests.cap, with: "bid_cap_per_MWh: { unknown: \"\" }")
        .contains("a text that is not empty"))
    #expect(
      try problem(replacing: BadPackTests.cap, with: "bid_cap_per_MWh: { unknown: \"why\", value: 3 }")
        .contains("unknown key \"value\""))
  }

  @Test("the interval length must be known")
  func unknownLength() throws {
    #expect(
      try problem(
        replacing: "interval_minutes: { value: 15, clause: \"《电力现货市场实务》第17章\", confidence: official }",
        with: "interval_minutes: { unknown: \"not found\" }"
      ).contains("timetable.interval_minutes was unknown"))
  }

  @Test("two packs for one day")
  func overlap() throws {
    let files = [
      "example/2022-01.yaml": try packText(to: "2023-06-30"),
      "example/2023-01.yaml": try packText(version: "2023-01", from: "2023-01-01"),
    ]
    #expect(
      try PackFolder.problem(files)?.description
        == "example/2023-01.yaml: versions 2023-01 and 2022-01 (2022-01.yaml) are both in force on 2023-01-01. "
        + "Correct effective.from or effective.to.")
    let draft = ["example/2022-01.yaml": try packText(), "example/d.yaml": try packText(version: "d", status: "draft")]
    #expect(try PackFolder.problem(draft) == nil)
    let same = ["example/2022-01.yaml": try packText(), "example/b.yaml": try packText(version: "b")]
    #expect(try PackFolder.problem(same)?.description.contains("both in force on 2022-01-01") == true)
  }

  @Test("dates in the wrong order, and a gap between two packs")
  func dates() throws {
    #expect(
      try PackFolder.problem(["example/2022-01.yaml": packText(to: "2021-12-31")])?.description
        .contains("effective.to was 2021-12-31; allowed is a date from 2022-01-01 on, or null") == true)
    let folder = try PackFolder([
      "example/2022-01.yaml": packText(to: "2022-06-30"),
      "example/2023-01.yaml": packText(version: "2023-01", from: "2023-01-01"),
    ])
    let library = try RulePackLibrary(directory: folder.directory)
    try folder.remove()
    #expect(throws: RulePackProblem.self) { try library.pack(for: "example", on: Example.day(2022, 7, 1)) }
    #expect(try library.pack(for: "example", on: Example.day(2022, 6, 30)).version == "2022-01")
  }

  @Test("a pack in the wrong place, a stray file, no packs, no YAML, a key twice")
  func places() throws {
    #expect(
      try PackFolder.problem(["other/2022-01.yaml": packText()])?.description
        == "other/2022-01.yaml: the market was \"example\", but the file lies where \"other\" belongs. "
        + "Correct the key or move the file.")
    #expect(try PackFolder.problem(["example/x.yaml": packText()])?.description.contains("where \"x\" belongs") == true)
    #expect(try PackFolder.problem(["example/x.yml": packText()])?.description.contains("neither a rule pack") == true)
    #expect(try PackFolder.problem(["README.md": ""])?.description.contains("no rule pack was found") == true)
    #expect(try problem(replacing: "bids:", with: "bids: [").contains("this is not YAML"))
    #expect(try problem(replacing: "currency: CNY", with: "currency: CNY\ncurrency: EUR").contains("currency"))
  }

  @Test("inheritance that leads nowhere, in a circle, or out of the folder")
  func inheritance() throws {
    func problem(_ base: String) throws -> String? {
      try PackFolder.problem([
        "example/2022-01.yaml": packText(replacing: "currency: CNY", with: "currency: CNY\ninherit: \(base)")
      ])?.description
    }
    #expect(
      try problem("2019-01.yaml")
        == "example/2022-01.yaml:12: inherit: there is no file 2019-01.yaml beside this one; correct the name.")
    #expect(try problem("2022-01.yaml")?.contains("inherits from itself") == true)
    #expect(try problem("../other/2022-01.yaml")?.contains("write the name of a file beside this one") == true)
    #expect(throws: RulePackProblem.self) {
      try RulePack(yaml: packText(replacing: "currency: CNY", with: "currency: CNY\ninherit: a.yaml"), file: "text")
    }
  }

  @Test("a misspelt key in an overriding pack is found in that pack; a right one overrides")
  func overriding() throws {
    let child = """
      market: example
      version: b
      status: in-force
      effective: { from: 2023-01-01, to: null, clause: "c", confidence: assumed }
      title: t
      source: s
      inherit: 2022-01.yaml
      bids:
        bid_cap_pr_MWh: { value: 900, clause: "c", confidence: assumed }
      """
    #expect(
      try PackFolder.problem(["example/2022-01.yaml": packText(), "example/b.yaml": child])?.description
        == "example/b.yaml:9: bids has an unknown key \"bid_cap_pr_MWh\". Did you mean \"bid_cap_per_MWh\"?")
    let good = child.replacing("bid_cap_pr_MWh", with: "bid_cap_per_MWh")
    let folder = try PackFolder(["example/2022-01.yaml": packText(), "example/b.yaml": good])
    let pack = try RulePackLibrary(directory: folder.directory).pack(for: "example", version: "b")
    try folder.remove()
    #expect(pack.bids.cap.value == .perMegawattHour(900))
    #expect(pack.bids.floor.value == .perMegawattHour(-80))
    #expect(pack.title == "t")
  }
}
