/// What `spotdesk doctor` found, one row for each thing that can be wrong.
public struct HealthReport: Sendable, Encodable {
  public var schema = "spotdesk.doctor/1"
  public var workspace: String
  public var program: String
  /// UTC, by this machine's clock.
  public var now: String
  /// Whether nothing is wrong; warnings do not count.
  public var isHealthy: Bool
  public var checks: [Check]

  public struct Check: Sendable, Encodable, Hashable {
    public var name: HealthCheck
    public var state: State
    /// What was found.
    public var finding: String
    /// What to do; "" where nothing is to be done.
    public var remedy: String

    init(_ name: HealthCheck, _ state: State, _ finding: String, remedy: String = "") {
      (self.name, self.state, self.finding, self.remedy) = (name, state, finding, remedy)
    }
  }

  public enum State: String, Sendable, Encodable, Hashable {
    case good
    /// Works today, and wants somebody's eye.
    case warning
    case bad
    /// Something that it hangs on is bad.
    case unchecked
  }
}

/// What is looked at, in this order.
public enum HealthCheck: String, Sendable, Encodable, CaseIterable, Hashable {
  /// The folder can be read and written, and nothing half-written lies in it.
  case workspace
  /// The database's pages and references fit together.
  case store
  /// The database's tables are those of this program.
  case schema
  /// The chain of hashes over who did what.
  case audit
  /// Whether a command is writing now.
  case lock
  /// Room on the disk.
  case disk
  /// The clock against what was written last.
  case clock
  /// Rule packs of the market, in force today.
  case rules
  /// Holidays of the days to come.
  case calendar
  /// Who may read the file of API keys.
  case keys
}
