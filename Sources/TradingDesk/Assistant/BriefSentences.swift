internal import MarketModel

/// A brief in plain words, English and Chinese; every sentence carries the figures that it was made from.
struct BriefSentences {
  private typealias Figure = MarketBriefReport.Figure
  private typealias Sentence = MarketBriefReport.Sentence
  private let report: MarketBriefReport

  init(_ report: MarketBriefReport) { self.report = report }

  func all() -> [MarketBriefReport.Sentence] {
    let all =
      [space(), valley(), similar(), price(), floor(), cap(), spread(), tieLine()] + [
        fleet(), reserve(), changes(), rules(),
      ]
    return all.compactMap { $0 }
  }

  private func number(_ value: Double, _ decimals: Int = 0) -> String { readable(value, decimals: decimals) }

  /// 13.25 as "13:15".
  private func clock(_ hour: Double) -> String { ClockTime.text(Int((hour * 60).rounded())) }

  private func space() -> Sentence? {
    guard let own = report.features else { return nil }
    let figures = [Figure(name: "mean bidding space", value: own.meanMW, unit: "MW", source: "bidding-space")]
    guard let old = report.yesterday else {
      return Sentence(
        topic: "bidding-space", english: "The mean bidding space is \(number(own.meanMW)) MW.",
        chinese: "平均竞价空间 \(number(own.meanMW)) MW。", figures: figures)
    }
    let change = own.meanMW - old.meanMW
    return Sentence(
      topic: "bidding-space",
      english:
        "The mean bidding space is \(number(own.meanMW)) MW, \(number(abs(change))) MW \(change < 0 ? "less" : "more") than yesterday.",
      chinese: "平均竞价空间 \(number(own.meanMW)) MW,比昨日\(change < 0 ? "减少" : "增加") \(number(abs(change))) MW。",
      figures: figures + [
        Figure(name: "yesterday's mean", value: old.meanMW, unit: "MW", source: "bidding-space of the day before")
      ])
  }

  private func valley() -> Sentence? {
    guard let own = report.features, let net = report.netLoad else { return nil }
    return Sentence(
      topic: "valley-and-ramp",
      english:
        "Its two-hour valley is \(number(own.valleyMW)) MW around \(clock(own.valleyHour)), its peak \(number(own.peakMW)) MW around \(clock(own.peakHour)); "
        + "net load rises by up to \(number(net.rampUpMW)) MW within the hour to \(clock(net.rampUpHour)) and falls by up to \(number(-net.rampDownMW)) MW within the hour to \(clock(net.rampDownHour)).",
      chinese:
        "两小时低谷 \(number(own.valleyMW)) MW,在 \(clock(own.valleyHour)) 前后;高峰 \(number(own.peakMW)) MW,在 \(clock(own.peakHour)) 前后;"
        + "净负荷一小时内最大爬坡 \(number(net.rampUpMW)) MW(至 \(clock(net.rampUpHour))),最大下降 \(number(-net.rampDownMW)) MW(至 \(clock(net.rampDownHour)))。",
      figures: [
        Figure(name: "valley", value: own.valleyMW, unit: "MW", source: "bidding-space"),
        Figure(name: "peak", value: own.peakMW, unit: "MW", source: "bidding-space"),
        Figure(name: "net load ramp up", value: net.rampUpMW, unit: "MW/h", source: "load − wind − solar"),
        Figure(name: "net load ramp down", value: net.rampDownMW, unit: "MW/h", source: "load − wind − solar"),
      ])
  }

  private func similar() -> Sentence? {
    guard let first = report.similarDays.first, let mean = report.price?.similarDaysMeanPerMWh else { return nil }
    let days = report.similarDays.map { "\($0.day)" }.joined(separator: ", ")
    return Sentence(
      topic: "similar-days",
      english:
        "The most similar days are \(days); their mean price was \(number(mean, 1)) \(report.currency)/MWh, that of \(first.day) \(number(first.meanPricePerMWh, 1)).",
      chinese:
        "最相似日为 \(days),平均价格 \(number(mean, 1)) \(report.currency)/MWh,其中 \(first.day) 为 \(number(first.meanPricePerMWh, 1))。",
      figures: report.similarDays.map {
        Figure(name: "similarity of \($0.day)", value: $0.similarity, unit: "0 to 1", source: "bidding-space")
      } + [Figure(name: "mean price", value: mean, unit: "\(report.currency)/MWh", source: "price.day-ahead")])
  }

