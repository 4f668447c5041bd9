public import Foundation
public import PowerSystem

/// How the branches of a MATPOWER case become susceptances.
public enum MatpowerBranchModel: Sendable, Hashable {
  /// x / (r² + x²); taps and phase shifts left out. The linear model behind the published bounds of PGLib-OPF
  /// (Coffrin and others, PowerModels.jl, 2018).
  case benchmark
  /// 1 / (x · tap) with phase shifts, as MATPOWER's own linear power flow (user's manual, section 3.7).
  case withTaps
}

/// Reads a MATPOWER case (`.m`, format version 2), plain or gzip, as a case to dispatch.
///
/// Elements that are out of service, and isolated buses (type 4) with all that stands at them, are left out. Shunt
/// conductance counts as demand (at 1 per unit of voltage). Rate A is the limit (0: none), rate C the emergency limit.
///
/// - Throws: `ImportProblem` naming the line and what is wrong with it.
public func readMatpowerCase(
  _ url: URL, branchModel: MatpowerBranchModel = .benchmark
) throws(ImportProblem) -> DispatchCase {
  let bytes = try ByteSource.wholeFile(url)
  let name = url.lastPathComponent.components(separatedBy: ".m")[0]
  return try matpowerCase(
    String(decoding: bytes, as: UTF8.self), name: name, file: url.relativePath, branchModel: branchModel)
}

/// Reads the text of a MATPOWER case; see ``readMatpowerCase(_:branchModel:)``.
public func matpowerCase(
  _ text: String, name: String, file: String, branchModel: MatpowerBranchModel = .benchmark
) throws(ImportProblem) -> DispatchCase {
  let content = try MatpowerText(text, file: file)
  let tables = try MatpowerTables(content)
  let buses = try MatpowerBuses(tables)
  return DispatchCase(
    name: name, buses: buses.values, generators: try tables.generators(at: buses),
    branches: try tables.branches(between: buses, model: branchModel), referenceBus: buses.reference)
}

/// The tables of a case with the columns that are read.
struct MatpowerTables {
  typealias Row = MatpowerText.Row

  let file: String
  /// Power of 1 per unit, MW.
  let base: Double
  let bus: [Row]
  let generator: [Row]
  let generatorCost: [Row]
  let branch: [Row]

  init(_ text: MatpowerText) throws(ImportProblem) {
    file = text.file
    guard let base = text.numbers["baseMVA"], base > 0, base.isFinite else {
      throw .header(file: text.file, sentence: "mpc.baseMVA is missing or not above 0; is this a MATPOWER case?")
    }
    self.base = base
    func table(_ name: String, atLeast columns: Int) throws(ImportProblem) -> [Row] {
      guard let rows = text.matrices[name] else {
        throw .header(file: text.file, sentence: "mpc.\(name) is missing; a case has bus, gen, gencost and branch.")
      }
      if let short = rows.first(where: { $0.values.count < columns }) {
        throw problem(
          short, name, "has \(short.values.count) values; at least \(columns) are needed.", file: text.file)
      }
      return rows
    }
    bus = try table("bus", atLeast: 5)
    generator = try table("gen", atLeast: 10)
    generatorCost = try table("gencost", atLeast: 5)
    branch = text.matrices["branch"] == nil ? [] : try table("branch", atLeast: 11)
    let lines = text.matrices["dcline"] ?? []
    if let line = lines.first(where: { $0.values.count < 3 || $0.values[2] > 0 }) {
      throw problem(
        line, "dcline", "is a direct-current line in service, which is not modelled; put it out of service.",
        file: text.file)
    }
    if generatorCost.count < generator.count {
      throw .header(
        file: text.file,
        sentence: "mpc.gencost has \(generatorCost.count) rows for \(generator.count) generators; give one for each.")
    }
  }
}

/// A sentence about a row of a table.
private func problem(
  _ row: MatpowerText.Row, _ table: String, _ sentence: String, file: String
) -> ImportProblem {
  .rows([RowProblem(file: file, line: row.line, column: "mpc.\(table)", sentence: sentence)])
}

/// The buses that are not isolated, and where each number stands.
struct MatpowerBuses {
  private(set) var values: [Bus] = []
  private(set) var position: [Int: Int] = [:]
  private(set) var isolated: Set<Int> = []
  private(set) var reference = 0
  private var hasReference = false

  init(_ tables: MatpowerTables) throws(ImportProblem) {
    for row in tables.bus {
      let number = row.values[0]
      guard let number = Int(exactly: number) else {
        throw problem(row, "bus", "has the number \(number); bus numbers are whole.", file: tables.file)
      }
      guard position[number] == nil, !isolated.contains(number) else {
        throw problem(row, "bus", "bus \(number) comes twice.", file: tables.file)
      }
      if row.values[1] == 4 {
        isolated.insert(number)
        continue
      }
      let demand = row.values[2] + row.values[4]
      guard demand.isFinite else {
        throw problem(row, "bus", "bus \(number) has a demand that is no finite number.", file: tables.file)
      }
      if row.values[1] == 3, !hasReference {
        reference = values.count
        hasReference = true
      }
      position[number] = values.count
      values.append(Bus(name: String(number), demand: [demand]))
    }
  }

