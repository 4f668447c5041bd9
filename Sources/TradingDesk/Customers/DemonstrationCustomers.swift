public import Foundation
internal import MarketModel
internal import RetailValue

extension TradingDesk {
  /// Writes a portfolio made by construction: customers, hourly loads, contracts, payments, green energy, prices.
  ///
  /// - Throws: `DeskProblem` if a file cannot be written.
  public func writeDemonstrationCustomers(count: Int, seed: UInt64, to folder: URL) throws {
    let demonstration = RetailDemonstration(customers: count, seed: seed)
    try Workspace.createDirectory(folder)
    var customers = Self.customerHeader
    var contracts = Self.contractHeader
    var payments = Self.paymentHeader
    var green = "customer_id,month,green_mwh,certificates\n"
    for number in 0..<count {
      customers += row(demonstration.customer(number))
      contracts += row(demonstration.contract(number))
      for payment in demonstration.payments(number) { payments += row(payment) }
      if number.isMultiple(of: 5) {
        for month in 1...12 {
          green += "\(RetailDemonstration.identifier(number)),2025-\(month),\((number + month) % 40 + 5),0\n"
        }
      }
    }
    var prices = "ts_start,price_da,price_rt\n"
    for price in demonstration.prices() {
      prices +=
        "\(MarketDay(dayNumber: price.day))T\(padded(price.hour, 2)):00,\(price.dayAhead),\(price.realTime)\n"
    }
    let texts = [
      ("customers.csv", customers), ("contracts.csv", contracts), ("payments.csv", payments), ("green.csv", green),
      ("prices.csv", prices),
      (
        "README.md",
        "SIMULATED: made by construction by `spotdesk customers demo --customers \(count) --seed \(seed)`; nothing was measured.\n"
      ),
    ]
    for (name, text) in texts { try writeFile(text, to: folder.appending(path: name)) }
    try writeLoads(demonstration, to: folder.appending(path: "load.csv"))
  }

  /// Writes customers, contracts and payments made by construction for the customers of a real load.
  ///
  /// - Throws: `DeskProblem` if the load cannot be read or a file not be written.
  public func writeDemonstrationCompanions(of load: URL, unit: String?, seed: UInt64, to folder: URL) throws {
    var files = CustomerFiles(load: load)
    files.loadUnit = unit
    let loads = try dailyLoads(files)
    let demonstration = RetailDemonstration(customers: loads.customers.count, seed: seed)
    let shift = loads.firstDay.dayNumber + loads.days - demonstration.firstDay.dayNumber - demonstration.days
    try Workspace.createDirectory(folder)
    var customers = Self.customerHeader
    var contracts = Self.contractHeader
    var payments = Self.paymentHeader
    for (number, name) in loads.customers.enumerated() {
      let known = (0..<loads.days).map { loads[number, $0] }.filter(\.isFinite)
      let daily = known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
      var customer = demonstration.customer(number)
      (customer.id, customer.name) = (name, "示范企业\(name)号")
      customer.transformerKVA = nil
      (customer.solarKW, customer.storageKW) = (nil, nil)
      customers += row(customer)
      var contract = demonstration.contract(number)
      contract.customer = name
      contract.start = contract.start?.advanced(by: shift)
      contract.end = contract.end?.advanced(by: shift)
      contracts += row(contract)
      for var payment in demonstration.payments(number) {
        payment.customer = name
        payment.issued = payment.issued?.advanced(by: shift)
        payment.due = payment.due.advanced(by: shift)
        payment.paid = payment.paid?.advanced(by: shift)
        payment.amount = (daily * 30 * 330).rounded()
        payments += row(payment)
      }
    }
    let note =
      "SIMULATED: customers, contracts and payments made by construction (seed \(seed)) for the customers of \(load.lastPathComponent); the load is real.\n"
    let texts = [
      ("customers.csv", customers), ("contracts.csv", contracts), ("payments.csv", payments), ("README.md", note),
    ]
    for (name, text) in texts { try writeFile(text, to: folder.appending(path: name)) }
  }

