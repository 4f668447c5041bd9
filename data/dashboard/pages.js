"use strict";
// One function for each page: reads documents, shows them.
const JOB_WORDS = { day: "prepare", forecast: "make_forecast", clear: "run_clear", review: "run_review", position: "make_position", market: "make_market" };
const itemName = item => t("item_" + item.replaceAll("-", "_"));
const DOCUMENT_WORDS = { market: "market_page" };
const dayPath = rest => "/api/v1/days/" + desk.day + rest;
const heading = (title, below) => [element("h1", {}, title, desk.day ? element("span", { class: "quiet" }, " · " + desk.day + " " + new Date(desk.day + "T12:00:00Z").toLocaleDateString(desk.language === "zh" ? "zh-CN" : "en-GB", { weekday: "short", timeZone: "UTC" })) : ""), element("p", { class: "below" }, below ?? "")];
const lamp = (kind, sign, text) => element("div", { class: "lamp " + kind }, element("i", { "aria-hidden": "true" }, sign), element("span", {}, text));

function countdown(at) {
  const seconds = Math.round((new Date(at) - Date.now()) / 1000), size = Math.abs(seconds);
  const text = size >= 172800 ? Math.floor(size / 86400) + " d" : String(Math.floor(size / 3600)).padStart(2, "0") + ":" + String(Math.floor(size / 60) % 60).padStart(2, "0") + ":" + String(size % 60).padStart(2, "0");
  return { past: seconds < 0, text: seconds < 0 ? text + " " + t("ago") : text };
}

