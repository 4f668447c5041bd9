import MarketModel

/// How one kind of value is written in a pack.
struct ValueForm<Value> {
  /// Reads a node; the path names it in a sentence.
  let read: (RuleNode, _ path: String) throws(RulePackProblem) -> Value

  init(read: @escaping (RuleNode, String) throws(RulePackProblem) -> Value) { self.read = read }

  /// A form whose failure is always the same sentence.
  init(allowed: String, parse: @escaping (RuleNode) -> Value?) {
    self.init { (node, path) throws(RulePackProblem) in
      guard let value = parse(node) else {
        throw RulePackProblem(
          .wrongValue(path: path, found: node.found, allowed: allowed), file: node.file, line: node.line)
      }
      return value
    }
  }
}

extension ValueForm where Value == String {
  static var sentence: ValueForm {
    ValueForm(allowed: "a text that is not empty") { node in
      node.text.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    }
  }
}

extension ValueForm where Value == Int {
  /// A whole number, 0 or more.
  static var count: ValueForm {
    ValueForm(allowed: "a whole number, 0 or more, without a unit") { node in
      node.plainText.flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
    }
  }
}

extension ValueForm where Value == Bool {
  static var flag: ValueForm {
    ValueForm(allowed: "true or false") { node in
      switch node.plainText {
      case "true": true
      case "false": false
      default: nil
      }
    }
  }
}

extension ValueForm where Value == EnergyPrice {
  static var price: ValueForm {
    ValueForm(allowed: "a number of currency units per MWh, such as 1300 or -80.5; the unit stands in the key") {
      node in
      node.plainText.flatMap { scaledInteger(fromDecimalText: $0, decimals: 6) }
        .flatMap { $0.magnitude <= UInt64(EnergyPrice.limitMicro) ? EnergyPrice(microPerMegawattHour: $0) : nil }
    }
  }

  /// A price step: 0 would allow every price and is written as a very small step instead.
  static var priceStep: ValueForm {
    ValueForm(allowed: "a number of currency units per MWh above 0, such as 0.01; the unit stands in the key") { node in
      node.plainText.flatMap { scaledInteger(fromDecimalText: $0, decimals: 6) }
        .flatMap {
          $0 > 0 && $0.magnitude <= UInt64(EnergyPrice.limitMicro) ? EnergyPrice(microPerMegawattHour: $0) : nil
        }
    }
  }
}

extension ValueForm where Value == Power {
  static var power: ValueForm {
    ValueForm(allowed: "a number of MW, 0 or more, such as 2 or 0.001; the unit stands in the key") { node in
      powerValue(node).flatMap { $0 >= .zero ? $0 : nil }
    }
  }

  static var powerStep: ValueForm {
    ValueForm(allowed: "a number of MW above 0, such as 0.1; the unit stands in the key") { node in
      powerValue(node).flatMap { $0 > .zero ? $0 : nil }
    }
  }

  private static func powerValue(_ node: RuleNode) -> Power? {
    node.plainText.flatMap { scaledInteger(fromDecimalText: $0, decimals: 3) }
      .flatMap { $0.magnitude <= UInt64(Power.limitKilowatts) ? Power(kilowatts: $0) : nil }
  }
}

extension ValueForm where Value == Double {
  /// A share, 0.1 for 10 %, of at most six decimals so that it is exact in parts per million.
  static var share: ValueForm {
    ValueForm(allowed: "a share such as 0.05 for 5 %, 0 or more, with at most six decimals") { node in
      node.plainText.flatMap { scaledInteger(fromDecimalText: $0, decimals: 6) }
        .flatMap { $0 >= 0 ? Double($0) / 1_000_000 : nil }
    }
  }
}

extension ValueForm where Value == GateClosure {
  static var deadline: ValueForm {
    ValueForm(allowed: "a deadline relative to the market day, such as D-1T09:45") { node in
      node.text.flatMap { GateClosure($0) }
    }
  }
}

extension ValueForm where Value == MarketDay {
  static var day: ValueForm {
    ValueForm(allowed: "a date such as 2022-01-01") { node in node.text.flatMap { MarketDay($0) } }
  }
}

extension ValueForm where Value: RawRepresentable<String> & CaseIterable {
  /// One word of a closed list.
  static func choice() -> ValueForm {
    let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
    return ValueForm(allowed: "one of \(words)") { node in node.text.flatMap { Value(rawValue: $0) } }
  }
}

extension ValueForm {
  /// A list of values.
  static func list<Element>(of form: ValueForm<Element>) -> ValueForm where Value == [Element] {
    ValueForm { (node, path) throws(RulePackProblem) in
      guard case .sequence(let nodes) = node.content else {
        throw RulePackProblem(
          .wrongValue(path: path, found: node.found, allowed: "a list"), file: node.file, line: node.line)
      }
      var values: [Element] = []
      for (index, element) in nodes.enumerated() { values.append(try form.read(element, "\(path)[\(index + 1)]")) }
      return values
    }
  }
}
