internal import Foundation
internal import MarketModel
internal import MarketRules
internal import MarketStore

extension TradingDesk {
  /// Looks at everything that a day hangs on; changes nothing.
  ///
  /// - Throws: `DeskProblem` "missing input" if there is no workspace.
  public func examine() throws -> HealthReport {
    guard workspace.exists else { throw noWorkspace() }
    var checks = [folderCheck()]
    var condition: StoreCondition?
    do {
      let found = try MarketStore.condition(of: workspace.storeFile.path)
      condition = found
      checks.append(storeCheck(found))
    } catch {
      checks.append(.init(.store, .bad, error.description, remedy: HealthReport.restoring))
    }
    checks.append(schemaCheck(condition))
    checks.append(
      condition?.isReadable == true ? auditCheck() : .init(.audit, .unchecked, "the store has to be mended first"))
    checks.append(lockCheck())
    checks.append(diskCheck(storeBytes: condition?.bytes ?? 0))
    checks.append(clockCheck(lastWrittenAt: condition?.lastWrittenAt))
    checks += rulesChecks(market: condition?.market)
    checks.append(keysCheck())
    return HealthReport(
      workspace: workspace.directory.path, program: programVersion, now: now().formatted(.iso8601),
      isHealthy: !checks.contains { $0.state == .bad }, checks: checks)
  }

  private func storeCheck(_ condition: StoreCondition) -> HealthReport.Check {
    let size = byteText(condition.bytes)
    if let first = condition.damage.first {
      return .init(
        .store, .bad, "\(workspace.storeFile.path) is damaged: \(first) (\(condition.damage.count) findings)",
        remedy: HealthReport.restoring)
    }
    if condition.danglingRows > 0 {
      return .init(
        .store, .bad, "\(condition.danglingRows) rows name rows that are not there", remedy: HealthReport.restoring)
    }
    return .init(.store, .good, "\(size), every page read")
  }

  private func schemaCheck(_ condition: StoreCondition?) -> HealthReport.Check {
    guard let condition else { return .init(.schema, .unchecked, "the store cannot be read") }
    if !condition.unknownMigrations.isEmpty {
      return .init(
        .schema, .bad, "made by a newer version: \(condition.unknownMigrations.joined(separator: ", "))",
        remedy: "Use that version, or restore the backup from before the upgrade.")
    }
    guard let last = condition.appliedMigrations.last else {
      return .init(
        .schema, .bad, "the database holds no tables of SpotDesk", remedy: "Check the path, or restore a backup.")
    }
    guard condition.missingMigrations.isEmpty else {
      return .init(
        .schema, .warning, "\"\(last)\"; to come: \(condition.missingMigrations.joined(separator: ", "))",
        remedy: "Back up; the next command that opens the store brings it up to date.")
    }
    return .init(.schema, .good, "\"\(last)\", the newest of this program")
  }

  private func auditCheck() -> HealthReport.Check {
    do {
      let found = try verifyAudit()
      guard let first = found.problems.first else {
        return .init(.audit, .good, "\(found.entries) entries, chain intact" + found.remarks.map { "; " + $0 }.joined())
      }
      return .init(
        .audit, .bad, first + (found.problems.count > 1 ? " And \(found.problems.count - 1) more." : ""),
        remedy: "`spotdesk audit verify` lists them; find out who altered the record before you restore a backup.")
    } catch {
      return .init(.audit, .bad, "\(error)", remedy: HealthReport.restoring)
    }
  }

  /// The rule packs, and the calendar of the market's zone for the next sixty days.
  private func rulesChecks(market: String?) -> [HealthReport.Check] {
    do {
      let library = try library()
      let count = "\(library.packs.count) packs of \(library.markets.count) markets read"
      guard let market else {
        return [
          .init(.rules, .warning, count + "; the workspace has no market", remedy: "Name one with --rules."),
          .init(.calendar, .unchecked, "the workspace has no market"),
        ]
      }
      let newest = try library.newestPack(of: market)
      let today = today(in: newest.zone, at: now())
      guard let pack = try? library.pack(for: market, on: today) else {
        let row = HealthReport.Check(
          .rules, .bad, count + "; none of \(market) is in force on \(today)",
          remedy: "Put the market's present rules into a pack; see data/rules/README.md.")
        return [row, calendarCheck(zone: newest.zone, today: today)]
      }
      return [
        .init(.rules, .good, count + "; \(market) \(pack.version) is in force"),
        calendarCheck(zone: pack.zone, today: today),
      ]
    } catch {
      return [
        .init(.rules, .bad, "\(error)", remedy: "Install the program's data again, or set SPOTDESK_DATA."),
        .init(.calendar, .unchecked, "the rule packs cannot be read"),
      ]
    }
  }

  private func calendarCheck(zone: MarketZone, today: MarketDay) -> HealthReport.Check {
    do {
      let calendar = try HolidayCalendar(folder: calendarFolder, zone: zone)
      let notes = calendar.notes(for: today) + calendar.notes(for: today.advanced(by: 60))
      guard let note = notes.first else { return .init(.calendar, .good, "holidays of the next 60 days are known") }
      return .init(
        .calendar, .warning, note, remedy: "Add the official list to data/calendars; its README.md says how.")
    } catch {
      return .init(
        .calendar, .bad, "\(error)", remedy: "Mend the file named, or install the program's data again.")
    }
  }
}

extension StoreCondition {
  /// Whether this program can read it without changing its tables.
  fileprivate var isReadable: Bool {
    isSound && unknownMigrations.isEmpty && missingMigrations.isEmpty && !appliedMigrations.isEmpty
  }
}

extension HealthReport {
  static let restoring =
    "Stop all commands, move the workspace away (keep it), and `spotdesk restore` the last backup."
}

/// "31 MB".
func byteText(_ bytes: Int) -> String {
  let units = [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)]
  guard let unit = units.first(where: { bytes >= $0.1 }) else { return "\(bytes) B" }
  let tenths = (bytes * 10 + unit.1 / 2) / unit.1
  return tenths < 100 ? "\(tenths / 10).\(tenths % 10) \(unit.0)" : "\((tenths + 5) / 10) \(unit.0)"
}
