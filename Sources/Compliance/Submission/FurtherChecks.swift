private func check(
  _ id: String, _ title: String, _ severity: CheckSeverity, _ stage: CheckStage,
  _ run: @escaping @Sendable (inout Evaluation) -> Void
) -> ComplianceCheck {
  ComplianceCheck(id: id, title: title, severity: severity, stage: stage, run: run)
}

/// Checks of one bid that need more than the bid, its unit's limits and the rules of curves.
let furtherBidChecks: [ComplianceCheck] = [
  check("C08", "charge and discharge do not cross", .stop, .preSubmit, checkStoragePrices),
  check("C11", "locked price bands", .block, .preSubmit, checkLockedBands),
  check("P10", "state of charge", .block, .drafting, checkStateOfCharge),
  check("P11", "storage cycles", .warn, .drafting, checkCycles),
  check("P12", "offer within the forecast", .block, .preSubmit, checkForecastBound),
  check("E02", "coal quality", .warn, .drafting, checkCoalQuality),
  check("E03", "heat supply", .block, .drafting, checkHeatSupply),
  check("E04", "minimum heating mode as filed", .block, .preSubmit, checkHeatingMode),
  check("R02", "over-contracted intervals", .stop, .drafting, checkOverContract),
  check("M03", "reference price", .stop, .preSubmit, checkReferencePrice),
  check("M04", "economic withholding", .stop, .preSubmit, checkEconomicWithholding),
  check("M05", "physical withholding", .stop, .preSubmit, checkPhysicalWithholding),
  check("M06", "conduct test", .stop, .preSubmit, checkConduct),
  check("M08", "similarity with other groups' bids", .stop, .preSubmit, checkSimilarity),
  check("M09", "sudden change of shape", .warn, .preSubmit, checkShapeChange),
  check("M10", "changes of parameters", .warn, .preSubmit, checkParameterChanges),
  check("D07", "echo of the platform", .block, .preSubmit, checkEcho),
  check("D08", "complete results", .stop, .afterClearing, checkResults),
]

/// Checks of the book, the company and the desk.
let bookChecks: [ComplianceCheck] = [
  check("F12", "layout of the statement", .stop, .afterClearing, checkStatementLayout),
  check("C12", "block orders", .block, .preSubmit, checkBlocks),
  check("E01", "coal stock", .stop, .drafting, checkCoalStock),
  check("E05", "emission quota", .stop, .drafting, checkEmissions),
  check("E06", "carbon position", .warn, .monthly, checkCarbon),
  check("E07", "cap on coal burned", .stop, .drafting, checkBurnCap),
  check("E08", "limestone, ammonia, water", .warn, .drafting, checkMaterials),
  check("R01", "contract coverage", .stop, .monthly, checkCoverage),
  check("R03", "coverage by interval", .warn, .drafting, checkIntervalCoverage),
  check("R04", "spread exposure", .stop, .preSubmit, checkSpread),
  check("R05", "tail loss", .stop, .preSubmit, checkTail),
  check("R06", "retail book matched", .stop, .drafting, checkRetail),
  check("R07", "credit", .block, .preSubmit, checkCredit),
  check("R08", "mechanism energy", .stop, .monthly, checkMechanism),
  check("R09", "green certificates", .block, .monthly, checkCertificates),
  check("R10", "deviation", .warn, .afterClearing, checkDeviation),
  check("M01", "residual supply index", .warn, .preSubmit, checkResidualSupply),
  check("M02", "three pivotal suppliers", .warn, .preSubmit, checkPivotal),
  check("M07", "impact test", .stop, .preSubmit, checkImpact),
  check("M11", "separation of generation and retail", .block, .monthly, checkSeparation),
  check("D01", "deadlines", .stop, .preSubmit, checkDeadlines),
  check("D02", "fresh data", .stop, .preSubmit, checkFreshness),
  check("D03", "plausible forecasts", .stop, .preSubmit, checkForecasts),
  check("D04", "nothing from the future", .block, .drafting, checkLeakage),
  check("D05", "maker and checker", .block, .preSubmit, checkApproval),
  check("D06", "seal", .block, .preSubmit, checkSeal),
  check("D09", "statement against our own figures", .stop, .afterClearing, checkStatement),
  check("D10", "dispute window and new rules", .stop, .monthly, checkDispute),
]
