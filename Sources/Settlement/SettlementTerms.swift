internal import MarketModel
public import MarketRules

/// The settlement rules of one day as they are applied: every one that the pack does not know is replaced by a stated assumption.
public struct SettlementTerms: Hashable, Sendable {
  public let mode: SettlementMode
  public let modeSource: Citation
  public let contractPoint: ContractPoint
  public let contractSource: Citation
  /// Trading intervals in one settlement period.
  public let intervalsPerPeriod: Int
  public let periodPrice: PeriodPriceRule
  public let rounding: RoundingRule
  public let recovery: DeviationRecovery?
  public let recoverySource: Citation?
  /// What was assumed because the pack says "unknown", one sentence each.
  public let assumptions: [String]

  /// - Parameter mode: a convention that the desk states itself; it goes before the pack's.
  /// - Throws: ``SettlementError`` if the settlement period is no whole number of trading intervals.
  public init(_ pack: RulePack, mode stated: SettlementMode? = nil) throws(SettlementError) {
    var notes: [String] = []
    /// The pack's value, or the stand-in with a note.
    func rule<Value>(_ key: String, _ rule: RuleValue<Value>, or standIn: Value, _ text: String) -> (Value, Citation) {
      switch rule {
      case .known(let value, let citation): return (value, citation)
      case .unknown(let reason):
        notes.append("\(pack.name) does not know settlement.\(key) (\(reason)); taken as \(text)")
        return (standIn, Citation(clause: "settlement.\(key) is unknown; taken as \(text)", confidence: .assumed))
      }
    }
    let rules = pack.settlement
    if let stated {
      (mode, modeSource) = (stated, Citation(clause: "stated by the desk with --mode", confidence: .assumed))
    } else {
      (mode, modeSource) = rule("mode", rules.mode, or: .contractForDifference, "contract-for-difference")
    }
    let usual = SettlementTerms.usualPoint(mode)
    (contractPoint, contractSource) = rule("contract_point", rules.contractPoint, or: usual, usual.rawValue)
    let minutes = rule(
      "settlement_minutes", rules.settlementMinutes, or: pack.zone.length.minutes, "the trading interval"
    ).0
    guard minutes > 0, minutes.isMultiple(of: pack.zone.length.minutes) else {
      throw SettlementError(
        .wrong,
        "\(pack.name): a settlement period of \(minutes) minutes is no whole number of trading intervals of \(pack.zone.length.minutes) minutes; correct settlement.settlement_minutes."
      )
    }
    intervalsPerPeriod = minutes / pack.zone.length.minutes
    periodPrice =
      intervalsPerPeriod == 1
      ? .mean : rule("period_price", rules.periodPrice, or: .mean, "the mean of the intervals' prices").0
    rounding = rule("rounding", rules.rounding, or: .line, "once on the line of a day").0
    switch (rules.recoveryBand, rules.recoveryShare) {
    case (.known(let band, let citation), .known(let share, _)):
      recovery = DeviationRecovery(band: partsPerMillion(band), share: partsPerMillion(share))
      recoverySource = citation
    default: (recovery, recoverySource) = (nil, nil)
    }
    assumptions = notes
  }

  /// Terms of a worked example.
  public init(
    mode: SettlementMode, contractPoint: ContractPoint, rounding: RoundingRule = .line,
    recovery: DeviationRecovery? = nil
  ) {
    let citation = Citation(clause: "worked example", confidence: .assumed)
    (self.mode, modeSource, self.contractPoint, contractSource) = (mode, citation, contractPoint, citation)
    (intervalsPerPeriod, periodPrice, self.rounding) = (1, .mean, rounding)
    (self.recovery, recoverySource, assumptions) = (recovery, recovery.map { _ in citation }, [])
  }

  /// Where the texts of a convention have contracts settle unless the pack says otherwise.
  private static func usualPoint(_ mode: SettlementMode) -> ContractPoint {
    switch mode {
    case .realTimeFull: .realTimeUnified
    case .zoneReference: .zone
    case .single: .realTimeNode
    case .contractForDifference, .delta, .twoSettlement: .asContracted
    }
  }
}
