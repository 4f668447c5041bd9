import Compliance
import MarketModel

extension Mutation {
  /// Every change that breaks a rule of the example pack.
  static let breaking: [Mutation] = curveBreaking + formBreaking

  private static let curveBreaking: [Mutation] = [
    .on("a price falls", "C01") { bid, draw in
      let place = draw.whole(1...(bid.segments.count - 1))
      bid.segments[place].2 = bid.segments[place - 1].2 - Double(draw.whole(1...50))
      return true
    },
    .on("a price above the cap", "C07") { bid, draw in
      bid.segments[bid.segments.count - 1].2 = 1_300 + Double(draw.whole(1...400))
      return true
    },
    .on("a price below the floor", "C07") { bid, draw in
      bid.segments[0].2 = -80 - Double(draw.whole(1...40))
      return true
    },
    .on("a price off the tick", "F06") { bid, draw in
      bid.segments[draw.whole(0...(bid.segments.count - 1))].2 += Double(draw.whole(1...99)) / 100
      return true
    },
    .on("an output off the tick", "F07") { bid, draw in
      let place = draw.whole(0...(bid.segments.count - 2))
      let cut = bid.segments[place].1 + Double(draw.whole(1...9)) / 10
      bid.segments[place].1 = cut
      bid.segments[place + 1].0 = cut
      return true
    },
    .on("a gap or an overlap", "C03") { bid, draw in
      let place = draw.whole(1...(bid.segments.count - 1))
      bid.segments[place].0 += Double(draw.whole(1...5) * (draw.whole(0...1) == 0 ? 1 : -1))
      return true
    },
    .on("an empty segment", "C02") { bid, draw in
      let place = draw.whole(1...(bid.segments.count - 1))
      bid.segments[place].1 = bid.segments[place].0 - Double(draw.whole(0...3))
      return true
    },
    .on("segments beyond the most", "F08") { bid, draw in
      while bid.segments.count < 5 + draw.whole(0...3) {
        let last = bid.segments[bid.segments.count - 1]
        let cut = last.0 + 1
        bid.segments[bid.segments.count - 1].1 = cut
        bid.segments.append((cut, max(last.1, cut + 1), last.2 + 1))
      }
      return true
    },
    .on("one segment", "F08") { bid, _ in
      bid.segments = [(0, Double(bid.capacity), 300)]
      return true
    },
    .on("a curve that ends early", "C05") { bid, draw in
      bid.segments[bid.segments.count - 1].1 -= Double(draw.whole(1...10))
      return true
    },
    .on("a curve beyond the capacity", "P01") { bid, draw in
      bid.segments[bid.segments.count - 1].1 += Double(draw.whole(1...10))
      return true
    },
    .on("a first point elsewhere", "C04") { bid, draw in
      let cut = bid.segments[0].1 + Double(draw.whole(1...3) * (draw.whole(0...1) == 0 ? 1 : -1))
      bid.segments[0].1 = cut
      bid.segments[1].0 = cut
      return true
    },
    .on("a first point below the lowest output", "P03") { bid, draw in
      let cut = bid.segments[0].1 - Double(draw.whole(1...30))
      bid.segments[0].1 = cut
      bid.segments[1].0 = cut
      return true
    },
    .on("a narrow segment", "C06") { bid, draw in
      guard bid.segments.count > 2 else { return false }
      bid.segments[1].1 = bid.segments[1].0 + Double(draw.whole(1...(bid.width - 1)))
      bid.segments[2].0 = bid.segments[1].1
      return true
    },
    .on("equal prices", "C09") { bid, draw in
      let place = draw.whole(1...(bid.segments.count - 1))
      bid.segments[place].2 = bid.segments[place - 1].2
      return true
    },
    .on("capacity left out", "M05") { bid, draw in
      bid.segments[bid.segments.count - 1].1 -= Double(bid.capacity / 100 + draw.whole(1...5))
      return true
    },
  ]

