public import Foundation
import GRDB
public import MarketModel

/// Why the store refused. The cases hold the facts; `description` makes the sentences.
public enum StoreProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The disk has no room left.
  case diskFull(path: String)
  /// Another process holds the database.
  case locked(path: String)
  /// The database's pages contradict each other.
  case corrupt(path: String)
  /// The file is something else.
  case notADatabase(path: String)
  /// The file cannot be opened or written: folder missing, no permission.
  case unavailable(path: String, reason: String)
  /// The database was made by a later version of the program.
  case newerSchema(path: String)
  /// A value that is known already was given again with another figure.
  case contradiction(Contradiction)
  /// A document, state or register is known already at that instant, with another content.
  case alreadyKnown(what: String, availableAt: Date)
  /// A row of the store cannot be turned into a value.
  case unreadableRow(table: String, reason: String)
  /// A value cannot be kept: not a number, or of the wrong length.
  case unfit(what: String, reason: String)
  /// SQLite's own words, for what has no case above.
  case failed(path: String, reason: String)

  /// The two sides of a contradiction.
  public struct Contradiction: Hashable, Sendable {
    public let series: SeriesKey
    public let day: MarketDay
    /// "08:15": the end of the interval.
    public let interval: String
    public let availableAt: Date
    public let knownValue: Double
    public let knownFile: String
    public let newValue: Double
    public let newFile: String
  }

  public var description: String {
    switch self {
    case .diskFull(let path): "The disk with \(path) is full: nothing was changed. Make room and run the command again."
    case .locked(let path): "\(path) is locked by another process; wait for it or stop it."
    case .corrupt(let path): "\(path) is damaged. Restore it from a copy, or import the files into a new workspace."
    case .notADatabase(let path): "\(path) is not a SpotDesk database. Check the path of the workspace."
    case .unavailable(let path, let reason): "\(path) cannot be opened or written: \(reason)."
    case .newerSchema(let path):
      "\(path) was made by a newer version of SpotDesk. Use that version, or another workspace."
    case .contradiction(let facts): facts.sentence
    case .alreadyKnown(let what, let availableAt):
      "\(what) is known already as of \(instantText(availableAt)) with another content. Nothing was changed."
    case .unreadableRow(let table, let reason):
      "A row of table \(table) cannot be read: \(reason). Restore the database from a copy."
    case .unfit(let what, let reason): "\(what) cannot be kept: \(reason)."
    case .failed(let path, let reason): "\(path): the database reports \"\(reason)\". Nothing was changed."
    }
  }
}

extension StoreProblem.Contradiction {
  var sentence: String {
    "\(series), \(day) \(interval): \(newFile) says \(newValue), but \(knownValue) is known from \(knownFile) for the "
      + "same time of publication (\(instantText(availableAt))). Nothing of the file was imported. Check which file "
      + "is right; a correction needs its own time of publication."
  }
}

extension StoreProblem {
  /// The problem that a SQLite error means for the file at `path`.
  init(_ error: DatabaseError, path: String) {
    let reason = error.message ?? "error \(error.resultCode.rawValue)"
    // The file of shared memory beside the database cannot grow: a disk without any room.
    if error.extendedResultCode == .SQLITE_IOERR_SHMSIZE {
      self = .diskFull(path: path)
      return
    }
    switch error.resultCode {
    case .SQLITE_FULL: self = .diskFull(path: path)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(path: path)
    case .SQLITE_CORRUPT: self = .corrupt(path: path)
    case .SQLITE_NOTADB: self = .notADatabase(path: path)
    case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_IOERR:
      self = .unavailable(path: path, reason: reason)
    default: self = .failed(path: path, reason: reason)
    }
  }

  /// Any error of the database layer as a `StoreProblem`.
  static func from(_ error: any Error, path: String) -> StoreProblem {
    switch error {
    case let problem as StoreProblem: problem
    case let error as DatabaseError: StoreProblem(error, path: path)
    default: .failed(path: path, reason: "\(error)")
    }
  }
}

/// "2023-03-14T08:45:00Z": an instant for a sentence.
func instantText(_ instant: Date) -> String { instant.ISO8601Format() }
