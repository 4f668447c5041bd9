internal import Foundation
internal import MarketData
internal import MarketModel
internal import MarketStore
internal import Settlement

extension TradingDesk {
  /// The operator's file against our statement of the same days.
  func reconciliation(
    _ run: SettlementRun, file: URL, layout name: String?, days: MarketDayRange
  ) throws -> SettlementReport.ReconciliationView {
    let table = try readTable(file)
    guard !table.rows.isEmpty else {
      throw DeskProblem(.badData, "\(table.file) has a header and no line; export it again.")
    }
    let market = try run.rules.map { String($0.split(separator: "/")[0]) } ?? marketName(run.store)
    let layout = try StatementLayout.matching(
      table, named: name, market: market, day: days.first, among: StatementLayout.all(in: dataDirectory))
    let lines = try layout.lines(table, length: run.days.first?.periodMinutes ?? 15)
    try requireWholeDays(lines, run, file: table.file)
    let found = try inSettlementTerms { try reconcile(run.statement, with: lines, currency: run.statement.currency) }
    return SettlementReport.ReconciliationView(
      found, file: table.file, layout: layout.name, deadline: deadline(run, last: days.last),
      causes: DifferenceCause.allCases.map { cause in (cause, found.differences.filter { $0.cause == cause }) })
  }

  private func marketName(_ store: MarketStore) throws -> String {
    try inDeskTerms { try store.setting(Setting.market) } ?? ""
  }

  /// A statement must be of our days, and of all of them.
  private func requireWholeDays(_ lines: [OperatorLine], _ run: SettlementRun, file: String) throws {
    let settled = run.days.map(\.day)
    let stated = Set(lines.map(\.key.day))
    if let other = stated.subtracting(settled).min() {
      throw DeskProblem(
        .badData,
        "\(file) has lines of \(other), which is not among the settled days \(settled[0]) to \(settled[settled.count - 1]); settle that day, or take another file."
      )
    }
    let unique = Set(lines.map(\.key)).count
    if lines.count >= 2 * unique {
      throw DeskProblem(
        .badData,
        "\(file) holds the same statement \(lines.count / max(unique, 1)) times: each of its \(unique) lines stands again; take one copy."
      )
    }
    guard let minutes = run.days.first?.periodMinutes, lines.contains(where: { $0.key.period > 0 }) else { return }
    for day in settled where stated.contains(day) {
      let periods = Set(lines.filter { $0.key.day == day }.map(\.key.period))
      let last = periods.max() ?? 0
      let whole = run.statement.lines.first { $0.day == day && !$0.periods.isEmpty }?.periods.count ?? 1_440 / minutes
      if periods.count <= whole / 2 || last <= whole / 2 {
        throw DeskProblem(
          .badData,
          "\(file) covers \(periods.count) of \(whole) settlement periods of \(day), up to period \(last); a part of the day is missing, ask for the whole statement."
        )
      }
    }
  }

  /// The last day on which the statement may be disputed: of the day after delivery on which it comes.
  private func deadline(_ run: SettlementRun, last: MarketDay) -> (day: MarketDay?, sentence: String) {
    guard let settled = run.days.last, let window = settled.disputeDays else {
      return (
        nil,
        "The deadline for a dispute is not known: \(run.days.last?.packName ?? "the pack") does not know settlement.dispute_days; ask the operator today."
      )
    }
    let day = last.advanced(by: 1 + window)
    return (day, "A dispute is possible until \(day): \(window) days after the statement of \(last.advanced(by: 1)).")
  }
}