async function todayPage(main) {
  const view = await ask(dayPath(""));
  main.append(...heading(t("today"), view.market + " · " + view.rule_pack + " · " + view.currency + " · " + view.zone));
  const grid = element("div", { class: "grid" });
  main.append(grid);
  // Deadlines
  const gates = card(t("gates"), "w4");
  const deadlines = [...(view.information_cutoff ? [view.information_cutoff] : []), ...view.gates, ...(view.day_ahead_results ? [view.day_ahead_results] : [])];
  const clocks = deadlines.map(entry => ({ entry, place: element("span", { class: "big" }) }));
  const first = clocks.find(clock => view.gates.includes(clock.entry)) ?? clocks[0];
  if (first) gates.append(element("div", {}, element("div", { class: "quiet" }, first.entry.name === "information cutoff" ? t("cutoff") : first.entry.name), first.place, element("div", { class: "quiet small" }, first.entry.rule, " · ", first.entry.at)));
  const rest = clocks.filter(clock => clock !== first);
  for (const clock of rest) clock.place.className = "";
  gates.append(element("dl", { class: "facts gap" }, rest.map(clock => [element("dt", {}, clock.entry.name === "information cutoff" ? t("cutoff") : clock.entry.name, " ", clock.entry.rule), element("dd", {}, clock.place)])));
  if (!view.gates.length) gates.append(lamp("warned", "▲", t("none_known")));
  const tick = () => { for (const clock of clocks) { const found = countdown(clock.entry.at); clock.place.textContent = found.past ? t("closed") + " · " + found.text : found.text; } };
  tick();
  const timer = setInterval(tick, 1000);
  leaving.push(() => clearInterval(timer));
  // Compliance
  const lights = card(t("compliance"), "w4");
  const rules = view.compliance;
  if (rules) {
    lights.append(element("div", { class: "big " + (rules.verdict === "compliant" ? "good" : "bad") }, (rules.verdict === "compliant" ? "● " : "■ ") + (rules.verdict === "compliant" ? t("compliant") : t("violated") + " " + rules.violated)),
      lamp("good", "●", number(rules.checks_passed) + " " + t("passed")), lamp(rules.violated ? "bad" : "quiet", "■", number(rules.violated) + " / " + number(rules.bids) + " " + t("bids_n") + ": " + t("violated")),
      lamp("warned", "▲", number(rules.checks_not_evaluated) + " " + t("open_checks")), element("p", {}, element("a", { href: address({}, "bids") }, t("bids") + " →")));
  } else lights.append(nothing(t("no_bids"), "day"));
  // Profit
  const money = card(t("profit") + ", " + view.currency, "w4");
  const profit = view.expected_profit;
  if (profit) {
    money.append(element("div", { class: "big" }, number(profit.optimised.mean)), element("div", { class: "quiet" }, t("of80"), " ", number(profit.optimised.low), " … ", number(profit.optimised.high)),
      element("dl", { class: "facts gap" }, element("dt", {}, t("standard")), element("dd", { class: "n" }, number(profit.standard.mean)), element("dt", {}, t("difference")), element("dd", { class: "n up" }, signed(profit.difference)), element("dt", {}, t("cvar")), element("dd", { class: "n" }, number(profit.conditional_value_at_risk_5))));
  } else money.append(element("p", { class: "quiet" }, t("no_bids")));
  grid.append(gates, lights, money);
  // Freshness
  const fresh = card(t("freshness"), "w6");
  const signs = { fresh: ["good", "●"], late: ["warned", "▲"], stale: ["bad", "■"] };
  const list = table(t("freshness"), [{ title: t("series"), get: row => row.series }, { title: t("last_day"), get: row => row.last_day }, { title: t("needed"), get: row => row.needed_day },
    { title: t("state"), get: row => row.missing_days, show: row => lamp(signs[row.state][0], signs[row.state][1], t(row.state) + (row.missing_days ? " (" + row.missing_days + ")" : "")) }],
    [...view.series].sort((a, b) => b.missing_days - a.missing_days || a.series.includes("@") - b.series.includes("@")));
  fresh.append(list); exportable(fresh, list, "freshness-" + desk.day); actions(fresh, dayPath(""));
  // Documents and notes
  const there = card(t("documents"), "w6");
  const made = new Set(view.documents);
  for (const [name, page, kind] of [["market", "market", "market"], ["forecast", "prices", "forecast"], ["bids", "bids", "day"], ["position", "position", "position"], ["clearing", "clearing", "clear"], ["review", "clearing", "review"]]) {
    there.append(element("div", { class: "row" }, lamp(made.has(name) ? "good" : "quiet", made.has(name) ? "●" : "○", ""), made.has(name) ? element("a", { href: address({}, page) }, t(DOCUMENT_WORDS[name] ?? name)) : element("span", { class: "quiet" }, t(DOCUMENT_WORDS[name] ?? name)),
      mayWrite() ? element("button", { onclick: () => startJob({ kind, day: desk.day }) }, t(JOB_WORDS[kind])) : ""));
  }
  if (view.notes.length) there.append(element("h2", { class: "gap" }, t("notes")), element("ul", { class: "list small quiet" }, view.notes.map(text => element("li", {}, text))));
  grid.append(fresh, there);
}

