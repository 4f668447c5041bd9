/// What a command on files did, in sentences.
public struct WorkspaceReport: Sendable, Encodable {
  public var schema = "spotdesk.workspace/1"
  public var workspace: String
  public var rows: Int
  public var days: Int
  public var skippedDays: Int
  public var changed: Bool
  public var sentences: [String]
}
