import MarketModel
import MarketRules
