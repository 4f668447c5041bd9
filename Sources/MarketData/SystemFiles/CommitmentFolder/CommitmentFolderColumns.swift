internal import PowerSystem

/// Headers of the wider files.
enum CommitmentFolderColumns {
  static let units = [
    "unit", "bus", "minimum_up_intervals", "minimum_down_intervals", "ramp_up_MW", "ramp_down_MW", "start_up_limit_MW",
    "shut_down_limit_MW", "shut_down_cost", "initial_state", "initial_intervals", "initial_output_MW",
  ]
  static let branches = [
    "branch", "from_bus", "to_bus", "susceptance_MW_per_rad", "phase_shift_rad", "limit_MW", "emergency_limit_MW",
    "overload_cost_per_MWh", "minimum_angle_rad", "maximum_angle_rad", "resistance_per_MW",
  ]
  /// In the order of ``StorageUnit/allSeries``.
  static let storageSeries = [
    "minimum_level_MWh", "maximum_level_MWh", "minimum_charge_MW", "maximum_charge_MW", "minimum_discharge_MW",
    "maximum_discharge_MW", "charge_cost_per_MWh", "discharge_cost_per_MWh", "charge_efficiency",
    "discharge_efficiency", "loss",
  ]
  static let storageIntervals = ["storage", "interval"] + storageSeries + ["allows_both"]
}

extension StorageUnit {
  /// Its series in the order of ``CommitmentFolderColumns/storageSeries``.
  var allSeries: [[Double]] {
    [
      minimumLevel, maximumLevel, minimumCharge, maximumCharge, minimumDischarge, maximumDischarge, chargeCost_perMWh,
      dischargeCost_perMWh, chargeEfficiency, dischargeEfficiency, loss,
    ]
  }
}
