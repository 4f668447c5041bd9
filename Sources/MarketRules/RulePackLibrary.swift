public import Foundation
public import MarketModel

/// All rule packs of a folder, chosen by market and market day, so that a replay uses the rules of its day.
public struct RulePackLibrary: Sendable {
  /// By market, then by first day, then by version; drafts included.
  public let packs: [RulePack]
  private let directory: String

  /// Reads `<directory>/<market>/<version>.yaml`, all of it; one bad pack makes the library unreadable.
  public init(directory: URL) throws(RulePackProblem) {
    var packs: [RulePack] = []
    for folder in try RulePackLibrary.contents(of: directory) where folder.hasDirectoryPath {
      packs += try RulePackLibrary.packs(in: folder)
    }
    guard !packs.isEmpty else { throw RulePackProblem(.noPacks, file: directory.path) }
    self.packs = packs
    self.directory = directory.path
  }

  /// Markets that have a pack, in alphabetical order.
  public var markets: [String] { Set(packs.map(\.market)).sorted() }

  /// The pack that is in force for a market on a day; a draft never is.
  public func pack(for market: String, on day: MarketDay) throws(RulePackProblem) -> RulePack {
    let own = try packs(of: market)
    if let pack = own.first(where: { $0.isInForce(on: day) }) { return pack }
    if let first = own.first(where: { $0.status == .inForce }), day < first.effectiveFrom {
      throw RulePackProblem(
        .beforeFirstPack(market: market, day: day, first: first.effectiveFrom, version: first.version),
        file: directory + "/" + market)
    }
    throw RulePackProblem(
      .noPackInForce(market: market, day: day, known: own.map(RulePackLibrary.versionText)),
      file: directory + "/" + market)
  }

  /// A pack by its version, in force or draft.
  public func pack(for market: String, version: String) throws(RulePackProblem) -> RulePack {
    let own = try packs(of: market)
    guard let pack = own.first(where: { $0.version == version }) else {
      throw RulePackProblem(
        .unknownVersion(version, market: market, known: own.map(RulePackLibrary.versionText)),
        file: directory + "/" + market)
    }
    return pack
  }

  /// The newest pack in force of a market; its newest draft if none is in force.
  public func newestPack(of market: String) throws(RulePackProblem) -> RulePack {
    let own = try packs(of: market)
    guard let pack = own.last(where: { $0.status == .inForce }) ?? own.last else {
      throw RulePackProblem(.noPacks, file: directory + "/" + market)
    }
    return pack
  }

  private func packs(of market: String) throws(RulePackProblem) -> [RulePack] {
    let own = packs.filter { $0.market == market }
    guard !own.isEmpty else {
      throw RulePackProblem(.unknownMarket(market, known: markets), file: directory)
    }
    return own
  }

  private static func versionText(_ pack: RulePack) -> String {
    pack.version + (pack.status == .draft ? " (draft)" : "")
  }
}

extension RulePack {
  /// Reads one pack from a file anywhere; what it inherits is looked for beside it.
  public init(contentsOf file: URL) throws(RulePackProblem) {
    try self.init(try RulePackLibrary.completeTree(of: file, descendants: []))
  }

  /// Reads one pack from its text; `beside` holds the texts of files that it may inherit from, by name.
  public init(text: String, name: String, beside: [String: String] = [:]) throws(RulePackProblem) {
    let texts = beside.merging([name: text]) { $1 }
    try self.init(try RulePackLibrary.completeTree(of: name, in: ".", descendants: []) { texts[$0] })
  }
}

extension RulePackLibrary {
  private static func contents(of directory: URL) throws(RulePackProblem) -> [URL] {
    do {
      return try FileManager.default.contentsOfDirectory(
        at: directory, includingPropertiesForKeys: [.isDirectoryKey], options: [.skipsHiddenFiles]
      ).sorted { $0.lastPathComponent < $1.lastPathComponent }
    } catch {
      throw RulePackProblem(.unreadable(reason: "the folder does not open"), file: directory.path)
    }
  }