async function pricesPage(main) {
  const [vintages, realised, bids] = await Promise.all([askIf(dayPath("/forecasts/price/vintages")), askIf(dayPath("/realised")), askIf(dayPath("/bids"))]);
  const fromBids = bids ? { ...bids.forecast, day: bids.day, currency: bids.currency, provenance: bids.provenance, models: bids.provenance.models, notes: [] } : null;
  const list = vintages?.vintages ?? [];
  const chosen = Math.min(Number(desk.parts.vintage ?? list.length) || list.length, list.length);
  const own = list.length ? await ask(dayPath("/forecasts/price?quantiles=0.01,0.05,0.1,0.25,0.5,0.75,0.9,0.95,0.99&vintage=" + chosen)) : fromBids;
  main.append(...heading(t("prices"), own ? own.provenance.rule_pack + " · " + own.provenance.data_as_of : ""));
  if (!own) { main.append(nothing(t("no_forecast"), "forecast")); return; }
  const actual = realised?.series.find(entry => entry.series === "price.day-ahead")?.values;
  const grid = element("div", { class: "grid" });
  main.append(grid);
  const fan = card(t("fan") + ", " + own.currency + "/MWh", "");
  fan.append(fanChart(own, actual, own.currency));
  if (!actual) fan.append(element("p", { class: "quiet small" }, t("actual_none")));
  if (list.length) {
    const slider = element("input", { type: "range", min: 1, max: list.length, value: chosen, "aria-label": t("vintage"), oninput: event => go({ vintage: event.target.value }) });
    const current = list[chosen - 1];
    let timer = null;
    const replay = element("button", { onclick: () => {
      if (timer) { clearInterval(timer); timer = null; return; }
      let at = 0;
      timer = setInterval(() => { at += 1; if (at > list.length) { clearInterval(timer); timer = null; return; } sessionStorage.setItem("replay", "1"); note({ vintage: at }); showVintage(at); }, 900);
      leaving.push(() => clearInterval(timer));
    } }, "▶ " + t("replay"));
    const label = element("span", { class: "quiet small" });
    const describe = row => { label.textContent = row.number + " / " + list.length + " · " + row.data_as_of + " · seed " + row.seed + " · " + row.data_hash.slice(0, 10); };
    describe(current);
    async function showVintage(at) {
      const next = await ask(dayPath("/forecasts/price?quantiles=0.01,0.05,0.1,0.25,0.5,0.75,0.9,0.95,0.99&vintage=" + at));
      slider.value = at; describe(list[at - 1]);
      const old = fan.querySelector(".chart");
      old.chart?.destroy(); living = living.filter(made => made !== old.chart);
      old.replaceWith(fanChart(next, actual, next.currency));
    }
    fan.append(element("div", { class: "row" }, element("label", {}, t("vintage"), " "), slider, replay, label));
  }
  actions(fan, dayPath("/forecasts/price")).append(list.length ? element("button", { onclick: () => download(dayPath("/forecasts/price"), "forecast-" + desk.day + ".csv") }, t("csv")) : "");
  const find = p => own.probabilities.findIndex(value => Math.abs(value - p) < .005);
  const [low, middle, high] = [find(.1), find(.5), find(.9)];
  const rows = own.interval_end.map((label, index) => ({ label, low: own.quantiles[low][index], middle: own.quantiles[middle][index], high: own.quantiles[high][index], expected: own.expected?.[index], actual: actual?.[index] }));
  const twin = card(t("table"), "w7");
  const values = table(t("fan"), [{ title: t("interval"), get: row => row.label }, { title: "10 %", get: row => row.low, number: true, decimals: 1 }, { title: t("median"), get: row => row.middle, number: true, decimals: 1 },
    { title: "90 %", get: row => row.high, number: true, decimals: 1 }, { title: t("expected"), get: row => row.expected, number: true, decimals: 1 }, { title: t("actual"), get: row => row.actual, number: true, decimals: 1 }], rows);
  twin.append(values); exportable(twin, values, "prices-" + desk.day);
  const models = card(t("models"), "w5");
  const modelRows = table(t("models"), [{ title: t("models"), get: row => row.name }, { title: t("weight"), get: row => row.weight, number: true, decimals: 3 }, { title: t("error"), get: row => row.held_out_mae, number: true, decimals: 1 }, { title: t("window"), get: row => row.window_days, number: true }], own.models);
  models.append(modelRows, element("h2", { class: "gap" }, t("provenance")), element("dl", { class: "facts small" }, ["rule_pack", "rule_pack_source", "information_cutoff", "data_as_of", "data_hash", "program"].flatMap(key => [element("dt", {}, key), element("dd", {}, String(own.provenance[key] ?? ""))])));
  exportable(models, modelRows, "models-" + desk.day);
  grid.append(fan, twin, models);
}

