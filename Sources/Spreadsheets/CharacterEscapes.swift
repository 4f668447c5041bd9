/// Characters as "_x000D_" (ECMA-376 part 1, 22.9.2.19).
extension String {
  /// Escapes as the characters that they stand for.
  var withoutCharacterEscapes: String {
    replacingCharacterEscapes { digits in
      UInt32(digits, radix: 16).flatMap { Unicode.Scalar($0) }.map { String(Character($0)) }
    }
  }

  /// A text that looks like an escape, so written that it is read back as itself.
  var withCharacterEscapes: String {
    replacingCharacterEscapes { "_x005F_x" + $0 + "_" }
  }

  /// - Parameter replacement: what takes an escape's place; nil leaves it.
  private func replacingCharacterEscapes(_ replacement: (Substring) -> String?) -> String {
    guard contains("_x") else { return self }
    var result = ""
    var rest = Substring(self)
    while let underscore = rest.firstIndex(of: "_") {
      result += rest[..<underscore]
      rest = rest[underscore...]
      let digits = rest.dropFirst(2).prefix(4)
      if rest.dropFirst().first == "x", digits.count == 4, rest.dropFirst(6).first == "_",
        digits.allSatisfy({ $0.isASCII && $0.isHexDigit }), let text = replacement(digits)
      {
        result += text
        rest = rest.dropFirst(7)
      } else {
        result.append("_")
        rest = rest.dropFirst()
      }
    }
    return result + rest
  }
}
