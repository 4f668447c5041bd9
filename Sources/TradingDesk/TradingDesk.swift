public import Foundation
internal import MarketData
internal import MarketModel
internal import MarketRules
internal import MarketStore

/// The one application layer: every command, and later every route, calls one of its use cases.
public struct TradingDesk: Sendable {
  public let workspace: Workspace
  let dataDirectory: URL
  let programVersion: String
  /// The only clock.
  let now: @Sendable () -> Date
  let progress: @Sendable (String) -> Void
  /// Whether whoever asked for the work wants it no more; long work asks between two days.
  let isCancelled: @Sendable () -> Bool
  private let rules = RuleLibraryCache()
  /// nil opens the store anew for each use case, as a command does that runs once.
  private var openedStore: OpenStore?

  public init(
    workspace: Workspace, dataDirectory: URL, programVersion: String, now: @escaping @Sendable () -> Date,
    progress: @escaping @Sendable (String) -> Void, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.workspace = workspace
    self.dataDirectory = dataDirectory
    self.programVersion = programVersion
    self.now = now
    self.progress = progress
    self.isCancelled = isCancelled
  }

  /// The same desk for one piece of work that is followed and may be cancelled.
  public func following(
    progress: @escaping @Sendable (String) -> Void, isCancelled: @escaping @Sendable () -> Bool
  ) -> TradingDesk {
    var desk = TradingDesk(
      workspace: workspace, dataDirectory: dataDirectory, programVersion: programVersion, now: now, progress: progress,
      isCancelled: isCancelled)
    desk.openedStore = openedStore
    return desk
  }

  /// The same desk with its store kept open: for a process that answers many questions. A store that cannot be opened now is
  /// opened, or its problem thrown, when a question needs it.
  public func keepingStoreOpen() -> TradingDesk {
    var desk = self
    desk.openedStore = OpenStore()
    _ = try? desk.openStore()
    return desk
  }

  /// - Throws: `DeskProblem` "cancelled" if the work is wanted no more.
  func checkCancelled() throws {
    if isCancelled() { throw DeskProblem(.cancelled, "The work was cancelled; nothing of it was kept.") }
  }

  /// Names of the settings that the store keeps.
  enum Setting {
    static let market = "market"
    static let simulated = "simulated"
    /// Seed of the demonstration province.
    static let seed = "seed"
    /// What was planted into a simulated market, one sentence a line.
    static let planted = "planted"
  }

  func library() throws -> RulePackLibrary {
    do {
      return try rules.library(in: dataDirectory.appending(path: "rules"))
    } catch {
      throw DeskProblem(.badData, "\(error)")
    }
  }

  func openStore() throws -> MarketStore {
    guard workspace.exists else { throw noWorkspace() }
    let path = workspace.storeFile.path
    return try inDeskTerms { try openedStore?.store(at: path) ?? MarketStore(path: path) }
  }

  func noWorkspace() -> DeskProblem {
    DeskProblem(
      .missingInput,
      "\(workspace.directory.path) is no workspace: it holds no spotdesk.sqlite. Create one with `spotdesk init`, or name another with --workspace."
    )
  }

  /// Takes the workspace for writing while `work` runs.
  func locked<Result>(_ work: () throws -> Result) throws -> Result {
    let folder = workspace.directory.path
    let lock = try lockInDeskTerms { () throws(WorkspaceLockProblem) in try WorkspaceLock(workspace: folder) }
    return try withExtendedLifetime(lock) { try work() }
  }

  /// The rule pack that is in force on a day for the workspace's market, or for another one.
  func rulePack(on day: MarketDay, market: String?, store: MarketStore) throws -> RulePack {
    let named = try market ?? inDeskTerms { try store.setting(Setting.market) }
    guard let named else {
      throw DeskProblem(
        .missingInput,
        "\(workspace.directory.path) has no market. Name one with --rules; `spotdesk rules` lists them.")
    }
    return try inDeskTerms { try library().pack(for: named, on: day) }
  }
}

/// Takes a lock, and says that another command has it as the desk's problem.
func lockInDeskTerms(_ lock: () throws(WorkspaceLockProblem) -> WorkspaceLock) throws -> WorkspaceLock {
  do {
    return try lock()
  } catch {
    if case .held = error { throw DeskProblem(.busy, error.description) }
    throw DeskProblem(.cannotWrite, error.description)
  }
}
