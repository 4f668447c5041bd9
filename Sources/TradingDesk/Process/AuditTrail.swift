internal import Foundation
internal import MarketData
public import MarketModel
internal import MarketStore

/// The audit trail, or a day's part of it.
public struct AuditTrailReport: Sendable, Encodable {
  public var schema = "spotdesk.audit/1"
  public var entries: [Entry]
  /// Hash of the last entry of the whole trail; who notes it elsewhere can prove later that nothing before was altered.
  public var head: String

  public struct Entry: Sendable, Encodable {
    public var sequence: Int
    /// UTC.
    public var at: String
    public var day: String
    public var actor: String
    public var action: String
    /// JSON, as it was sealed.
    public var content: String
    public var hash: String
  }
}

/// Whether the audit trail is as it was written.
public struct AuditVerification: Sendable, Encodable {
  public var schema = "spotdesk.audit-verification/1"
  public var entries: Int
  public var head: String
  public var isIntact: Bool
  /// One sentence for each entry that was altered, removed or put in.
  public var problems: [String]
  /// What is unusual and proves nothing.
  public var remarks: [String]
}

extension TradingDesk {
  /// Name of the file beside the store that repeats the hash of every entry, one line each.
  static let auditHeadsFile = "audit-heads.txt"

  /// The audit trail, of one day if one is named.
  public func auditTrail(day: MarketDay?) throws -> AuditTrailReport {
    let store = try openStore()
    let all = try inDeskTerms { try store.auditEntries() }
    return AuditTrailReport(
      entries: all.filter { day == nil || $0.day == day }.map(AuditTrailReport.Entry.init),
      head: all.last?.hash ?? AuditEntry.origin)
  }

  /// Computes every hash of the trail again, and compares it with the payloads and with the file of heads.
  ///
  /// - Parameter head: a hash that was noted elsewhere; it must be that of an entry.
  public func verifyAudit(head: String? = nil) throws -> AuditVerification {
    let store = try openStore()
    let entries: [AuditEntry]
    do {
      entries = try store.auditEntries()
    } catch StoreProblem.unreadableRow(_, let reason) {
      return AuditVerification(
        entries: 0, head: "", isIntact: false, problems: ["A row of the audit trail cannot be read: \(reason)."],
        remarks: [])
    } catch {
      return try inDeskTerms { throw error }
    }
    var problems = AuditChain.problems(of: entries)
    problems += try payloadProblems(entries, store: store)
    var remarks: [String] = []
    do {
      let heads = try auditHeads()
      problems += heads.problems(of: entries)
      remarks = heads.remarks(of: entries)
    } catch let problem as DeskProblem {
      problems.append(problem.description)
    }
    if let head, !entries.contains(where: { $0.hash == head.lowercased() }), head != AuditEntry.origin {
      problems.append("The hash \(head) is that of no entry: the trail is not the one that it was taken from.")
    }
    return AuditVerification(
      entries: entries.count, head: entries.last?.hash ?? AuditEntry.origin, isIntact: problems.isEmpty,
      problems: problems, remarks: remarks)
  }

  private func payloadProblems(_ entries: [AuditEntry], store: MarketStore) throws -> [String] {
    var problems: [String] = []
    var seen: Set<String> = []
    for entry in entries {
      guard let day = entry.day, let hash = BidAct.payload(in: entry.content),
        seen.insert("\(day) \(hash)").inserted
      else { continue }
      let document = try inDeskTerms {
        try store.document(BidPayload.kind, strategy: hash, day: day, asOf: .distantFuture)
      }
      if document.map({ sha256($0.content) }) != hash {
        let what = document == nil ? "is gone" : "was altered"
        problems.append("The payload \(hash.prefix(12))… of \(day), named by entry \(entry.sequence), \(what).")
      }
    }
    return problems
  }

  /// Adds one act to the trail; the caller holds the workspace's lock.
  func record(
    _ act: BidAct, day: MarketDay, by actor: String, store: MarketStore, documents: [StoredDocument] = []
  ) throws -> AuditEntry {
    let heads = try auditHeads()
    let entry = try inDeskTerms {
      try store.appendAudit(
        day: day, actor: actor, action: act.action, content: try act.encoded(), at: now(), documents: documents,
        seal: { sha256(Data($0.utf8)) })
    }
    try heads.append(try inDeskTerms { try store.auditEntries() })
    return entry
  }

