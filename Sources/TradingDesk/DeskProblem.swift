/// What the desk could not do, in one sentence; the command line turns the kind into an exit code.
public struct DeskProblem: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: Hashable, Sendable {
    /// A file, row, field or rule pack is wrong.
    case badData
    /// A file or workspace is not there.
    case missingInput
    /// Something that was asked for is not known: a day without prices, a market without rules.
    case notFound
    /// No schedule or programme satisfies all constraints.
    case infeasible
    /// Another command holds the workspace.
    case busy
    /// A file cannot be written.
    case cannotWrite
    /// Whoever asked for it wants it no more.
    case cancelled
    /// The desk's own rules do not allow it: a step out of order, somebody who may not do it, an open violation.
    case refused
    /// A defect of ours.
    case internalError
  }

  public let kind: Kind
  public let description: String

  public init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
