/// Irradiance on level ground under a clear sky, from the place of the sun.
enum ClearSky {
  /// Meridian of the market's clock (UTC+8).
  static let clockMeridian = 120.0

  /// W/m² at a clock hour of a day of the year:
  ///
  ///     G = 1098 · cos z · e^(−0.057 / cos z)
  ///
  /// Haurwitz, Journal of Meteorology 2 (1945) and 3 (1946); the sun's place after Cooper, Solar Energy 12 (1969), and
  /// the equation of time in its usual two-term form (Duffie, Beckman, "Solar Engineering of Thermal Processes").
  static func irradiance(dayOfYear: Int, hour: Double, latitude: Double, longitude: Double) -> Double {
    let cosine = cosineOfZenith(dayOfYear: dayOfYear, hour: hour, latitude: latitude, longitude: longitude)
    guard cosine > 0.01 else { return 0 }
    return 1_098 * cosine * exponential(-0.057 / cosine)
  }

  /// cos z = sin φ·sin δ + cos φ·cos δ·cos h.
  static func cosineOfZenith(dayOfYear: Int, hour: Double, latitude: Double, longitude: Double) -> Double {
    let degree = Double.pi / 180
    let day = Double(dayOfYear)
    let declination = 23.45 * degree * sine(2 * .pi * (284 + day) / 365)
    let angle = 2 * Double.pi * (day - 81) / 364
    let equationMinutes = 9.87 * sine(2 * angle) - 7.53 * cosine(angle) - 1.5 * sine(angle)
    let solarHour = hour + (4 * (longitude - clockMeridian) + equationMinutes) / 60
    let hourAngle = 15 * degree * (solarHour - 12)
    return sine(latitude * degree) * sine(declination)
      + cosine(latitude * degree) * cosine(declination) * cosine(hourAngle)
  }
}