async function fleetPage(main) {
  const [bids, clearing] = await Promise.all([askIf(dayPath("/bids")), askIf(dayPath("/clearing"))]);
  main.append(...heading(t("fleet"), bids ? bids.units.length + " " + t("units_n") + " · " + bids.provenance.rule_pack : ""));
  if (!bids) { main.append(nothing(t("no_bids"), "day")); return; }
  const cleared = clearing && desk.parts.show !== "planned" ? new Map(clearing.units.map(unit => [unit.unit, unit.output_MW])) : null;
  const rows = bids.units.map(unit => ({ unit: unit.unit, plant: unit.plant, capacity: unit.rated_capacity_MW, values: cleared?.get(unit.unit) ?? unit.optimised.planned_MW, bid: unit, summary: unit.initial_state + "; " + unit.optimised.on_line.join(", ") }));
  const open = row => go({ unit: row.unit }, "bids");
  const grid = element("div", { class: "grid" });
  main.append(grid);
  const map = card(t("heat") + " (" + (cleared ? t("cleared") : t("planned")) + ")", "");
  if (clearing) actions(map).append(element("button", { onclick: () => go({ show: cleared ? "planned" : null }) }, cleared ? t("planned") : t("cleared")));
  map.append(heatMap(t("heat"), rows, bids.forecast.interval_end, open));
  const list = card(t("units_n"), "");
  const values = table(t("fleet"), [{ title: t("unit"), get: row => row.unit }, { title: t("plant"), get: row => row.plant }, { title: t("capacity"), get: row => row.capacity, number: true }, { title: t("state"), get: row => row.bid.initial_state },
    { title: t("profit"), get: row => row.bid.optimised.profit.mean, number: true }, { title: t("standard"), get: row => row.bid.standard.profit.mean, number: true }, { title: t("energy"), get: row => row.bid.optimised.cleared_energy_MWh.mean, number: true },
    { title: t("verdict"), get: row => row.bid.verdict, show: row => lamp(row.bid.verdict === "compliant" ? "good" : "bad", row.bid.verdict === "compliant" ? "●" : "■", t(row.bid.verdict)) }], rows, { open });
  list.append(values); exportable(list, values, "fleet-" + desk.day);
  grid.append(map, list);
  desk.rows = values.table;
}

