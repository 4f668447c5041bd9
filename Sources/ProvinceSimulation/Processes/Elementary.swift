internal import Foundation

/// The elementary functions that this module uses, from one place.
func cosine(_ angle: Double) -> Double { cos(angle) }
func sine(_ angle: Double) -> Double { sin(angle) }
func exponential(_ value: Double) -> Double { exp(value) }

/// 1 / (1 + e^−x).
func logistic(_ value: Double) -> Double { 1 / (1 + exp(-value)) }

/// ln(p / (1 − p)), the inverse of ``logistic(_:)``.
func logit(_ share: Double) -> Double { log(share / (1 - share)) }

func clamp(_ value: Double, _ lowest: Double, _ highest: Double) -> Double { min(max(value, lowest), highest) }

func logarithm(_ value: Double) -> Double { log(value) }
