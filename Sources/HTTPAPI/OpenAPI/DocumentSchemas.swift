internal import Foundation

/// The schemas of the document. Of long documents the fields that a reader can count on are named; others may be added.
var documentSchemas: [String: Any] {
  ((try? JSONSerialization.jsonObject(with: Data(schemaText.utf8))) as? [String: Any]) ?? [:]
}

private let schemaText =
  #"""
  {
  "Problem": {"type":"object","required":["type","title","status","detail","detail_en","detail_zh","instance","request_id"],
    "properties":{"type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},"detail":{"type":"string"},
    "detail_en":{"type":"string"},"detail_zh":{"type":"string"},"instance":{"type":"string"},"request_id":{"type":"string"},
    "errors":{"type":"array","items":{"type":"object","required":["pointer","code","message_en","message_zh","clause"],
    "properties":{"pointer":{"type":"string"},"code":{"type":"string"},"message_en":{"type":"string"},
    "message_zh":{"type":"string"},"clause":{"type":"string"}}}}}},
  "Health": {"type":"object","required":["status"],"properties":{"status":{"type":"string","enum":["ok","ready"]}}},
  "OpenAPI": {"type":"object","required":["openapi","info","paths"]},
  "Me": {"type":"object","required":["schema","name","role","keys_needed","has_customers"],"properties":{"name":{"type":"string"},
    "role":{"type":"string","enum":["viewer","trader","checker","administrator"]},"keys_needed":{"type":"boolean"},"has_customers":{"type":"boolean"}}},
  "Days": {"type":"object","required":["schema","workspace","market","simulated","days"],"properties":{
    "schema":{"const":"spotdesk.days/1"},"workspace":{"type":"string"},"market":{"type":"string"},"simulated":{"type":"boolean"},
    "next_day":{"type":"string","format":"date"},"next_cursor":{"type":"string"},"days":{"type":"array","items":{"type":"object",
    "required":["day","prices_known","documents"],"properties":{"day":{"type":"string","format":"date"},
    "prices_known":{"type":"boolean"},"documents":{"type":"array","items":{"type":"string"}}}}}}},
  "Deadline": {"type":"object","required":["name","rule","at","locks"],"properties":{"name":{"type":"string"},
    "rule":{"type":"string"},"at":{"type":"string","format":"date-time"},"locks":{"type":"array","items":{"type":"string"}}}},
  "Range": {"type":"object","required":["mean","low","high"],"properties":{"mean":{"type":"number"},"low":{"type":"number"},
    "high":{"type":"number"}}},
  "Numbers": {"type":"array","items":{"type":"number"}},
  "Overview": {"type":"object","required":["schema","day","simulated","market","rule_pack","currency","zone","documents","gates",
    "series","notes"],"properties":{"schema":{"const":"spotdesk.overview/1"},"day":{"type":"string","format":"date"},
    "gates":{"type":"array","items":{"$ref":"#/components/schemas/Deadline"}},
    "information_cutoff":{"$ref":"#/components/schemas/Deadline"},"day_ahead_results":{"$ref":"#/components/schemas/Deadline"},
    "series":{"type":"array","items":{"type":"object","required":["series","last_day","needed_day","missing_days","state"],
    "properties":{"state":{"type":"string","enum":["fresh","late","stale"]},"missing_days":{"type":"integer"}}}},
    "compliance":{"type":"object","required":["verdict","bids","violated","checks_passed","checks_not_evaluated"]},
    "expected_profit":{"type":"object","required":["standard","optimised","difference"],"properties":{
    "standard":{"$ref":"#/components/schemas/Range"},"optimised":{"$ref":"#/components/schemas/Range"},
    "difference":{"type":"number"}}}}},
  "Bids": {"type":"object","required":["schema","day","simulated","currency","provenance","forecast","units","fleet","compliance",
    "notes"],"properties":{"schema":{"const":"spotdesk.day/1"},"units":{"type":"array","items":{"type":"object",
    "required":["unit","plant","rated_capacity_MW","standard","optimised","verdict"]}}}},
  "Density": {"type":"object","required":["schema","day","currency","price_per_MWh","share"],"properties":{
    "price_per_MWh":{"$ref":"#/components/schemas/Numbers"},"share":{"$ref":"#/components/schemas/Numbers"}}},
  "Checks": {"type":"object","required":["schema","day","rule_pack","compliance","violations"],"properties":{
    "schema":{"const":"spotdesk.check/1"},"violations":{"type":"array","items":{"type":"string"}}}},
  "Clearing": {"type":"object","required":["schema","day","currency","units","fleet","audit"],"properties":{
    "schema":{"const":"spotdesk.clear/1"},"units":{"type":"array"}}},
  "Review": {"type":"object","required":["schema","day","currency"],"properties":{"day":{"type":"string"}}},
  "Settlement": {"type":"object","required":["schema","from","to","currency","total","items","units","lines"],"properties":{
    "schema":{"const":"spotdesk.settle/1"}}},
  "Realised": {"type":"object","required":["schema","day","simulated","series"],"properties":{"series":{"type":"array","items":{
    "type":"object","required":["series","unit","interval_minutes","available_at","values"],"properties":{"values":{
    "type":"array","items":{"type":["number","null"]}}}}}}},
  "ForecastModels": {"type":"object","required":["schema","day","forecasts"],"properties":{"forecasts":{"type":"array"}}},
  "Forecast": {"type":"object","required":["schema","day","simulated","target","provenance","models","interval_end","point",
    "probabilities","quantiles","notes"],"properties":{"point":{"$ref":"#/components/schemas/Numbers"},
    "probabilities":{"$ref":"#/components/schemas/Numbers"},"quantiles":{"type":"array","items":{
    "$ref":"#/components/schemas/Numbers"}}}},
  "Vintages": {"type":"object","required":["schema","day","vintages"],"properties":{"vintages":{"type":"array","items":{
    "type":"object","required":["number","data_as_of","data_hash","program","seed","is_current"]}}}},
  "Rules": {"type":"object","required":["schema","packs","values"],"properties":{"schema":{"const":"spotdesk.rules/1"},
    "packs":{"type":"array","items":{"type":"object","required":["market","version","status","from","source"]}},
    "values":{"type":"array","items":{"type":"object","required":["key","value","confidence","clause"]}}}},
  "PackFindings": {"type":"object","required":["schema","packs","sentences"],"properties":{
    "packs":{"type":"array","items":{"type":"string"}},"sentences":{"type":"array","items":{"type":"string"}}}},
  "Units": {"type":"object","required":["schema","units"],"properties":{"units":{"type":"array","items":{"type":"object",
    "required":["unit","plant","capacity_MW","minimum_MW"]}}}},
  "DataQuality": {"type":"object","required":["schema","simulated","series"],"properties":{"series":{"type":"array","items":{
    "type":"object","required":["series","unit","first_day","last_day","days","missing_days","coverage"]}}}},
  "DraftSegment": {"type":"object","required":["to_MW","price_per_MWh"],"properties":{
    "to_MW":{"type":"number","minimum":0,"maximum":100000},"price_per_MWh":{"type":"number","minimum":-1000000,"maximum":1000000}}},
  "Curve": {"type":"object","required":["unit"],"additionalProperties":false,"properties":{
    "unit":{"type":"string","minLength":1,"maxLength":120},
    "segments":{"type":"array","minItems":1,"maxItems":100,"items":{"$ref":"#/components/schemas/DraftSegment"}}}},
  "Segments": {"type":"object","required":["segments"],"additionalProperties":false,"properties":{
    "segments":{"type":"array","minItems":1,"maxItems":100,"items":{"$ref":"#/components/schemas/DraftSegment"}}}},
  "Evaluation": {"type":"object","required":["schema","day","unit","currency","prepared","draft","expected_profit_difference",
    "verdict","findings"],"properties":{"verdict":{"type":"string","enum":["compliant","violated"]},
    "findings":{"type":"array","items":{"type":"object","required":["check","severity","message","message_chinese","clause"]}}}},
  "Draft": {"type":"object","required":["schema","day","unit","segments","version","author","updated_at","verdict"],
    "properties":{"version":{"type":"integer","minimum":1},"segments":{"type":"array","items":{
    "$ref":"#/components/schemas/DraftSegment"}}}},
  "Drafts": {"type":"object","required":["schema","day","drafts"],"properties":{"drafts":{"type":"array"}}},
  "JobRequest": {"type":"object","required":["kind"],"additionalProperties":false,"properties":{
    "kind":{"type":"string","enum":["day","forecast","clear","review","position","market","backtest","comparison","sweep"]},
    "day":{"type":"string","format":"date"},"from":{"type":"string","format":"date"},"to":{"type":"string","format":"date"},
    "seed":{"type":"integer","minimum":0},"scenarios":{"type":"integer","minimum":20,"maximum":2000},
    "risk_aversion":{"type":"number","minimum":0,"maximum":1},"strategies":{"$ref":"#/components/schemas/StrategyList"},
    "refit":{"type":"string","enum":["daily","weekly"]},"sweep":{"type":"string"}}},
  "StrategyList": {"type":"array","minItems":1,"maxItems":12,"uniqueItems":true,"items":{"type":"string"}},
  "BacktestRequest": {"type":"object","additionalProperties":false,"properties":{
    "from":{"type":"string","format":"date"},"to":{"type":"string","format":"date"},
    "seed":{"type":"integer","minimum":0},"scenarios":{"type":"integer","minimum":20,"maximum":2000},
    "risk_aversion":{"type":"number","minimum":0,"maximum":1},"strategies":{"$ref":"#/components/schemas/StrategyList"},
    "refit":{"type":"string","enum":["daily","weekly"]},"sweep":{"type":"string","description":"The text of a sweep file (YAML)."}}},
  "Strategies": {"type":"object","required":["schema","strategies"],"properties":{"strategies":{"type":"array","items":{"type":"string"}}}},
  "JobResult": {"anyOf":[{"$ref":"#/components/schemas/Backtest"},{"$ref":"#/components/schemas/Comparison"},
    {"$ref":"#/components/schemas/Sweep"}]},
  "Comparison": {"type":"object","required":["schema","from","to","currency","baseline","rows","days","provenance"],"properties":{
    "schema":{"const":"spotdesk.strategies/1"}}},
  "Sweep": {"type":"object","required":["schema","from","to","days","currency","groups"],"properties":{
    "schema":{"const":"spotdesk.sweep/1"}}},
  "Position": {"type":"object","required":["schema","day","simulated","currency","total","parts","exposure","hedge","joint","notes"],
    "properties":{"schema":{"const":"spotdesk.position/1"}}},
  "MarketBrief": {"type":"object","required":["schema","day","simulated","currency","interval_end","bidding_space_MW","parts",
    "similar_days","sentences","notes"],"properties":{"schema":{"const":"spotdesk.market/1"},"sentences":{"type":"array","items":{
    "type":"object","required":["topic","english","chinese","figures"]}}}},
  "Customers": {"type":"object","required":["schema","as_of","role","simulated","customers_in_all","tiers","customers","notes"],
    "properties":{"schema":{"const":"spotdesk.customers/1"},"role":{"type":"string","enum":["viewer","sales","manager"]},
    "next_cursor":{"type":"string"},"customers":{"type":"array","items":{"type":"object","required":["customer","name","tier","total",
    "confidence","dimensions","segment","days"]}}}},
  "CustomerScore": {"type":"object","required":["customer","total","dimensions","tier","confidence","as_of","contributions",
    "sentence_en","sentence_zh"]},
  "CustomerOffers": {"type":"object","required":["customers","packages","scenarios","seed","proposals","notes"]},
  "CustomerCases": {"type":"object","required":["customers","first_day","last_day","watched_customers","cases","resolved","notes"],
    "properties":{"cases":{"type":"array","items":{"type":"object","required":["id","customer","kind","severity","status",
    "opened_on"]}}}},
  "CustomerCase": {"type":"object","required":["case"],"additionalProperties":false,"properties":{"case":{"type":"string","minLength":3}}},
  "CustomerResolution": {"type":"object","required":["case","as"],"additionalProperties":false,"properties":{
    "case":{"type":"string","minLength":3},"as":{"type":"string","enum":["confirmed","false","explained"]}}},
  "BidStatus": {"type":"object","required":["schema","day","stage","payload","maker","checker","verdict","blocks","open_stops",
    "overrides","sealed","next"],"properties":{"schema":{"const":"spotdesk.bid-status/1"},
    "stage":{"type":"string","enum":["none","draft","checked","approved","sealed","submitted"]}}},
  "Override": {"type":"object","required":["check","unit","reason"],"additionalProperties":false,"properties":{
    "check":{"type":"string"},"unit":{"type":"string"},"reason":{"type":"string"}}},
  "Receipt": {"type":"object","required":["receipt"],"additionalProperties":false,"properties":{"receipt":{"type":"string"}}},
  "Gates": {"type":"object","required":["schema","day","gates"]},
  "MissingBids": {"type":"object","required":["schema","day","units"]},
  "Audit": {"type":"object","required":["schema","entries","head"]},
  "AuditVerification": {"type":"object","required":["schema","entries","head","is_intact"]},
  "RemoteCall": {"type":"object","required":["jsonrpc","method"],"properties":{"jsonrpc":{"const":"2.0"},
    "method":{"type":"string"},"id":{"type":["integer","string"]},"params":{"type":"object"}}},
  "RemoteAnswer": {"type":"object","required":["jsonrpc","id"]},
  "Job": {"type":"object","required":["schema","id","kind","request","state","progress","stage","requested_by","created_at",
    "version"],"properties":{"state":{"type":"string","enum":["queued","running","done","failed","cancelled","interrupted"]},
    "progress":{"type":"number","minimum":0,"maximum":1}}},
  "Jobs": {"type":"object","required":["schema","jobs"],"properties":{"next_cursor":{"type":"string"},"jobs":{"type":"array"}}},
  "Backtest": {"type":"object","required":["schema","from","to","days","units","standard","optimised"]}
  }
  """#
