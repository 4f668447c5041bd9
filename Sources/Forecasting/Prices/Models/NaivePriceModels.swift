/// The same interval so many days before.
struct LaggedPriceModel: PriceModel {
  let name: String
  let lag: Int

  mutating func predicted(_ view: PriceView, refitAfter days: Int) -> [Double]? {
    view.position >= lag ? view.prices(at: view.position - lag).map { Array($0) } : nil
  }
}

/// Lago et al. (2021): the week before on Monday, Saturday and Sunday, the day before on the others.
struct WeeklyNaivePriceModel: PriceModel {
  let name = "naive"

  mutating func predicted(_ view: PriceView, refitAfter days: Int) -> [Double]? {
    let lag = [1, 6, 7].contains(view.weekday(at: view.position)) ? 7 : 1
    return view.position >= lag ? view.prices(at: view.position - lag).map { Array($0) } : nil
  }
}