  private func price() -> Sentence? {
    guard let price = report.price,
      let high = price.expectedPerMWh.indices.max(by: { price.expectedPerMWh[$0] < price.expectedPerMWh[$1] })
    else { return nil }
    let (top, end) = (price.expectedPerMWh[high], report.intervalEnd[high])
    return Sentence(
      topic: "price",
      english:
        "The expected day-ahead price is \(number(price.meanPerMWh, 1)) \(report.currency)/MWh in the mean and highest at \(end) with \(number(top, 1)).",
      chinese: "预计日前均价 \(number(price.meanPerMWh, 1)) \(report.currency)/MWh,最高在 \(end),为 \(number(top, 1))。",
      figures: [
        Figure(
          name: "expected mean", value: price.meanPerMWh, unit: "\(report.currency)/MWh", source: "price forecast"),
        Figure(name: "expected highest", value: top, unit: "\(report.currency)/MWh", source: "price forecast"),
      ])
  }

  private func floor() -> Sentence? {
    guard let price = report.price, let level = price.floorPerMWh else { return nil }
    return probability(
      "floor", price.floorProbabilityByHour, level, english: "the floor of", chinese: "地板价", below: true)
  }

  private func cap() -> Sentence? {
    guard let price = report.price, let level = price.capPerMWh else { return nil }
    return probability("cap", price.capProbabilityByHour, level, english: "the cap of", chinese: "上限价", below: false)
  }

  private func probability(
    _ topic: String, _ byHour: [Double], _ level: Double, english: String, chinese: String, below: Bool
  ) -> Sentence? {
    guard let hour = byHour.indices.max(by: { byHour[$0] < byHour[$1] }) else { return nil }
    let (most, name) = (byHour[hour], EnergyPrice.perMegawattHour(level).text)
    let hours = byHour.count { $0 >= 0.5 }
    let figures = [
      Figure(name: "highest hourly probability", value: most, unit: "share", source: "price scenarios"),
      Figure(name: "hours at one half or above", value: Double(hours), unit: "h", source: "price scenarios"),
    ]
    guard most > 0 else {
      return Sentence(
        topic: topic, english: "No scenario reaches \(english) \(name) \(report.currency)/MWh.",
        chinese: "没有情景触及\(chinese) \(name) \(report.currency)/MWh。", figures: figures)
    }
    return Sentence(
      topic: topic,
      english:
        "Prices at \(english) \(name) \(report.currency)/MWh are likeliest from \(clock(Double(hour))) to \(clock(Double(hour + 1))) (\(percent(most))); hours in which they are more likely than not: \(hours).",
      chinese:
        "触及\(chinese) \(name) \(report.currency)/MWh 的概率在 \(clock(Double(hour)))–\(clock(Double(hour + 1))) 最高(\(percent(most)));\(hours) 个小时超过一半。",
      figures: figures)
  }

  private func spread() -> Sentence? {
    guard let spread = report.spread else { return nil }
    return Sentence(
      topic: "spread",
      english:
        "Over the last \(spread.days) days the real-time price was \(number(abs(spread.meanPerMWh), 1)) \(report.currency)/MWh \(spread.meanPerMWh < 0 ? "below" : "above") the day-ahead price, with a deviation of \(number(spread.standardDeviationPerMWh, 1)).",
      chinese:
        "近 \(spread.days) 日实时价平均\(spread.meanPerMWh < 0 ? "低于" : "高于")日前价 \(number(abs(spread.meanPerMWh), 1)) \(report.currency)/MWh,标准差 \(number(spread.standardDeviationPerMWh, 1))。",
      figures: [
        Figure(
          name: "mean spread", value: spread.meanPerMWh, unit: "\(report.currency)/MWh",
          source: "price.real-time − price.day-ahead")
      ])
  }

  private func tieLine() -> Sentence? {
    guard let own = report.parts.first(where: { $0.name == "imports" }), let change = own.changeMW,
      let largest = own.largestChangeMW, let place = own.largestChangeAt
    else { return nil }
    return Sentence(
      topic: "tie-lines",
      english:
        "Imports are \(number(own.meanMW)) MW in the mean, \(number(abs(change))) MW \(change < 0 ? "less" : "more") than yesterday; the largest change is \(signed(largest)) MW at \(place).",
      chinese:
        "联络线受电平均 \(number(own.meanMW)) MW,比昨日\(change < 0 ? "减少" : "增加") \(number(abs(change))) MW;最大变化 \(signed(largest)) MW,在 \(place)。",
      figures: [Figure(name: "mean imports", value: own.meanMW, unit: "MW", source: own.series)])
  }