async function clearingPage(main) {
  const [clearing, review, realised, settled] = await Promise.all([askIf(dayPath("/clearing")), askIf(dayPath("/review")), askIf(dayPath("/realised")), ask(dayPath("/settlement")).catch(() => null)]);
  main.append(...heading(t("clearing"), clearing ? clearing.rule_pack + " · " + t("audit") + ": " + clearing.audit : ""));
  const grid = element("div", { class: "grid" });
  main.append(grid);
  if (review?.fleet) {
    const name = desk.parts.unit ?? "fleet", own = name === "fleet" ? review.fleet : review.units.find(unit => unit.unit === name) ?? review.fleet;
    const [low, high, top] = [own.standard.profit, own.optimised.profit, own.perfect_foresight.profit];
    const fall = card(t("waterfall") + " · " + (own.unit === "fleet" ? t("fleet_row") : own.unit) + ", " + review.currency, "w7");
    fall.append(waterfallChart(t("waterfall") + ": " + t("standard") + " " + number(low) + ", " + t("difference") + " " + signed(own.difference) + ", " + t("optimised") + " " + number(high) + ", " + t("regret") + " " + number(own.regret) + ", " + t("foresight") + " " + number(top), [
      { label: t("standard"), from: 0, to: low, kind: "total" }, { label: t("difference"), from: low, to: high, kind: own.difference >= 0 ? "up" : "down" }, { label: t("optimised"), from: 0, to: high, kind: "total" },
      { label: t("regret"), from: high, to: top, kind: "down" }, { label: t("foresight"), from: 0, to: top, kind: "total" }], review.currency));
    actions(fall, dayPath("/review"));
    const facts = card(t("review"), "w5");
    facts.append(element("dl", { class: "facts" }, [[t("standard"), number(low)], [t("optimised"), number(high)], [t("difference"), signed(own.difference)], [t("foresight"), number(top)], [t("regret"), number(own.regret)],
      [t("contract"), number(review.contract_payment)], ...(review.forecast ? [[t("mae"), number(review.forecast.expected_mae, 2)], [t("yesterday"), number(review.forecast.same_as_yesterday_mae, 2)], [t("coverage"), share(review.forecast.coverage80 ?? review.forecast.coverage_80)]] : [])].flatMap(([name, value]) => [element("dt", {}, name), element("dd", { class: "n" }, value)])),
      ...(review.drift_alarms ?? []).map(alarm => lamp("bad", "■", alarm.sentence)));
    grid.append(fall, facts);
    if (own.waterfall?.steps?.length) {
      const causes = card(t("causes") + " · " + (own.unit === "fleet" ? t("fleet_row") : own.unit) + ", " + review.currency, "w7");
      const steps = own.waterfall.steps, last = steps.length - 1;
      const bars = steps.map((step, index) => ({ label: t("step_" + step.step.replaceAll("-", "_")), from: index === 0 || index === last ? 0 : steps[index - 1].after, to: step.after, kind: index === 0 || index === last ? "total" : step.amount >= 0 ? "up" : "down" }));
      causes.append(waterfallChart(t("causes") + ": " + steps.map(step => t("step_" + step.step.replaceAll("-", "_")) + " " + number(step.amount)).join(", "), bars, review.currency), element("p", { class: "quiet small" }, own.waterfall.order));
      const list = card(t("causes"), "w5");
      const values = table(t("causes"), [{ title: t("step"), get: row => t("step_" + row.step.replaceAll("-", "_")) }, { title: t("amount"), get: row => row.amount, number: true, decimals: 2 }, { title: t("after"), get: row => row.after, number: true, decimals: 2 }], steps);
      list.append(values, ...(review.findings ?? []).slice(0, 5).map(found => lamp("warned", "▲", found.sentence)));
      exportable(list, values, "waterfall-" + desk.day);
      grid.append(causes, list);
    }
    const rows = card(t("review") + ", " + review.currency, "");
    const values = table(t("review"), [{ title: t("unit"), get: row => row.unit, show: row => row.unit === "fleet" ? t("fleet_row") : row.unit }, { title: t("standard"), get: row => row.standard.profit, number: true }, { title: t("optimised"), get: row => row.optimised.profit, number: true }, { title: t("difference"), get: row => row.difference, number: true, show: row => element("span", { class: row.difference >= 0 ? "up" : "down" }, signed(row.difference)) },
      { title: t("foresight"), get: row => row.perfect_foresight.profit, number: true }, { title: t("regret"), get: row => row.regret, number: true }, { title: t("energy"), get: row => row.optimised.cleared_energy_MWh, number: true, decimals: 1 }, { title: t("revenue"), get: row => row.optimised.revenue, number: true }, { title: t("cost"), get: row => row.optimised.cost, number: true }, { title: t("starts"), get: row => row.optimised.starts, number: true }],
      [review.fleet, ...review.units], { open: row => go({ unit: row.unit === "fleet" ? null : row.unit }), selected: row => row.unit === name });
    rows.append(values); exportable(rows, values, "review-" + desk.day);
    desk.rows = values.table;
    grid.append(rows);
  } else { const box = card(t("review"), ""); box.append(nothing(t("no_review"), "review")); grid.append(box); }
  if (clearing) {
    const name = desk.parts.unit ?? "fleet", own = name === "fleet" ? clearing.fleet : clearing.units.find(unit => unit.unit === name) ?? clearing.fleet;
    const prices = realised?.series.find(entry => entry.series === "price.day-ahead")?.values ?? [];
    const box = card(t("cleared") + " · " + (own.unit === "fleet" ? t("fleet_row") : own.unit) + ", MW", "");
    box.append(chart(t("cleared"), "low", { type: "line", plugins: [cursor], onHover: hover, options: { shared: true }, data: { labels: own.output_MW.map((_, index) => label(index, own.output_MW.length)), datasets: [
      { label: t("cleared") + ", MW", data: own.output_MW, borderColor: colour("blue"), backgroundColor: faded(colour("blue"), .25), stepped: true, pointRadius: 0, fill: true, yAxisID: "y" },
      { label: t("actual"), data: prices, borderColor: colour("orange"), backgroundColor: colour("orange"), pointRadius: 0, borderWidth: 1.5, yAxisID: "price" }] },
      scales: axis => ({ x: axis({ ticks: { color: colour("quiet"), maxTicksLimit: 25 } }), y: axis({ title: { display: true, text: "MW", color: colour("quiet") } }), price: axis({ position: "right", grid: { drawOnChartArea: false }, title: { display: true, text: clearing.currency + "/MWh", color: colour("quiet") } }) }) }));
    actions(box, dayPath("/clearing")).append(element("button", { onclick: () => download(dayPath("/clearing"), "clearing-" + desk.day + ".csv") }, t("csv")));
    grid.append(box);
  } else { const box = card(t("cleared"), ""); box.append(nothing(t("no_clearing"), "clear")); grid.append(box); }
  if (settled) {
    const box = card(t("settlement") + ", " + settled.currency, "");
    const items = table(t("settlement"), [{ title: t("item"), get: row => row.item, show: row => row.item === t("total") ? row.item : itemName(row.item) }, { title: t("energy"), get: row => row.quantity_MWh, number: true, decimals: 1 }, { title: t("amount"), get: row => row.amount, number: true, decimals: 2 }], [...settled.items, { item: t("total"), amount: settled.total }]);
    box.append(items, ...settled.assumptions.map(text => element("p", { class: "quiet small" }, text)));
    exportable(box, items, "settlement-" + desk.day);
    actions(box, dayPath("/settlement")).append(element("button", { onclick: () => download(dayPath("/settlement"), "settlement-lines-" + desk.day + ".csv") }, t("lines")));
    grid.append(box, statementCard());
  }
}
const label = (index, count) => { const minutes = (index + 1) * 1440 / count; return String(Math.floor(minutes / 60)).padStart(2, "0") + ":" + String(minutes % 60).padStart(2, "0"); };

