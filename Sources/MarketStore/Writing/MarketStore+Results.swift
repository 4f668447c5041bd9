public import Foundation
import GRDB
public import MarketModel

/// A unit as a strategy's day leaves it.
public struct StoredUnitState: Hashable, Sendable {
  /// Name of the strategy whose schedule led to the state; "" for what really happened.
  public let strategy: String
  public let day: MarketDay
  public let unit: UnitID
  /// At the end of the day.
  public let state: UnitState
  public let availableAt: Date

  public init(strategy: String, day: MarketDay, unit: UnitID, state: UnitState, availableAt: Date) {
    self.strategy = strategy
    self.day = day
    self.unit = unit
    self.state = state
    self.availableAt = availableAt
  }
}

/// What a later stage made for a day: a forecast, bids, a review, as bytes of its own format.
public struct StoredDocument: Hashable, Sendable {
  public let day: MarketDay
  /// As "forecast", "bids": the stage's own name for it.
  public let kind: String
  public let strategy: String
  public let content: Data
  public let availableAt: Date

  public init(day: MarketDay, kind: String, strategy: String, content: Data, availableAt: Date) {
    self.day = day
    self.kind = kind
    self.strategy = strategy
    self.content = content
    self.availableAt = availableAt
  }
}

/// What saving does where the same thing is known already as of the same instant, with another content.
public enum KnownResult: Hashable, Sendable {
  /// It throws `StoreProblem.alreadyKnown`.
  case refuse
  /// The new content takes its place.
  case replace
}

extension MarketStore {
  /// Keeps the states in which a day leaves its units, all or none.
  public func save(unitStates: [StoredUnitState], ifKnown: KnownResult) throws(StoreProblem) {
    try writing { database in
      for state in unitStates { try UnitStateRecord.save(state, database, ifKnown: ifKnown) }
    }
  }

  /// The state in which a unit enters a day under a strategy: the end of the latest earlier day that was known at
  /// `asOf`, with that day; nil if none was.
  public func unitState(
    of unit: UnitID, strategy: String, before day: MarketDay, asOf: Date
  ) throws(StoreProblem) -> StoredUnitState? {
    try reading { database in
      try Row.fetchOne(
        database,
        sql: """
          SELECT * FROM unit_states WHERE strategy = ? AND unit = ? AND day < ? AND available_at_us <= ?
          ORDER BY day DESC, available_at_us DESC LIMIT 1
          """, arguments: [strategy, unit.text, day.dayNumber, StoredInstant.microseconds(asOf)]
      ).map(UnitStateRecord.state)
    }
  }

  /// Keeps a document.
  public func save(document: StoredDocument, ifKnown: KnownResult) throws(StoreProblem) {
    try writing { database in
      let availableAt = StoredInstant.microseconds(document.availableAt)
      let known = try Data.fetchOne(
        database,
        sql: "SELECT content FROM documents WHERE kind = ? AND strategy = ? AND day = ? AND available_at_us = ?",
        arguments: [document.kind, document.strategy, document.day.dayNumber, availableAt])
      if known == document.content { return }
      guard known == nil || ifKnown == .replace else {
        throw StoreProblem.alreadyKnown(
          what: "The document \"\(document.kind)\" of \(document.day), strategy \"\(document.strategy)\",",
          availableAt: document.availableAt)
      }
      try database.execute(
        sql: "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?)",
        arguments: [document.day.dayNumber, document.kind, document.strategy, availableAt, document.content])
    }
  }

  /// The latest document of a day that was known at `asOf`; nil if none was.
  public func document(
    _ kind: String, strategy: String, day: MarketDay, asOf: Date
  ) throws(StoreProblem) -> StoredDocument? {
    try documents(kind, strategy: strategy, from: day, through: day, asOf: asOf).first
  }

  /// For each day of a range, the latest document that was known at `asOf`, in order of the days.
  public func documents(
    _ kind: String, strategy: String, from first: MarketDay, through last: MarketDay, asOf: Date
  ) throws(StoreProblem) -> [StoredDocument] {
    try reading { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT day, max(available_at_us) AS available_at_us, content FROM documents
          WHERE kind = ? AND strategy = ? AND day BETWEEN ? AND ? AND available_at_us <= ?
          GROUP BY day ORDER BY day
          """,
        arguments: [kind, strategy, first.dayNumber, last.dayNumber, StoredInstant.microseconds(asOf)]
      ).map {
        StoredDocument(
          day: MarketDay(dayNumber: $0["day"]), kind: kind, strategy: strategy, content: $0["content"],
          availableAt: StoredInstant.date($0["available_at_us"]))
      }
    }
  }

  /// Keeps a setting of the workspace; it is no history and has no time.
  public func setSetting(_ key: String, to value: String) throws(StoreProblem) {
    try writing {
      try $0.execute(sql: "INSERT OR REPLACE INTO settings VALUES (?, ?)", arguments: [key, value])
    }
  }

  /// A setting of the workspace, or nil if it has none.
  public func setting(_ key: String) throws(StoreProblem) -> String? {
    try reading { try String.fetchOne($0, sql: "SELECT value FROM settings WHERE key = ?", arguments: [key]) }
  }
}