  private func fleet() -> Sentence? {
    guard let fleet = report.fleet else { return nil }
    return Sentence(
      topic: "fleet",
      english:
        "Of \(fleet.units) own units \(fleet.available) are available with \(number(fleet.availableMW)) MW and \(fleet.onLine) are on line with a minimum output of \(number(fleet.minimumOutputOnLineMW)) MW; contracts take \(number(fleet.contractedMeanMW)) MW in the mean, \(number(fleet.contractedMaximumMW)) MW at most.",
      chinese:
        "自有机组 \(fleet.units) 台,可用 \(fleet.available) 台共 \(number(fleet.availableMW)) MW,在线 \(fleet.onLine) 台,最小出力合计 \(number(fleet.minimumOutputOnLineMW)) MW;合约平均 \(number(fleet.contractedMeanMW)) MW,最大 \(number(fleet.contractedMaximumMW)) MW。",
      figures: [
        Figure(name: "available", value: fleet.availableMW, unit: "MW", source: "units and outages"),
        Figure(name: "minimum output on line", value: fleet.minimumOutputOnLineMW, unit: "MW", source: "unit states"),
        Figure(name: "mean contracted", value: fleet.contractedMeanMW, unit: "MW", source: "contracts"),
      ])
  }

  private func reserve() -> Sentence? {
    guard let own = report.reserve.ownAboveContractsMW else { return nil }
    return Sentence(
      topic: "reserve",
      english:
        "At the peak of the bidding space our available units have \(number(own)) MW above their contracts. \(report.reserve.sentence)",
      chinese:
        "竞价空间高峰时,自有可用容量比合约多 \(number(own)) MW。\(report.reserve.publishedMW.isEmpty ? "数据中没有调度公布的备用。" : "调度已公布上备用。")",
      figures: [
        Figure(name: "above contracts", value: own, unit: "MW", source: "units, outages and contracts")
      ])
  }

  private func changes() -> Sentence? {
    guard !report.parts.isEmpty else { return nil }
    guard let largest = report.changes.max(by: { abs($0.largestChangeMW) < abs($1.largestChangeMW) }) else {
      return Sentence(
        topic: "boundary", english: "The boundary of the day has not changed since it was first published.",
        chinese: "边界条件自首次发布以来没有变化。", figures: [])
    }
    return Sentence(
      topic: "boundary",
      english:
        "Since the last boundary file \(report.changes.count) series changed, most \(largest.series) with \(signed(largest.largestChangeMW)) MW at \(largest.largestChangeAt) (\(signed(largest.meanChangeMW)) MW in the mean).",
      chinese:
        "与上一版边界文件相比,\(report.changes.count) 个序列有变化,最大为 \(largest.series):\(largest.largestChangeAt) \(signed(largest.largestChangeMW)) MW(平均 \(signed(largest.meanChangeMW)) MW)。",
      figures: [
        Figure(name: "largest change", value: largest.largestChangeMW, unit: "MW", source: largest.series)
      ])
  }

  private func rules() -> Sentence? {
    let rules = report.rules
    let coming = rules.upcoming.first
    let next = coming.map { "; \($0.pack) (\($0.status)) says otherwise in \($0.differences.count) points" } ?? ""
    let nextChinese = coming.map { ";\($0.pack)(\($0.status))有 \($0.differences.count) 处不同" } ?? ""
    return Sentence(
      topic: "rules",
      english:
        "Rule pack \(rules.pack) is in force since \(rules.since)\(rules.before.map { ", with \(rules.differences.count) differences to \($0)" } ?? "")\(next).",
      chinese:
        "现行规则包 \(rules.pack),自 \(rules.since) 起\(rules.before.map { ",与 \($0) 有 \(rules.differences.count) 处不同" } ?? "")\(nextChinese)。",
      figures: [
        Figure(name: "differences", value: Double(rules.differences.count), unit: "", source: rules.source)
      ])
  }
}
