internal import RealModule

/// The normal distribution with a mean and a standard deviation.
public struct NormalDistribution: Equatable, Sendable {
  public let mean: Double
  public let standardDeviation: Double

  /// Mean 0, standard deviation 1.
  public static let standard = NormalDistribution(mean: 0, standardDeviation: 1)

  public init(mean: Double, standardDeviation: Double) {
    precondition(standardDeviation > 0, "A standard deviation is above zero, was \(standardDeviation)")
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  /// Φ((x − μ)/σ) = ½·erfc(−(x − μ)/(σ√2)).
  public func cumulativeProbability(of value: Double) -> Double {
    0.5 * Double.erfc(-(value - mean) / standardDeviation * 0.5.squareRoot())
  }

  /// The value below which the probability is `level`, 0 < level < 1; relative accuracy about 1e-16.
  ///
  /// Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37 (1988),
  /// routine PPND16.
  public func quantile(at level: Double) -> Double {
    precondition(level > 0 && level < 1, "A normal quantile needs a level inside 0…1, was \(level)")
    return mean + standardDeviation * Self.standardQuantile(level)
  }

  private static func standardQuantile(_ level: Double) -> Double {
    let centred = level - 0.5
    if abs(centred) <= 0.425 {
      let argument = 0.180625 - centred * centred
      return centred * ratio(argument, Wichura.centre)
    }
    let tail = (-Double.log(min(level, 1 - level))).squareRoot()
    let magnitude = tail <= 5 ? ratio(tail - 1.6, Wichura.middle) : ratio(tail - 5, Wichura.far)
    return centred < 0 ? -magnitude : magnitude
  }

  private static func ratio(_ argument: Double, _ pair: (numerator: [Double], denominator: [Double])) -> Double {
    horner(argument, pair.numerator) / horner(argument, pair.denominator)
  }

  private static func horner(_ argument: Double, _ coefficients: [Double]) -> Double {
    coefficients.reversed().reduce(0) { $0 * argument + $1 }
  }
}

/// The coefficients of PPND16, from the constant term upwards: central part, tail up to r = 5, far tail.
private enum Wichura {
  static let centre = (
    numerator: [
      3.387_132_872_796_366_6080, 1.331_416_678_917_843_7745e2, 1.971_590_950_306_551_4427e3,
      1.373_169_376_550_946_1125e4, 4.592_195_393_154_987_1457e4, 6.726_577_092_700_870_0853e4,
      3.343_057_558_358_812_8105e4, 2.509_080_928_730_122_6727e3,
    ],
    denominator: [
      1, 4.231_333_070_160_091_1252e1, 6.871_870_074_920_579_0830e2, 5.394_196_021_424_751_1077e3,
      2.121_379_430_158_659_5867e4, 3.930_789_580_009_271_0610e4, 2.872_908_573_572_194_2674e4,
      5.226_495_278_852_854_5610e3,
    ]
  )
  static let middle = (
    numerator: [
      1.423_437_110_749_683_57734, 4.630_337_846_156_545_29590, 5.769_497_221_460_691_40550,
      3.647_848_324_763_204_60504, 1.270_458_252_452_368_38258, 2.417_807_251_774_506_11770e-1,
      2.272_384_498_926_918_45833e-2, 7.745_450_142_783_414_07640e-4,
    ],
    denominator: [
      1, 2.053_191_626_637_758_82187, 1.676_384_830_183_803_84940, 6.897_673_349_851_000_04550e-1,
      1.481_039_764_274_800_74590e-1, 1.519_866_656_361_645_71966e-2, 5.475_938_084_995_344_94600e-4,
      1.050_750_071_644_416_84324e-9,
    ]
  )
  static let far = (
    numerator: [
      6.657_904_643_501_103_77720, 5.463_784_911_164_114_36990, 1.784_826_539_917_291_33580,
      2.965_605_718_285_048_91230e-1, 2.653_218_952_657_612_30930e-2, 1.242_660_947_388_078_43860e-3,
      2.711_555_568_743_487_57815e-5, 2.010_334_399_292_288_13265e-7,
    ],
    denominator: [
      1, 5.998_322_065_558_879_37690e-1, 1.369_298_809_227_358_05310e-1, 1.487_536_129_085_061_48525e-2,
      7.868_691_311_456_132_59100e-4, 1.846_318_317_510_054_68180e-5, 1.421_511_758_316_445_88870e-7,
      2.044_263_103_389_939_78564e-15,
    ]
  )
}