  private func auditHeads() throws -> AuditHeads {
    try AuditHeads(workspace.directory.appending(path: TradingDesk.auditHeadsFile))
  }
}

extension TradingDesk {
  /// Adds an act that is no step of a day's bids to the trail; the caller holds the workspace's lock.
  func recordAct(_ action: String, _ content: [String: String], by actor: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let text = String(decoding: try encoder.encode(content), as: UTF8.self)
    let (store, heads) = (try openStore(), try auditHeads())
    _ = try inDeskTerms {
      try store.appendAudit(
        day: nil, actor: actor, action: action, content: text, at: now(), seal: { sha256(Data($0.utf8)) })
    }
    try heads.append(try inDeskTerms { try store.auditEntries() })
  }
}

/// Lower-case hexadecimal SHA-256.
func sha256(_ data: Data) -> String {
  let digest = ContentDigest()
  data.withUnsafeBytes { digest.add($0) }
  return digest.finish()
}

/// The chain of hashes itself.
enum AuditChain {
  /// One sentence for each entry that does not follow from the one before it.
  static func problems(of entries: [AuditEntry]) -> [String] {
    var problems: [String] = []
    var previous = AuditEntry.origin
    for (index, entry) in entries.enumerated() {
      if entry.sequence != index + 1, entry.sequence != (index == 0 ? 0 : entries[index - 1].sequence) + 1 {
        problems.append(
          "Entry \(entry.sequence) does not follow entry \(index == 0 ? 0 : entries[index - 1].sequence).")
      }
      if entry.previousHash != previous {
        problems.append("Entry \(entry.sequence) does not name the hash of the entry before it.")
      }
      if sha256(Data(entry.sealedText.utf8)) != entry.hash {
        problems.append("Entry \(entry.sequence) was altered: its hash is not that of its fields.")
      }
      previous = entry.hash
    }
    return problems
  }
}

/// The file of heads: "sequence hash" by line, appended after the entry is in the store.
struct AuditHeads {
  private let file: URL
  private let lines: [String]

  /// - Throws: `DeskProblem` if there is a file that cannot be read: taken for empty, it would be written anew.
  init(_ file: URL) throws {
    self.file = file
    guard FileManager.default.fileExists(atPath: file.path) else {
      lines = []
      return
    }
    let text: String
    do { text = try String(contentsOf: file, encoding: .utf8) } catch {
      throw DeskProblem(
        .badData,
        "\(file.path) cannot be read as text, so that the record of acts cannot be held against it: give it back from a backup."
      )
    }
    lines = text.split(separator: "\n").map(String.init)
  }

  private static func line(_ entry: AuditEntry) -> String { "\(entry.sequence) \(entry.hash)" }

  /// Adds the lines that are missing at the end.
  func append(_ entries: [AuditEntry]) throws {
    guard entries.count > lines.count else { return }
    let text = entries[lines.count...].map { AuditHeads.line($0) + "\n" }.joined()
    let descriptor = open(file.path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    let bytes = Array(text.utf8)
    guard descriptor >= 0, write(descriptor, bytes, bytes.count) == bytes.count else {
      let reason = String(cString: strerror(errno))
      if descriptor >= 0 { close(descriptor) }
      throw DeskProblem(.cannotWrite, "\(file.path) cannot be written: \(reason).")
    }
    close(descriptor)
  }

  /// Entries that differ from their line, and lines whose entry is gone.
  func problems(of entries: [AuditEntry]) -> [String] {
    var problems: [String] = []
    for (line, entry) in zip(lines, entries) where line != AuditHeads.line(entry) {
      problems.append("Entry \(entry.sequence) is not the one that \(file.lastPathComponent) notes.")
    }
    if lines.count > entries.count {
      problems.append(
        "\(file.lastPathComponent) notes \(lines.count) entries; the store holds \(entries.count): the last were removed."
      )
    }
    return problems
  }

  /// A command that was stopped between the store and the file leaves the last line out; the next one adds it.
  func remarks(of entries: [AuditEntry]) -> [String] {
    entries.count > lines.count
      ? ["\(file.lastPathComponent) notes \(lines.count) of \(entries.count) entries; the next act adds the others."]
      : []
  }
}

extension AuditTrailReport.Entry {
  init(_ entry: AuditEntry) {
    self.init(
      sequence: entry.sequence, at: LocalTime.text(entry.at), day: entry.day?.description ?? "", actor: entry.actor,
      action: entry.action, content: entry.content, hash: entry.hash)
  }
}