  /// The packs of one market in the order of their first days, each ending where the next begins.
  private static func packs(in folder: URL) throws(RulePackProblem) -> [RulePack] {
    var found: [RulePack] = []
    for file in try contents(of: folder) where file.pathExtension != "md" {
      guard file.pathExtension == "yaml" else { throw RulePackProblem(.strayFile, file: shortPath(file)) }
      let pack = try RulePack(try completeTree(of: file, descendants: []))
      let version = file.deletingPathExtension().lastPathComponent
      guard pack.market == folder.lastPathComponent else {
        throw RulePackProblem(
          .misplaced(what: "market", found: pack.market, expected: folder.lastPathComponent), file: shortPath(file))
      }
      guard pack.version == version else {
        throw RulePackProblem(
          .misplaced(what: "version", found: pack.version, expected: version), file: shortPath(file))
      }
      found.append(pack)
    }
    let ordered = found.sorted { ($0.effectiveFrom, $0.version) < ($1.effectiveFrom, $1.version) }
    return try superseding(ordered, folder: folder)
  }

  /// Ends every pack in force before the next one begins; two packs for one day are an error.
  private static func superseding(_ ordered: [RulePack], folder: URL) throws(RulePackProblem) -> [RulePack] {
    var result = ordered
    var earlier: Int?
    for index in result.indices where result[index].status == .inForce {
      if let earlier {
        let begins = result[index].effectiveFrom
        if result[earlier].effectiveFrom == begins || (result[earlier].effectiveTo.map { $0 >= begins } ?? false) {
          throw RulePackProblem(
            .overlappingDates(
              version: result[index].version, other: result[earlier].version,
              otherFile: result[earlier].version + ".yaml", day: begins),
            file: shortPath(folder.appending(path: result[index].version + ".yaml")))
        }
        result[earlier].effectiveTo = result[earlier].effectiveTo ?? begins.advanced(by: -1)
      }
      earlier = index
    }
    return result
  }

  /// A pack's tree with everything that it inherits.
  fileprivate static func completeTree(of file: URL, descendants: [String]) throws(RulePackProblem) -> RuleNode {
    let folder = file.deletingLastPathComponent()
    return try completeTree(of: file.lastPathComponent, in: folder.lastPathComponent, descendants: descendants) {
      (name) throws(RulePackProblem) in
      let named = folder.appending(path: name)
      guard named == file || FileManager.default.fileExists(atPath: named.path) else { return nil }
      return try text(of: named)
    }
  }

  /// - Parameter text: the text of a file by its name; nil if there is none beside the pack's.
  fileprivate static func completeTree(
    of name: String, in folder: String, descendants: [String],
    text: (String) throws(RulePackProblem) -> String?
  ) throws(RulePackProblem) -> RuleNode {
    let path = folder + "/" + name
    guard let content = try text(name) else {
      throw RulePackProblem(.unreadable(reason: "the file does not open as UTF-8"), file: path)
    }
    let tree = try RuleNode.read(content, file: path)
    guard let inherit = tree.entry(PackKey.inherit.rawValue) else { return tree }
    func problem(_ reason: String) -> RulePackProblem {
      RulePackProblem(.badInheritance(reason: reason), file: tree.file, line: inherit.line)
    }
    guard let base = inherit.value.text, !base.contains("/"), base.hasSuffix(".yaml") else {
      throw problem("was \(inherit.value.found); write the name of a file beside this one, such as 2021-10.yaml")
    }
    guard !(descendants + [name]).contains(base) else {
      throw problem("\(base) inherits from itself; break the circle")
    }
    guard try text(base) != nil else {
      throw problem("there is no file \(base) beside this one; correct the name")
    }
    let lower = try completeTree(of: base, in: folder, descendants: descendants + [name], text: text)
    let own = RuleNode(
      file: tree.file, line: tree.line,
      content: .mapping((tree.entries ?? []).filter { $0.key != PackKey.inherit.rawValue }))
    return own.overriding(lower, inheritable: PackKey.inheritable)
  }

  private static func text(of file: URL) throws(RulePackProblem) -> String {
    do {
      return try String(contentsOf: file, encoding: .utf8)
    } catch {
      throw RulePackProblem(.unreadable(reason: "the file does not open as UTF-8"), file: shortPath(file))
    }
  }

  /// "market/version.yaml".
  private static func shortPath(_ file: URL) -> String {
    file.deletingLastPathComponent().lastPathComponent + "/" + file.lastPathComponent
  }
}
