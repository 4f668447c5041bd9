import Foundation
import MarketModel

extension Evaluation {
  fileprivate mutating func process() -> ProcessFacts? { given(context.facts.process, "record of the desk's process") }
  fileprivate mutating func statement() -> StatementFacts? { given(context.facts.statement, "statement") }
}

/// D01: from the freeze on, the draft is frozen and somebody is there to submit it.
func checkDeadlines(_ check: inout Evaluation) {
  guard let process = check.process(), let now = check.given(process.now, "present time"),
    let minutes = check.given(process.freezeMinutes, "freeze before the gate")
  else { return }
  guard let gate = check.pack.timetable.curveGate else {
    return check.cannotJudge("no gate of rule pack \(check.pack.name) locks the bid curve")
  }
  let left = gate.closes.instant(for: check.bid.day, in: check.pack.zone).timeIntervalSince(now) / 60
  check.record("freeze", "\(minutes) minutes before \(gate.closes)")
  guard left <= Double(minutes) else { return }
  if process.frozen != true {
    check.violate(
      "\(Int(left.rounded(.down))) minutes before the gate \(gate.closes) the draft is not frozen",
      chinese: "距 \(gate.closes) 还有 \(Int(left.rounded(.down))) 分钟，草稿未冻结", source: Evaluation.deskSource,
      advice: "Freeze the draft now.")
  }
  if (process.submitterOnDuty ?? "").isEmpty {
    check.violate(
      "\(Int(left.rounded(.down))) minutes before the gate \(gate.closes) nobody is on duty to submit",
      chinese: "距 \(gate.closes) 还有 \(Int(left.rounded(.down))) 分钟，无人值守", source: Evaluation.deskSource,
      advice: "Name who submits.")
  }
}

/// D02: no feed is older than it may be.
func checkFreshness(_ check: inout Evaluation) {
  guard let process = check.process(), let now = check.given(process.now, "present time"),
    let feeds = check.given(process.feeds, "age of the feeds")
  else { return }
  for feed in feeds {
    let age = now.timeIntervalSince(feed.asOf) / 60
    check.record(feed.name, "at most \(feed.maximumAge) minutes old")
    if age > Double(feed.maximumAge) {
      check.violate(
        "\(feed.name) is \(Int(age)) minutes old; \(feed.maximumAge) are allowed",
        chinese: "\(feed.name) 已有 \(Int(age)) 分钟，允许 \(feed.maximumAge) 分钟", source: Evaluation.deskSource,
        advice: "Fetch it again, and prepare the bids anew.")
    }
  }
}

/// D03: forecasts lie in their plausible range and are not one value over and over.
func checkForecasts(_ check: inout Evaluation) {
  guard let process = check.process(),
    let forecasts = check.given(process.forecasts, "list of forecasts with their ranges")
  else { return }
  for forecast in forecasts {
    check.record(forecast.name, "\(forecast.low)…\(forecast.high)")
    if let value = forecast.values.first(where: { !($0 >= forecast.low && $0 <= forecast.high) }) {
      check.violate(
        "\(forecast.name) holds \(value), outside \(forecast.low)…\(forecast.high)",
        chinese: "\(forecast.name) 含 \(value)，超出 \(forecast.low)…\(forecast.high)", source: Evaluation.deskSource,
        advice: "Look at the source of the forecast.")
    }
    if forecast.values.count > 1, forecast.values.allSatisfy({ $0 == forecast.values[0] }) {
      check.violate(
        "\(forecast.name) holds \(forecast.values.count) times the same value",
        chinese: "\(forecast.name) 的 \(forecast.values.count) 个值全部相同", source: Evaluation.deskSource,
        advice: "Look at the source of the forecast: it is frozen.")
    }
  }
}

/// D04: every input was known when the decision was made.
func checkLeakage(_ check: inout Evaluation) {
  guard let process = check.process(), let decision = check.given(process.decisionTime, "time of the decision"),
    let features = check.given(process.features, "times of the inputs")
  else { return }
  for feature in features where feature.availableAt > decision {
    check.violate(
      "\(feature.name) became known \(Int(feature.availableAt.timeIntervalSince(decision) / 60)) minutes after the decision",
      chinese: "\(feature.name) 在决策之后才公布", source: Evaluation.deskSource,
      advice: "Take the input out and compute again.")
  }
}

