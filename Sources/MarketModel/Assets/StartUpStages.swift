/// What a start costs and how long it takes, by the time that the unit has been off.
public struct StartUpStages: Hashable, Sendable {
  /// Hot, warm, cold in this order; `afterOffMinutes` rises and the first is 0.
  public let stages: [StartUpStage]

  public init(_ stages: [StartUpStage]) { self.stages = stages }

  /// The stage of a start after `offMinutes` off line: the last whose threshold is reached.
  public func stage(afterOffMinutes offMinutes: Int) -> StartUpStage? {
    stages.last { $0.afterOffMinutes <= offMinutes }
  }
}

public struct StartUpStage: Hashable, Sendable {
  public enum Temperature: String, Hashable, Sendable, Codable { case hot, warm, cold }
  public let temperature: Temperature
  public let afterOffMinutes: Int
  public let cost: Money
  /// From the order to synchronisation.
  public let minutesToSynchronise: Int

  public init(temperature: Temperature, afterOffMinutes: Int, cost: Money, minutesToSynchronise: Int) {
    self.temperature = temperature
    self.afterOffMinutes = afterOffMinutes
    self.cost = cost
    self.minutesToSynchronise = minutesToSynchronise
  }
}