const shifted = (day, step) => { const date = new Date(day + "T00:00:00Z"); date.setUTCDate(date.getUTCDate() + step); return date.toISOString().slice(0, 10); };

async function rulesPage(main) {
  const { packs } = await ask("/api/v1/rules");
  const market = desk.parts.market ?? desk.days?.market ?? packs[0]?.market;
  const own = packs.filter(pack => pack.market === market), version = desk.parts.version ?? (own.filter(pack => pack.status === "in-force").pop() ?? own[own.length - 1])?.version;
  main.append(...heading(t("rules"), market + " " + (version ?? "")));
  const grid = element("div", { class: "grid" });
  main.append(grid);
  const list = card(t("packs"), "w5");
  const rows = table(t("packs"), [{ title: t("market"), get: pack => pack.market }, { title: t("version"), get: pack => pack.version }, { title: t("status"), get: pack => pack.status }, { title: t("valid_from"), get: pack => pack.from }, { title: t("valid_to"), get: pack => pack.to ?? "" }], packs, { open: pack => go({ market: pack.market, version: pack.version, with: null }), selected: pack => pack.market === market && pack.version === version });
  list.append(rows); exportable(list, rows, "packs");
  desk.rows = rows.table;
  grid.append(list);
  const pack = await ask("/api/v1/rules/" + encodeURIComponent(market) + "/" + encodeURIComponent(version));
  const values = card(market + " " + version, "w7");
  values.append(element("p", { class: "quiet small" }, pack.packs[0]?.source ?? ""));
  const contents = table(t("rules"), [{ title: t("rule"), get: row => row.key }, { title: t("value"), get: row => row.value, show: row => row.value === "unknown" ? element("span", { class: "warned" }, "▲ " + t("unknown")) : row.value }, { title: t("confidence"), get: row => row.confidence }, { title: t("clause"), get: row => row.clause }], pack.values);
  values.append(contents); exportable(values, contents, "rules-" + market + "-" + version); actions(values, "/api/v1/rules/" + market + "/" + version);
  grid.append(values);
  const compare = card(t("differences"), "");
  const other = desk.parts.with ?? own.filter(entry => entry.version !== version).map(entry => entry.market + "/" + entry.version).pop();
  const choose = element("select", { "aria-label": t("compare"), onchange: event => go({ with: event.target.value }) }, packs.map(entry => { const name = entry.market + "/" + entry.version; return element("option", { value: name, selected: name === other }, name); }));
  compare.append(element("div", { class: "row" }, t("compare"), " ", market + "/" + version, " ", t("with"), " ", choose));
  if (other) {
    const found = await ask("/api/v1/rule-differences?from=" + encodeURIComponent(other) + "&to=" + encodeURIComponent(market + "/" + version));
    compare.append(found.sentences.length ? element("ul", { class: "list" }, found.sentences.map(text => element("li", {}, text))) : element("p", { class: "quiet" }, t("no_differences")));
  }
  grid.append(compare);
}

