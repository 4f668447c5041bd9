public import Foundation
public import MarketModel

/// The small files of the retail arm: customers, contracts, payments, green energy, registry events. Columns that are not known are
/// passed over, and every column but the keys may be missing.
public enum RetailFiles {
  private static let customer = ["customer", "customerid", "id", "cust_id", "customer_no"]

  public static func customers(_ url: URL) throws(ImportProblem) -> [RetailCustomer] {
    let table = try AliasedRows(
      url,
      aliases: [
        "customer_id": customer, "name_zh": ["name", "customer_name", "name_en"], "credit_code": ["uscc"],
        "industry_code": ["industry", "sector"], "region": ["area", "city"], "voltage_kv": ["voltage"],
        "transformer_kva": ["capacity_kva", "kva"], "onboard_date": ["onboarded"], "channel_share": [],
        "channel_share_side": [], "account_manager": ["manager"], "group_id": ["group"], "status": [],
        "expected_mwh": ["annual_mwh", "expected_annual_mwh"], "pv_kw": ["solar_kw"], "storage_kw": [],
        "controllable_kw": ["flexible_kw"], "green_target": [], "certification": [],
      ])
    try table.require(["customer_id"])
    var seen: Set<String> = []
    var customers: [RetailCustomer] = []
    for row in table.rows.rows {
      guard let id = table.text(row, "customer_id") else { throw row.problem("customer_id", "the customer has no id.") }
      guard seen.insert(id).inserted else {
        throw row.problem("customer_id", "customer \"\(id)\" stands twice; keep one row.")
      }
      customers.append(try self.customer(row, table, id: id))
    }
    return customers
  }

  private static func customer(
    _ row: NamedRow, _ table: AliasedRows, id: String
  ) throws(ImportProblem) -> RetailCustomer {
    var customer = RetailCustomer(id: id)
    customer.name = table.text(row, "name_zh")
    customer.creditCode = table.text(row, "credit_code")
    customer.industry = table.text(row, "industry_code")
    customer.region = table.text(row, "region")
    customer.voltageKV = try table.number(row, "voltage_kv")
    customer.transformerKVA = try table.number(row, "transformer_kva")
    customer.onboarded = try table.day(row, "onboard_date")
    if let share = try table.share(row, "channel_share") {
      let side = table.text(row, "channel_share_side")?.lowercased() ?? "channel"
      customer.channelKeeps = ["ours", "our", "company", "公司", "我方"].contains(side) ? 1 - share : share
    }
    customer.accountManager = table.text(row, "account_manager")
    customer.group = table.text(row, "group_id")
    customer.status = table.text(row, "status")?.lowercased()
    customer.expectedMWh = try table.number(row, "expected_mwh")
    customer.solarKW = try table.number(row, "pv_kw")
    customer.storageKW = try table.number(row, "storage_kw")
    customer.controllableKW = try table.number(row, "controllable_kw")
    customer.greenTarget = try table.share(row, "green_target")
    customer.certification = try table.share(row, "certification")
    return customer
  }

