/// C12: parents exist and come back to no child of theirs, exclusive groups ask for at most all, shares are shares.
func checkBlocks(_ check: inout Evaluation) {
  guard let blocks = check.given(check.context.facts.blocks, "list of block orders") else { return }
  let parents = Dictionary(blocks.map { ($0.id, $0.parent) }, uniquingKeysWith: { first, _ in first })
  for block in blocks {
    if let parent = block.parent, parents[parent] == nil {
      check.violate(
        "block \(block.id) names the parent \(parent), which is not there", chinese: "块 \(block.id) 的父块 \(parent) 不存在",
        source: "form of block orders", advice: "Add the parent, or take the link out.")
    }
    if !(block.minimumAcceptance > 0 && block.minimumAcceptance <= 1) {
      check.violate(
        "the minimum acceptance of block \(block.id) is \(block.minimumAcceptance)",
        chinese: "块 \(block.id) 的最小成交比例为 \(block.minimumAcceptance)", source: "form of block orders",
        advice: "Write a share above 0 and at most 1.")
    }
    if isInCircle(block.id, parents) {
      check.violate(
        "block \(block.id) is its own ancestor", chinese: "块 \(block.id) 的父子关系成环", source: "form of block orders",
        advice: "Break the circle of parents.")
    }
  }
  var ratios: [String: Double] = [:]
  for block in blocks { if let group = block.group { ratios[group, default: 0] += block.ratio } }
  for (group, ratio) in ratios.sorted(by: { $0.key < $1.key }) where ratio > 1 + 1e-9 {
    check.violate(
      "the exclusive group \(group) asks for \(ratio) in all", chinese: "互斥组 \(group) 的比例之和为 \(ratio)",
      source: "form of block orders", advice: "Keep the sum of the group at 1 or below.")
  }
}

/// Follows parents at most as often as there are blocks.
private func isInCircle(_ id: String, _ parents: [String: String?]) -> Bool {
  var next = parents[id] ?? nil
  for _ in parents {
    guard let parent = next else { return false }
    if parent == id { return true }
    next = parents[parent] ?? nil
  }
  return false
}
