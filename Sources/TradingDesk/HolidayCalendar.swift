internal import Foundation
internal import MarketData
internal import MarketModel

/// Public holidays and shifted workdays from `data/calendars`, for the years that have a file.
struct HolidayCalendar {
  private(set) var holidays: Set<MarketDay> = []
  private(set) var shiftedWorkdays: Set<MarketDay> = []
  private var years: Set<Int> = []
  private let prefix: String

  /// The calendar of a market's zone; `zones.csv` names the prefix of its files, as "cn" of `cn-2025.csv`.
  init(folder: URL, zone: MarketZone) throws {
    let zones = try inDeskTerms { try SettingsFile.read(from: folder.appending(path: "zones.csv")) }
    try self.init(folder: folder, prefix: zones[zone.identifier] ?? "")
  }

  /// The calendar of the files with a prefix; no holidays if it is empty.
  init(folder: URL, prefix: String) throws {
    self.prefix = prefix
    guard !prefix.isEmpty else { return }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    for name in names.sorted() where name.hasPrefix(prefix + "-") && name.hasSuffix(".csv") {
      for entry in try inDeskTerms({ try CalendarFile.read(from: folder.appending(path: name)) }) {
        years.insert(entry.day.year)
        switch entry.kind {
        case .holiday: holidays.insert(entry.day)
        case .workday: shiftedWorkdays.insert(entry.day)
        }
      }
    }
  }

  func notes(for day: MarketDay) -> [String] {
    if prefix.isEmpty { return ["no holiday calendar for this market: holidays count as their weekday"] }
    return years.contains(day.year)
      ? [] : ["no holiday calendar \(prefix)-\(day.year).csv: holidays of \(day.year) count as their weekday"]
  }
}