async function dataPage(main) {
  const report = await ask("/api/v1/data-quality");
  main.append(...heading(t("data"), ""));
  const box = card(t("series"), "");
  const values = table(t("data"), [{ title: t("series"), get: row => row.series }, { title: t("unit"), get: row => row.unit }, { title: t("first"), get: row => row.first_day }, { title: t("last_day"), get: row => row.last_day }, { title: t("days"), get: row => row.days, number: true },
    { title: t("missing"), get: row => row.missing_days, number: true, show: row => lamp(row.missing_days ? "warned" : "good", row.missing_days ? "▲" : "●", number(row.missing_days) + (row.missing.length ? " (" + row.missing.slice(0, 3).join(", ") + ")" : "")) },
    { title: t("odd"), get: row => row.odd_days, number: true }, { title: t("flat"), get: row => row.flat_days, number: true }, { title: t("lowest"), get: row => row.lowest, number: true, decimals: 1 }, { title: t("mean"), get: row => row.mean, number: true, decimals: 1 }, { title: t("highest"), get: row => row.highest, number: true, decimals: 1 }, { title: t("covered"), get: row => row.coverage, number: true, show: row => share(row.coverage) }],
    [...report.series].sort((a, b) => b.missing_days - a.missing_days || a.series.includes("@") - b.series.includes("@")));
  box.append(values); exportable(box, values, "data-quality"); actions(box, "/api/v1/data-quality");
  main.append(box);
}

async function jobsPage(main) {
  const { jobs } = await ask("/api/v1/jobs");
  main.append(...heading(t("jobs"), ""));
  const box = card(t("jobs"), "");
  const kinds = { day: "day_job", market: "market_page" };
  const values = table(t("jobs"), [{ title: t("kind"), get: job => t(kinds[job.kind] ?? job.kind) }, { title: t("day"), get: job => job.request.day ?? (job.request.from ? job.request.from + " … " + job.request.to : "") }, { title: t("state"), get: job => job.state, show: job => lamp({ done: "good", failed: "bad", interrupted: "bad" }[job.state] ?? "quiet", { done: "●", failed: "■", interrupted: "■", running: "▶" }[job.state] ?? "○", t(job.state)) },
    { title: t("progress"), get: job => job.progress, show: job => element("div", { class: "bar", role: "progressbar", "aria-valuenow": Math.round(job.progress * 100), "aria-valuemin": 0, "aria-valuemax": 100, "aria-label": t("progress") }, Object.assign(element("i"), { style: "" })) },
    { title: t("stage"), get: job => job.problem ?? job.stage }, { title: t("asked"), get: job => job.requested_by }, { title: t("at"), get: job => job.created_at },
    { title: "", get: job => "", show: job => ["queued", "running"].includes(job.state) ? (mayWrite() ? element("button", { onclick: async event => { event.stopPropagation(); await ask("/api/v1/jobs/" + job.id, { method: "DELETE" }); draw(); } }, t("cancel")) : "") : job.result_url ? element("a", { href: resultAddress(job) }, t("result")) : "" }], jobs, { open: job => go({ job: job.id }), selected: job => job.id === desk.parts.job });
  values.querySelectorAll(".bar").forEach((bar, index) => bar.firstChild.style.setProperty("width", jobs[index].progress * 100 + "%"));
  box.append(jobs.length ? values : element("p", { class: "quiet" }, t("nothing")));
  main.append(box);
  desk.rows = values.table;
  const running = jobs.find(job => ["queued", "running"].includes(job.state));
  if (running) { const timer = setTimeout(draw, 1200); leaving.push(() => clearTimeout(timer)); }
}
function resultAddress(job) {
  const found = /days\/([^/]+)\/(\w+)/.exec(job.result_url ?? "");
  if (!found) return address({ job: job.id }, "backtests");
  return address({}, { bids: "bids", forecasts: "prices", clearing: "clearing", review: "clearing", position: "position", market: "market" }[found[2]] ?? "today", found[1]);
}
