internal import Foundation
internal import MarketModel
internal import NumericMethods

extension Evaluation {
  /// Scores the walks, each model against what came and the models against each other.
  func report(of sites: [EvaluatedSite]) throws -> EvaluationReport {
    let levels = LevelScale(sites)
    let tallies = ModelTally.names(in: sites).map { ModelTally($0, sites: sites, levels: levels) }
    let published = try references.map { file in try sites.map { try file.records(like: $0) } }
    let others = published.flatMap { sites in
      ModelTally.names(in: sites).map { ModelTally($0, sites: sites, levels: levels) }
    }
    let days = sites[0].records.map(\.day)
    let tables = [ComparedLoss.absolute, .pinball].compactMap { table($0, of: tallies + others, on: days) }
    let said = DayNotes(sites)
    let region = try request.target.addsUp ? RegionRecords(sites) : nil
    return EvaluationReport(
      provenance: provenance(), target: request.target.rawValue, unit: self.sites[0].truth.unit,
      testFrom: request.testFrom, testTo: request.testTo, testDays: days.count,
      intervalsPerDay: self.sites[0].table.intervals, models: ModelScores.all(tallies, PathTally(sites), levels),
      references: others.map { ModelScores($0, levels: levels) },
      sites: siteScores(sites, levels) + [region].compactMap { $0 }.map(regionScores),
      dieboldMariano: tables, events: request.events.compactMap { eventReport($0, sites) },
      notes: notes + wanting(tallies) + [region?.note].compactMap { $0 }, forecasterNotes: said.first,
      furtherForecasterNotes: said.further)
  }

  private func siteScores(_ sites: [EvaluatedSite], _ levels: LevelScale) -> [EvaluationReport.SiteScores] {
    guard sites.count > 1 else { return [] }
    return sites.map { site in
      let tallies = ModelTally.names(in: [site]).map { ModelTally($0, sites: [site], levels: levels) }
      return EvaluationReport.SiteScores(
        site: site.name, models: ModelScores.all(tallies, PathTally([site]), levels))
    }
  }

  private func regionScores(_ region: RegionRecords) -> EvaluationReport.SiteScores {
    let levels = LevelScale([region.site])
    let tallies = ModelTally.names(in: [region.site]).map { ModelTally($0, sites: [region.site], levels: levels) }
    return EvaluationReport.SiteScores(
      site: region.site.name, models: ModelScores.all(tallies, PathTally([region.site]), levels))
  }

  private func eventReport(_ event: EvaluationEvent, _ sites: [EvaluatedSite]) -> EvaluationReport.EventReport? {
    let scores = EventScores(event, sites: sites) { index in
      let site = self.sites[index]
      return (site.days.lowerBound..<request.testFrom).map { site.actual($0) }
    }
    guard let scores else { return nil }
    func rounded(_ value: Double) -> Double { WrittenNumber(value, digits: WrittenNumber.quantileDigits).value }
    return EvaluationReport.EventReport(
      event: "at or \(event.isBelow ? "below" : "above") \(WrittenNumber(event.bound, digits: 7).text)",
      frequency: rounded(scores.frequency), climatologyBrier: rounded(scores.climatology),
      models: scores.scores.map { name, brier in
        let skill = scores.climatology > 0 ? 1 - brier / scores.climatology : 0
        return EvaluationReport.EventReport.Score(name: name, brier: rounded(brier), skill: rounded(skill))
      })
  }

  /// Models that were asked for and not made.
  private func wanting(_ tallies: [ModelTally]) -> [String] {
    let made = tallies.map(\.name)
    return (request.models ?? []).filter { name in
      !made.contains { $0 == name || $0.hasPrefix(name + "-") }
    }.map { "there is no model \"\($0)\" for \(request.target.rawValue)" }
  }

  private func provenance() -> EvaluationReport.Provenance {
    EvaluationReport.Provenance(
      program: programVersion, command: request.command, file: request.data.lastPathComponent,
      format: file.format.name, sha256: file.sha256, seed: settings.seed,
      references: zip(request.references, references).map { url, reference in
        EvaluationReport.ReferenceFile(file: url.lastPathComponent, sha256: reference.file.sha256)
      })
  }

  /// All pairs of models that have the loss; nil with fewer than two.
  private func table(
    _ loss: ComparedLoss, of tallies: [ModelTally], on days: [MarketDay]
  ) -> EvaluationReport.ComparisonTable? {
    let compared = tallies.filter { tally in tally.losses(loss, on: days).contains(where: \.isFinite) }
    guard compared.count >= 2 else { return nil }
    let losses = compared.map { $0.losses(loss, on: days) }
    let cells = losses.indices.map { row in
      losses.indices.map { row == $0 ? nil : dieboldMariano(losses: losses[row], against: losses[$0]) }
    }
    func rounded(_ value: Double?) -> Double? {
      value.flatMap { $0.isFinite ? ($0 * 1e6).rounded() / 1e6 : nil }
    }
    return EvaluationReport.ComparisonTable(
      loss: loss.rawValue, days: cells.flatMap { $0 }.compactMap { $0?.days }.max() ?? 0,
      names: compared.map(\.name), p: cells.map { row in row.map { rounded($0?.probability) } },
      statistic: cells.map { row in row.map { rounded($0?.statistic) } })
  }
}
