public import Foundation
import GRDB
public import MarketModel

extension MarketStore {
  /// Adds an entry to the end of the audit trail, and the documents that belong to it, all or none.
  ///
  /// - Parameter seal: the hash of the entry's ``AuditEntry/sealedText``.
  public func appendAudit(
    day: MarketDay?, actor: String, action: String, content: String, at: Date, documents: [StoredDocument] = [],
    seal: (String) -> String
  ) throws(StoreProblem) -> AuditEntry {
    try writing { database in
      let last = try Row.fetchOne(
        database, sql: "SELECT sequence, hash FROM audit_entries ORDER BY sequence DESC LIMIT 1")
      // The instant as it will be read back.
      let instant = StoredInstant.date(StoredInstant.microseconds(at))
      let unsealed = AuditEntry(
        sequence: (last?["sequence"] ?? 0) + 1, at: instant, day: day, actor: actor, action: action, content: content,
        previousHash: last?["hash"] ?? AuditEntry.origin, hash: "")
      let hash = seal(unsealed.sealedText)
      try database.execute(
        sql: "INSERT INTO audit_entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          unsealed.sequence, StoredInstant.microseconds(instant), day?.dayNumber, actor, action, content,
          unsealed.previousHash, hash,
        ])
      for document in documents { try MarketStore.insertOnce(document, database) }
      return AuditEntry(
        sequence: unsealed.sequence, at: instant, day: day, actor: actor, action: action, content: content,
        previousHash: unsealed.previousHash, hash: hash)
    }
  }

  /// The audit trail from its first entry on, as the store holds it; nothing is verified here.
  public func auditEntries() throws(StoreProblem) -> [AuditEntry] {
    try reading { database in
      try Row.fetchAll(database, sql: "SELECT * FROM audit_entries ORDER BY sequence").map { row in
        guard let sequence = Int.fromDatabaseValue(row["sequence"]),
          let at = Int64.fromDatabaseValue(row["at_us"]), let actor = String.fromDatabaseValue(row["actor"]),
          let action = String.fromDatabaseValue(row["action"]),
          let content = String.fromDatabaseValue(row["content"]),
          let previous = String.fromDatabaseValue(row["previous_hash"]),
          let hash = String.fromDatabaseValue(row["hash"])
        else {
          throw StoreProblem.unreadableRow(table: "audit_entries", reason: "a field of \(row) is not of its kind")
        }
        return AuditEntry(
          sequence: sequence, at: StoredInstant.date(at),
          day: Int.fromDatabaseValue(row["day"]).map { MarketDay(dayNumber: $0) }, actor: actor, action: action,
          content: content, previousHash: previous, hash: hash)
      }
    }
  }

  /// A document whose name is the hash of its content is kept once, whenever it was.
  private static func insertOnce(_ document: StoredDocument, _ database: Database) throws {
    let known = try Bool.fetchOne(
      database, sql: "SELECT 1 FROM documents WHERE kind = ? AND strategy = ? AND day = ?",
      arguments: [document.kind, document.strategy, document.day.dayNumber])
    guard known == nil else { return }
    try database.execute(
      sql: "INSERT INTO documents VALUES (?, ?, ?, ?, ?)",
      arguments: [
        document.day.dayNumber, document.kind, document.strategy,
        StoredInstant.microseconds(document.availableAt), document.content,
      ])
  }
}