  private static let formBreaking: [Mutation] = [
    .on("prices per kWh", "F04") { bid, _ in
      for place in bid.segments.indices { bid.segments[place].2 /= 1_000 }
      return bid.segments.contains { $0.2 != 0 }
    },
    .on("another unit of price", "F04") { bid, _ in
      bid.priceUnit = "CNY/kWh"
      return true
    },
    .on("power in tens of megawatts", "F05") { bid, _ in
      for place in bid.segments.indices {
        bid.segments[place].0 /= 10
        bid.segments[place].1 /= 10
      }
      return bid.capacity / 10 < bid.minimum
    },
    .on("no number", "F09") { bid, draw in
      let place = draw.whole(0...(bid.segments.count - 1))
      if draw.whole(0...1) == 0 { bid.segments[place].2 = .nan } else { bid.segments[place].1 = .infinity }
      return true
    },
    .on("another form", "C10") { bid, _ in
      bid.form = .steps
      return true
    },
    .on("the capacity adder in the price", "F11") { bid, _ in
      bid.basis = SubmissionExample.withAdder
      return true
    },
    .on("a unit that is not registered", "F01") { bid, _ in
      bid.unit += "X"
      return true
    },
    Mutation(name: "a retired unit", check: "F01") { book, index, _ in
      book.retired = book.bids[index].unit
      return true
    },
    Mutation(name: "two curves", check: "F09") { book, index, _ in
      book.twice = index
      return true
    },
    Mutation(name: "numbers from zero", check: "F09") { book, index, _ in
      book.numbersFromZero = index
      return true
    },
    Mutation(name: "sent late", check: "F02") { book, _, draw in
      book.sent.addTimeInterval(3_600 + Double(draw.whole(0...7_200)))
      return true
    },
  ]

  /// Changes that keep every rule.
  static let legal: [Mutation] = [
    .on("a price between its neighbours", nil) { bid, draw in
      let place = draw.whole(1...(bid.segments.count - 1))
      let above = place + 1 < bid.segments.count ? Int(bid.segments[place + 1].2) - 1 : 1_300
      bid.segments[place].2 = Double(draw.whole(Int(bid.segments[place - 1].2) + 1...above))
      return true
    },
    .on("a junction moved by whole megawatts", nil) { bid, draw in
      guard bid.segments.count > 2 else { return false }
      let cut = draw.whole(Int(bid.segments[1].0) + bid.width...Int(bid.segments[2].1) - bid.width)
      bid.segments[1].1 = Double(cut)
      bid.segments[2].0 = Double(cut)
      return true
    },
    .on("a segment divided", nil) { bid, _ in
      guard bid.segments.count < 4 else { return false }
      let last = bid.segments[bid.segments.count - 1]
      let cut = last.0 + Double(bid.width)
      guard last.1 - cut >= Double(bid.width) else { return false }
      bid.segments[bid.segments.count - 1].1 = cut
      bid.segments.append((cut, last.1, last.2 + 1))
      return true
    },
    .on("two segments joined", nil) { bid, _ in
      guard bid.segments.count > 2 else { return false }
      let last = bid.segments.removeLast()
      bid.segments[bid.segments.count - 1].1 = last.1
      return true
    },
    .on("all prices moved", nil) { bid, draw in
      let (low, high) = (Int(bid.segments[0].2), Int(bid.segments[bid.segments.count - 1].2))
      let shift = Double(draw.whole(-80 - low...1_300 - high))
      for place in bid.segments.indices { bid.segments[place].2 += shift }
      return true
    },
    .on("prices at both limits", nil) { bid, _ in
      bid.segments[0].2 = -80
      bid.segments[bid.segments.count - 1].2 = 1_300
      return true
    },
    Mutation(name: "another order of the file", check: nil) { book, _, _ in
      book.bids.reverse()
      return true
    },
    Mutation(name: "a unit without a bid", check: nil) { book, index, _ in
      book.bids.remove(at: index)
      return true
    },
    Mutation(name: "sent in the last second", check: nil) { book, _, _ in
      book.sent.addTimeInterval(3_599)
      return true
    },
  ]
}
