extension ProvinceParameters {
  /// The name of each number in `province.csv` and where it goes.
  static var numberColumns: [(name: String, path: WritableKeyPath<ProvinceParameters, Double>)] {
    weatherColumns + loadColumns + supplyColumns + fleetColumns + priceColumns
  }

  private static var weatherColumns: [(name: String, path: WritableKeyPath<ProvinceParameters, Double>)] {
    [
      ("weather_front_hours", \.weather.frontHours),
      ("weather_wind_hours", \.weather.gustHours),
      ("weather_cloud_hours", \.weather.cloudHours),
      ("weather_shared_front_weight", \.weather.sharedFrontWeight),
      ("weather_temperature_deviation_degC", \.weather.temperatureDeviation),
      ("weather_wind_log_deviation", \.weather.windLogDeviation),
      ("weather_spring_wind_gain", \.weather.springWindGain),
      ("weather_cloud_deviation", \.weather.cloudDeviation),
      ("weather_forecast_error_hours", \.weather.forecastErrorHours),
      ("weather_temperature_error_degC", \.weather.temperatureError),
      ("weather_wind_log_error", \.weather.windError),
      ("weather_cloud_error", \.weather.cloudError),
    ]
  }

  private static var loadColumns: [(name: String, path: WritableKeyPath<ProvinceParameters, Double>)] {
    [
      ("load_mean_MW", \.load.meanMegawatts),
      ("load_yearly_growth", \.load.yearlyGrowth),
      ("load_weekend_factor", \.load.weekendFactor),
      ("load_holiday_factor", \.load.holidayFactor),
      ("load_festival_factor", \.load.festivalFactor),
      ("load_festival_ramp_days", \.load.festivalRampDays),
      ("load_cooling_threshold_degC", \.load.coolingThreshold),
      ("load_cooling_MW_per_degC", \.load.coolingMegawattsPerDegree),
      ("load_heating_threshold_degC", \.load.heatingThreshold),
      ("load_heating_MW_per_degC", \.load.heatingMegawattsPerDegree),
      ("load_noise_share", \.load.noiseShare),
      ("load_noise_hours", \.load.noiseHours),
      ("load_forecast_error_share", \.load.forecastErrorShare),
      ("load_forecast_error_hours", \.load.forecastErrorHours),
    ]
  }

  private static var supplyColumns: [(name: String, path: WritableKeyPath<ProvinceParameters, Double>)] {
    [
      ("renewable_wind_capacity_MW", \.renewables.windCapacity),
      ("renewable_solar_capacity_MW", \.renewables.solarCapacity),
      ("renewable_yearly_growth", \.renewables.yearlyGrowth),
      ("renewable_wind_curve_centre_m_per_s", \.renewables.windCurveCentre),
      ("renewable_wind_curve_width_m_per_s", \.renewables.windCurveWidth),
      ("renewable_wind_availability", \.renewables.windAvailability),
      ("renewable_wind_forecast_error", \.renewables.windForecastError),
      ("renewable_solar_performance", \.renewables.solarPerformance),
      ("renewable_solar_forecast_error", \.renewables.solarForecastError),
      ("renewable_forecast_error_hours", \.renewables.forecastErrorHours),
      ("import_mean_MW", \.imports.meanMegawatts),
      ("import_summer_gain", \.imports.summerGain),
      ("import_daily_deviation", \.imports.dailyDeviation),
      ("import_daily_persistence", \.imports.dailyPersistence),
      ("import_change_MW", \.imports.changeMegawatts),
      ("import_change_hours", \.imports.changeHours),
      ("other_base_MW", \.otherSupply.baseMegawatts),
      ("other_winter_heat_MW", \.otherSupply.winterHeatMegawatts),
      ("other_storage_MW", \.otherSupply.storageMegawatts),
      ("other_noise_MW", \.otherSupply.noiseMegawatts),
    ]
  }

  private static var fleetColumns: [(name: String, path: WritableKeyPath<ProvinceParameters, Double>)] {
    [
      ("fleet_units", \.fleet.units),
      ("fleet_capacity_MW", \.fleet.capacity),
      ("fleet_minimum_share", \.fleet.minimumShare),
      ("fleet_minimum_share_spread", \.fleet.minimumShareSpread),
      ("fleet_mean_cost_per_MWh", \.fleet.meanCost),
      ("fleet_cost_spread_per_MWh", \.fleet.costSpread),
      ("fleet_cost_index_deviation", \.fleet.costIndexDeviation),
      ("fleet_cost_index_days", \.fleet.costIndexDays),
      ("fleet_reserve_share", \.fleet.reserveShare),
      ("fleet_commitment_inertia", \.fleet.commitmentInertia),
      ("fleet_smallest_online_MW", \.fleet.smallestOnline),
      ("fleet_heat_supply_share", \.fleet.heatSupplyShare),
      ("fleet_forced_outage_share", \.fleet.forcedOutageShare),
    ]
  }

  private static var priceColumns: [(name: String, path: WritableKeyPath<ProvinceParameters, Double>)] {
    [
      ("price_bid_floor_per_MWh", \.prices.bidFloor),
      ("price_bid_cap_per_MWh", \.prices.bidCap),
      ("price_clearing_floor_per_MWh", \.prices.clearingFloor),
      ("price_clearing_cap_per_MWh", \.prices.clearingCap),
      ("price_markup_deviation", \.prices.markupDeviation),
      ("price_markup_days", \.prices.markupDays),
      ("price_unit_markup_deviation", \.prices.unitMarkupDeviation),
      ("price_demand_bid_error", \.prices.demandBidError),
      ("price_noise_per_MWh", \.prices.noise),
      ("price_noise_hours", \.prices.noiseHours),
      ("price_real_time_noise_per_MWh", \.prices.realTimeNoise),
      ("price_real_time_noise_hours", \.prices.realTimeNoiseHours),
    ]
  }
}
