/// What an archive holds, so that a restored workspace can be proved to be the one that was backed up.
struct BackupManifest: Sendable, Codable, Hashable {
  static let schemaName = "spotdesk.backup-manifest/1"
  /// The last two files of an archive: the manifest, and its own SHA-256.
  static let fileName = "manifest.json"
  static let sealName = "manifest.sha256"

  var schema = BackupManifest.schemaName
  var program: String
  /// Name of the folder that was backed up.
  var workspace: String
  /// UTC.
  var createdAt: String
  /// Changes that the store's tables had had.
  var migrations: [String]
  /// In the order of the archive.
  var files: [File]

  struct File: Sendable, Codable, Hashable {
    var path: String
    var bytes: Int
    var sha256: String
  }
}