  public static func contracts(_ url: URL) throws(ImportProblem) -> [RetailContract] {
    let table = try AliasedRows(
      url,
      aliases: [
        "customer_id": customer, "package_id": ["package"], "start": ["start_date", "valid_from"],
        "end": ["end_date", "valid_to", "expiry", "date_end"],
        "price_per_mwh": ["fixed_price", "price", "fixed_price_per_mwh", "price_yuan_per_mwh"],
        "price_per_kwh": ["price_yuan_per_kwh", "fixed_price_per_kwh"],
        "linked_share": ["lambda", "link_ratio"], "uplift_per_mwh": ["uplift", "uplift_yuan_per_mwh", "service_fee"],
        "pass_through": ["theta"], "exit_fee": ["exit_fee_per_mwh", "early_exit_yuan_per_mwh"],
        "unit_margin": ["unit_margin_per_mwh", "margin_per_mwh"],
        "state": ["contract_state", "outcome"],
      ])
    try table.require(["customer_id"])
    var contracts: [RetailContract] = []
    for row in table.rows.rows {
      guard let id = table.text(row, "customer_id") else {
        throw row.problem("customer_id", "the contract has no customer.")
      }
      var contract = RetailContract(customer: id)
      contract.package = table.text(row, "package_id")
      contract.start = try table.day(row, "start")
      contract.end = try table.day(row, "end")
      contract.fixedPrice = try table.number(row, "price_per_mwh")
      if contract.fixedPrice == nil { contract.fixedPrice = try table.number(row, "price_per_kwh").map { $0 * 1_000 } }
      contract.linkedShare = try table.share(row, "linked_share")
      contract.uplift = try table.number(row, "uplift_per_mwh")
      contract.passThrough = try table.share(row, "pass_through")
      contract.exitFee = try table.number(row, "exit_fee")
      contract.unitMargin = try table.number(row, "unit_margin")
      contract.state = table.text(row, "state")?.lowercased()
      if let start = contract.start, let end = contract.end, end < start {
        throw row.problem("end", "the contract ends on \(end), before it starts on \(start).")
      }
      contracts.append(contract)
    }
    return contracts
  }

  public static func payments(_ url: URL) throws(ImportProblem) -> [RetailPayment] {
    let table = try AliasedRows(
      url,
      aliases: [
        "customer_id": customer, "issued": ["issued_at", "invoicedate", "issue_date"],
        "due": ["due_date", "duedate"], "paid_at": ["paid", "paid_date", "settleddate", "payment_date"],
        "amount": ["total_fee", "invoiceamount", "energy_fee"],
      ])
    try table.require(["customer_id", "due", "amount"])
    var payments: [RetailPayment] = []
    for row in table.rows.rows {
      guard let id = table.text(row, "customer_id") else {
        throw row.problem("customer_id", "the bill has no customer.")
      }
      guard let due = try table.day(row, "due") else {
        throw row.problem("due", "the bill has no day on which it is due.")
      }
      guard let amount = try table.number(row, "amount") else { throw row.problem("amount", "the bill has no amount.") }
      payments.append(
        RetailPayment(
          customer: id, issued: try table.day(row, "issued"), due: due, paid: try table.day(row, "paid_at"),
          amount: amount))
    }
    return payments
  }

  public static func green(_ url: URL) throws(ImportProblem) -> [GreenRecord] {
    let table = try AliasedRows(
      url,
      aliases: [
        "customer_id": customer, "month": ["date", "retired_at"], "green_mwh": ["green_energy_mwh"],
        "certificates": ["gec", "certificate_count"],
      ])
    try table.require(["customer_id", "month"])
    var records: [GreenRecord] = []
    for row in table.rows.rows {
      guard let id = table.text(row, "customer_id") else {
        throw row.problem("customer_id", "the row has no customer.")
      }
      guard let month = try table.day(row, "month") else { throw row.problem("month", "the row has no month.") }
      records.append(
        GreenRecord(
          customer: id, month: month, greenMWh: try table.number(row, "green_mwh") ?? 0,
          certificates: try table.number(row, "certificates") ?? 0))
    }
    return records
  }

  public static func registryEvents(_ url: URL) throws(ImportProblem) -> [RegistryEvent] {
    let table = try AliasedRows(
      url,
      aliases: ["credit_code": customer + ["customer_id"], "event_type": ["type", "kind"], "event_date": ["date"]])
    try table.require(["credit_code", "event_type", "event_date"])
    var events: [RegistryEvent] = []
    for row in table.rows.rows {
      guard let company = table.text(row, "credit_code"), let kind = table.text(row, "event_type"),
        let day = try table.day(row, "event_date")
      else { throw row.problem("", "an event needs credit_code, event_type and event_date.") }
      events.append(RegistryEvent(company: company, kind: kind.lowercased(), day: day))
    }
    return events
  }
}