  /// Index of a bus; nil if it is isolated.
  func index(
    of number: Double, _ row: MatpowerText.Row, _ table: String, _ file: String
  ) throws(ImportProblem) -> Int? {
    guard let whole = Int(exactly: number), position[whole] != nil || isolated.contains(whole) else {
      throw problem(row, table, "names bus \(shownNumber(number)), which mpc.bus does not have.", file: file)
    }
    return position[whole]
  }
}

extension MatpowerTables {
  func generators(at buses: MatpowerBuses) throws(ImportProblem) -> [DispatchedGenerator] {
    var result: [DispatchedGenerator] = []
    for (index, row) in generator.enumerated() where row.values[7] > 0 {
      guard let bus = try buses.index(of: row.values[0], row, "gen", file) else { continue }
      let (high, low) = (row.values[8], row.values[9])
      guard low <= high else {
        throw problem(row, "gen", "has Pmin \(low) above Pmax \(high) MW; correct one of them.", file: file)
      }
      result.append(
        DispatchedGenerator(
          name: "generator \(index + 1)", bus: bus, minimumOutput: low, maximumOutput: high,
          cost: try cost(generatorCost[index])))
    }
    return result
  }

  private func cost(_ row: Row) throws(ImportProblem) -> GenerationCost {
    let values = row.values
    guard let count = Int(exactly: values[3]), count >= 1 else {
      throw problem(row, "gencost", "names \(values[3]) coefficients or points.", file: file)
    }
    let needed = 4 + (values[0] == 1 ? 2 * count : count)
    guard values.count >= needed else {
      throw problem(row, "gencost", "has \(values.count) values; \(needed) are needed.", file: file)
    }
    let given = values[4..<needed]
    guard given.allSatisfy(\.isFinite) else {
      throw problem(row, "gencost", "has a value that is no finite number.", file: file)
    }
    switch values[0] {
    case 1:
      return .piecewise(
        (0..<count).map { .init(output: given[4 + 2 * $0], costPerHour: given[5 + 2 * $0]) })
    case 2:
      guard given.dropLast(3).allSatisfy({ $0 == 0 }) else {
        throw problem(row, "gencost", "has a cost of degree \(count - 1); at most 2 is read.", file: file)
      }
      let rising = Array(given.suffix(3).reversed())
      return .polynomial(
        constant: rising[0], linear: rising.count > 1 ? rising[1] : 0, quadratic: rising.count > 2 ? rising[2] : 0)
    default:
      throw problem(row, "gencost", "has model \(values[0]); 1 is piecewise linear and 2 polynomial.", file: file)
    }
  }

  func branches(
    between buses: MatpowerBuses, model: MatpowerBranchModel
  ) throws(ImportProblem) -> [Branch] {
    var result: [Branch] = []
    for (index, row) in branch.enumerated() where row.values[10] > 0 {
      guard let from = try buses.index(of: row.values[0], row, "branch", file),
        let to = try buses.index(of: row.values[1], row, "branch", file)
      else { continue }
      let susceptance = base * perUnitSusceptance(row, model)
      guard susceptance.isFinite, susceptance != 0 else {
        throw problem(
          row, "branch", "has a reactance of \(row.values[3]), so its flow cannot be told; give one other than 0.",
          file: file)
      }
      result.append(
        Branch(
          name: "branch \(index + 1) (\(buses.values[from].name)-\(buses.values[to].name))", from: from, to: to,
          susceptance: susceptance, phaseShift: model == .withTaps ? row.values[9] * .pi / 180 : 0,
          limit: row.values[5] > 0 ? row.values[5] : .infinity,
          emergencyLimit: row.values[7] > 0 ? row.values[7] : .infinity,
          angleDifference: try angles(row), resistance_perMW: row.values[2] / base))
    }
    return result
  }

  private func perUnitSusceptance(_ row: Row, _ model: MatpowerBranchModel) -> Double {
    let (resistance, reactance, ratio) = (row.values[2], row.values[3], row.values[8])
    return switch model {
    case .benchmark: reactance / (resistance * resistance + reactance * reactance)
    case .withTaps: 1 / (reactance * (ratio == 0 ? 1 : ratio))
    }
  }

  /// Band of the angle difference, rad. Both 0, or 360 degrees and more, is free.
  private func angles(_ row: Row) throws(ImportProblem) -> ClosedRange<Double>? {
    guard row.values.count >= 13 else { return nil }
    let (low, high) = (row.values[11], row.values[12])
    if low == 0 && high == 0 || low <= -360 && high >= 360 { return nil }
    guard low <= high else {
      throw problem(row, "branch", "has angmin \(low) above angmax \(high) degrees; correct one of them.", file: file)
    }
    return (low * .pi / 180)...(high * .pi / 180)
  }
}
