/// Lago et al. (2021): the week before on Monday, Saturday and Sunday, the day before on the others.
struct WeeklyNaivePriceModel: PriceModel {
  let family = PriceFamily.naive
  var windowDays: Int { 7 }
  var columns: Int { 0 }
  let name = "naive"
  var fitted = NothingFitted()

  mutating func predicted(_ view: PriceView, refitAfter days: Int) throws(ForecastingError) -> [Double]? {
    let lag = [1, 6, 7].contains(view.weekday(at: view.position)) ? 7 : 1
    return view.position >= lag ? view.prices(at: view.position - lag).map { Array($0) } : nil
  }
}
