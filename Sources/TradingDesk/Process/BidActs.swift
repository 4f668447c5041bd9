public import Foundation
internal import MarketData
public import MarketModel
internal import MarketStore

/// The acts on the bids of a day. Each takes the workspace's lock, asks ``BidProcess`` whether it is allowed, and adds
/// one entry to the audit trail; an act that is refused leaves nothing.
extension TradingDesk {
  /// How far the bids of a day have come; changes nothing.
  public func bidStatus(_ day: MarketDay) throws -> BidStatus {
    let store = try openStore()
    return try status(try bidProcess(day, store), day, store)
  }

  /// Makes a bid file (CSV or XLSX) the draft of a day; by default the prepared day's bids.csv.
  public func draftBids(_ day: MarketDay, file: URL?, by actor: String) throws -> BidStatus {
    let file = file ?? workspace.dayDirectory(day).appending(path: "bids.csv")
    return try act(day, by: actor) { store, _ in
      let payload = try payload(from: file, day: day)
      let pack = try PreparedLimits(day, store: store, desk: self).pack
      let draft = BidAct.Draft(
        payload: payload.hash, source: file.lastPathComponent, units: payload.units, rulePack: pack.name)
      return (.draft(draft), [document(payload, day)])
    }
  }

  /// Writes down that a named person overrides a check that stops a bid, and why.
  public func overrideCheck(
    _ check: String, unit: String, reason: String, day: MarketDay, by actor: String
  ) throws -> BidStatus {
    try act(day, by: actor) { _, process in
      (.override(BidAct.Override(payload: process.payload ?? "", check: check, unit: unit, reason: reason)), [])
    }
  }

  /// Approves the checked draft; refused to who drafted it, and while a violation stands.
  public func approveBids(_ day: MarketDay, by actor: String) throws -> BidStatus {
    try act(day, by: actor) { _, process in (.approve(BidAct.Payload(payload: process.payload ?? "")), []) }
  }

  /// Seals the approved payload: its hash is computed again from what the store holds.
  public func sealBids(_ day: MarketDay, by actor: String) throws -> BidStatus {
    try act(day, by: actor) { store, process in
      guard let hash = process.payload else { return (.seal(BidAct.Payload(payload: "")), []) }
      return (.seal(BidAct.Payload(payload: try storedPayload(hash, day: day, store: store).hash)), [])
    }
  }

  /// Stores the platform's receipt for the sealed payload.
  public func submitBids(_ day: MarketDay, receipt: String, by actor: String) throws -> BidStatus {
    try act(day, by: actor) { _, process in
      (.submit(BidAct.Submission(payload: process.payload ?? "", receipt: receipt)), [])
    }
  }

  /// Registers a bid file as what the operator takes for units without a bid, from a day on.
  public func registerDefaultBids(_ file: URL, from day: MarketDay, by actor: String) throws {
    _ = try act(day, by: actor) { store, _ in
      let payload = try payload(from: file, day: day)
      let pack = try rulePack(on: day, market: nil, store: store)
      let draft = BidAct.Draft(
        payload: payload.hash, source: file.lastPathComponent, units: payload.units, rulePack: pack.name)
      return (.registerDefault(draft), [document(payload, day)])
    }
  }

  /// Does one act: decided from the process as it stands, applied, then recorded.
  func act(
    _ day: MarketDay, by actor: String,
    _ decide: (MarketStore, BidProcess) throws -> (act: BidAct, documents: [StoredDocument])
  ) throws -> BidStatus {
    let store = try openStore()
    return try locked {
      var process = try bidProcess(day, store)
      let decision = try decide(store, process)
      try process.apply(decision.act, by: actor)
      _ = try record(decision.act, day: day, by: actor, store: store, documents: decision.documents)
      return try status(process, day, store)
    }
  }

  func bidProcess(_ day: MarketDay, _ store: MarketStore) throws -> BidProcess {
    BidProcess(try inDeskTerms { try store.auditEntries() }, day: day)
  }

  private func status(_ process: BidProcess, _ day: MarketDay, _ store: MarketStore) throws -> BidStatus {
    let units = try process.payload.map { try storedPayload($0, day: day, store: store).units }
    return BidStatus(process, day: day, units: units ?? 0)
  }

  /// A payload of the store; one whose bytes do not have its name's hash is refused.
  func storedPayload(_ hash: String, day: MarketDay, store: MarketStore) throws -> BidPayload {
    let document = try inDeskTerms {
      try store.document(BidPayload.kind, strategy: hash, day: day, asOf: .distantFuture)
    }
    guard let document, sha256(document.content) == hash else {
      throw DeskProblem(
        .badData, "The payload \(hash.prefix(12))… of \(day) is not what was drafted. Run `spotdesk audit verify`.")
    }
    return try inDeskTerms { try BidPayload(stored: document.content, name: "payload \(hash.prefix(12))") }
  }

  private func payload(from file: URL, day: MarketDay) throws -> BidPayload {
    BidPayload(try bidRows(file, day: day), day: day)
  }

  /// The segments of a bid file, all of one day.
  func bidRows(_ file: URL, day: MarketDay) throws -> [BidSegmentRow] {
    guard FileManager.default.fileExists(atPath: file.path) else {
      throw DeskProblem(
        .missingInput, "\(file.path) does not exist; name a bid file, or run `spotdesk day \(day)` first.")
    }
    let rows = try inDeskTerms { try BidSegmentRow.read(from: file) }
    guard !rows.isEmpty else {
      throw DeskProblem(.badData, "\(file.path) holds no segments; it needs one row for each.")
    }
    if let other = rows.first(where: { $0.day != nil && $0.day != day }), let found = other.day {
      throw DeskProblem(.badData, "\(file.path):\(other.line): the market day is \(found), not \(day).")
    }
    return rows
  }

  private func document(_ payload: BidPayload, _ day: MarketDay) -> StoredDocument {
    StoredDocument(
      day: day, kind: BidPayload.kind, strategy: payload.hash, content: payload.content, availableAt: now())
  }
}
