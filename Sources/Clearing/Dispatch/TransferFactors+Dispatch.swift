public import PowerSystem
public import UnitCommitment

extension TransferFactors {
  /// The factors of a dispatch case, with its own reference buses.
  ///
  /// - Throws: ``DispatchError/unfit(_:)`` if the susceptances leave the angles open.
  public init(_ system: DispatchCase) throws(DispatchError) {
    do {
      try self.init(
        busCount: system.buses.count, branches: system.branches, references: Set(system.referenceBuses()),
        name: system.name)
    } catch {
      throw .unfit([error])
    }
  }
}
