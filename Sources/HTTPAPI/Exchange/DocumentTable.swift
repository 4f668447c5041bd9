internal import Foundation
internal import TradingDesk

/// The rows of a document as CSV: one column for each number or word of a row, those of inner objects with a dot between
/// the names, lists with spaces between their entries. For Chinese spreadsheets the bytes begin with a byte order mark.
///
/// - Parameter rows: where the list of rows is, as "compliance.checks".
func documentTable(_ document: Data, rows: String) throws -> Data {
  var place: Any? = try JSONSerialization.jsonObject(with: document)
  for name in rows.split(separator: ".") { place = (place as? [String: Any])?[String(name)] }
  let list = (place as? [[String: Any]]) ?? []
  let cells = list.map { flattened($0) }
  var columns: [String] = []
  var known: Set<String> = []
  for row in cells { for name in row.keys.sorted() where known.insert(name).inserted { columns.append(name) } }
  let names = ["day", "unit", "id", "series"]
  columns.sort { left, right in
    let (first, second) = (names.firstIndex(of: left) ?? names.count, names.firstIndex(of: right) ?? names.count)
    return first == second ? left < right : first < second
  }
  var text = "\u{FEFF}" + columns.map(inertCell).joined(separator: ",") + "\r\n"
  for row in cells { text += columns.map { row[$0] ?? "" }.joined(separator: ",") + "\r\n" }
  return Data(text.utf8)
}

private func flattened(_ object: [String: Any], prefix: String = "") -> [String: String] {
  var found: [String: String] = [:]
  for (name, value) in object {
    switch value {
    case let inner as [String: Any]:
      found.merge(flattened(inner, prefix: prefix + name + ".")) { first, _ in first }
    case let list as [Any]:
      found[prefix + name] = inertCell(list.map { tableText($0) }.joined(separator: " "))
    case is NSNull: break
    case let number as NSNumber: found[prefix + name] = tableText(number)
    default: found[prefix + name] = inertCell("\(value)")
    }
  }
  return found
}

private func tableText(_ value: Any) -> String {
  guard let number = value as? NSNumber else { return value is NSNull ? "" : "\(value)" }
  // Foundation keeps JSON's true and false as numbers of this type.
  let isTruth = ["c", "B"].contains(String(cString: number.objCType))
  return isTruth ? (number.boolValue ? "true" : "false") : number.stringValue
}