  private static let customerHeader =
    "customer_id,name_zh,credit_code,industry_code,voltage_kv,transformer_kva,channel_share,group_id,status,pv_kw,storage_kw,green_target\n"
  private static let contractHeader =
    "customer_id,package_id,start,end,price_per_mwh,linked_share,uplift_per_mwh,pass_through,exit_fee\n"
  private static let paymentHeader = "customer_id,issued,due,paid_at,amount\n"

  private func row(_ payment: RetailPayment) -> String {
    [
      payment.customer, payment.issued.map { "\($0)" } ?? "", "\(payment.due)", payment.paid.map { "\($0)" } ?? "",
      "\(payment.amount)",
    ].joined(separator: ",") + "\n"
  }

  private func row(_ customer: RetailCustomer) -> String {
    let numbers = [
      customer.voltageKV, customer.transformerKVA, customer.channelKeeps,
    ].map { $0.map { "\($0)" } ?? "" }
    let assets = [customer.solarKW, customer.storageKW, customer.greenTarget].map { $0.map { "\($0)" } ?? "" }
    return
      ([customer.id, customer.name ?? "", customer.creditCode ?? "", customer.industry ?? ""] + numbers
      + [customer.group ?? "", customer.status ?? ""] + assets).joined(separator: ",") + "\n"
  }

  private func row(_ contract: RetailContract) -> String {
    let days = [contract.start, contract.end].map { $0.map { "\($0)" } ?? "" }
    let numbers = [contract.fixedPrice, contract.linkedShare, contract.uplift, contract.passThrough, contract.exitFee]
      .map { $0.map { "\($0)" } ?? "" }
    return ([contract.customer, contract.package ?? ""] + days + numbers).joined(separator: ",") + "\n"
  }

  /// One row a day, written as it is made; the file may be a pipe.
  private func writeLoads(_ demonstration: RetailDemonstration, to file: URL) throws {
    if !FileManager.default.fileExists(atPath: file.path) {
      let isMade = FileManager.default.createFile(atPath: file.path, contents: nil)
      guard isMade else { throw DeskProblem(.cannotWrite, "\(file.relativePath) cannot be created.") }
    }
    do {
      let handle = try FileHandle(forWritingTo: file)
      // A pipe cannot be sought in.
      if (try? handle.seek(toOffset: 0)) != nil { try handle.truncate(atOffset: 0) }
      let hours = (0..<24).map { "kwh_\(padded($0, 2))" }
      try handle.write(contentsOf: Data("customer_id,date,\(hours.joined(separator: ","))\n".utf8))
      let dates = (0..<demonstration.days).map { Array("\(demonstration.firstDay.advanced(by: $0))".utf8) }
      var bytes: [UInt8] = []
      for number in 0..<demonstration.customers {
        let loads = demonstration.loads(number)
        let name = Array(RetailDemonstration.identifier(number).utf8) + [UInt8(ascii: ",")]
        for (day, date) in dates.enumerated() {
          bytes += name
          bytes += date
          for hour in 0..<24 { appendNumber(loads[day * 24 + hour], to: &bytes) }
          bytes.append(10)
        }
        if bytes.count > 4_000_000 || number == demonstration.customers - 1 {
          try handle.write(contentsOf: Data(bytes))
          bytes.removeAll(keepingCapacity: true)
        }
      }
      try handle.close()
    } catch {
      // A part of the loads would be read as all of them; a pipe stays.
      if (try? file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true {
        try? FileManager.default.removeItem(at: file)
      }
      throw DeskProblem(.cannotWrite, "\(file.relativePath) cannot be written: \(systemSentence(error)).")
    }
  }
}

/// A comma and the digits of a number that is not negative.
private func appendNumber(_ number: Int32, to bytes: inout [UInt8]) {
  bytes.append(UInt8(ascii: ","))
  if number == 0 {
    bytes.append(48)
    return
  }
  let start = bytes.count
  var rest = number
  while rest > 0 {
    bytes.append(UInt8(48 + rest % 10))
    rest /= 10
  }
  bytes[start...].reverse()
}