/// D05: who drafts does not sign, and every override has a person and a reason.
func checkApproval(_ check: inout Evaluation) {
  guard let process = check.process(), let maker = check.given(process.maker, "maker"),
    let checker = check.given(process.checker, "checker")
  else { return }
  if maker == checker {
    check.violate(
      "\(maker) drafted and signed", chinese: "\(maker) 既编制又审核", source: Evaluation.deskSource,
      advice: "Have somebody else sign.")
  }
  for entry in process.overrides ?? [] where entry.reason.isEmpty || entry.person.isEmpty {
    check.violate(
      "the override of \(entry.check) lacks a person or a reason", chinese: "\(entry.check) 的越权缺少责任人或理由",
      source: Evaluation.deskSource, advice: "Write down who overrides and why.")
  }
}

/// D06: what was sent is what was approved, and the receipt is stored.
func checkSeal(_ check: inout Evaluation) {
  guard let process = check.process(), let approved = check.given(process.approvedHash, "seal of the approved payload"),
    let submitted = check.given(process.submittedHash, "seal of the submitted payload")
  else { return }
  if approved != submitted {
    check.violate(
      "the payload \(submitted) is not the approved one, \(approved)",
      chinese: "提交内容 \(submitted) 与批准内容 \(approved) 不一致", source: Evaluation.deskSource,
      advice: "Have the change approved, and submit again.")
  }
  if (process.receipt ?? "").isEmpty {
    check.violate(
      "no receipt is stored", chinese: "未保存回执", source: Evaluation.deskSource, advice: "Store the platform's receipt.")
  }
}

/// F12: the statement has a layout that is known.
func checkStatementLayout(_ check: inout Evaluation) {
  guard let statement = check.statement(), let found = check.given(statement.headerHash, "header of the statement"),
    let known = check.given(statement.knownHeaderHashes, "known layouts")
  else { return }
  if !known.contains(found) {
    check.violate(
      "the statement's header \(found) is none of the \(known.count) known layouts",
      chinese: "结算单表头 \(found) 不在 \(known.count) 个已知版式中", source: Evaluation.deskSource,
      advice: "Describe the new layout before the statement is read.")
  }
}

/// D09: each item of the statement is near our own figure.
///
///     |stated − own| ≤ max(amount, share · |own|)
func checkStatement(_ check: inout Evaluation) {
  guard let statement = check.statement(), let stated = check.given(statement.stated, "items of the statement"),
    let own = check.given(statement.computed, "our own figures"),
    let amount = check.given(statement.toleranceAmount, "tolerance in money"),
    let share = check.given(statement.toleranceShare, "tolerance as a share")
  else { return }
  for (name, figure) in own.sorted(by: { $0.key < $1.key }) {
    guard let item = check.given(stated[name], "item \(name) of the statement") else { continue }
    let limit = max(amount, share * figure.magnitude)
    if (item - figure).magnitude > limit {
      check.violate(
        "\(name) is stated as \(item), our own figure is \(figure); \(limit) may lie between them",
        chinese: "\(name)：结算单 \(item)，自算 \(figure)，允许差 \(limit)", source: Evaluation.deskSource,
        advice: "Dispute the item within the window.")
    }
  }
}

/// D10: the window for a dispute is open or used, and announced rule changes have been read.
func checkDispute(_ check: inout Evaluation) {
  guard let statement = check.statement(), let days = check.given(statement.daysSince, "age of the statement"),
    let window = check.given(statement.disputeDays, "days for a dispute")
  else { return }
  if days > window, statement.settled != true {
    check.violate(
      "the statement is \(days) days old, \(days - window) beyond the window, and nobody has settled it",
      chinese: "结算单已 \(days) 天，超过争议期 \(days - window) 天仍未处理", source: Evaluation.deskSource,
      advice: "Settle it with the operator at once.")
  }
  for change in statement.announcedChanges ?? [] where !(statement.readChanges ?? []).contains(change) {
    check.violate(
      "the rule change \(change) has not been read", chinese: "规则变更 \(change) 未阅", source: Evaluation.deskSource,
      advice: "Read it, and add a version of the rule pack.")
  }
}
