"use strict";
// The whole company on the joint paths of a day: what each part earns, what moves with the price, and what to hedge.
async function positionPage(main) {
  const report = await askIf(dayPath("/position"));
  main.append(...heading(t("position"), report ? report.rule_pack + " · " + number(report.scenarios) + " " + t("paths") + " · seed " + report.seed : ""));
  if (!report) { main.append(nothing(t("no_position"), "position")); return; }
  const grid = element("div", { class: "grid" });
  main.append(grid);
  const total = card(t("expected_of_all") + ", " + report.currency, "w4");
  total.append(element("div", { class: "big" }, number(report.total.expected_profit)), element("div", { class: "quiet" }, t("of80"), " ", number(report.total.low), " … ", number(report.total.high)),
    element("dl", { class: "facts gap" }, factRows([[t("cvar"), number(report.total.conditional_value_at_risk_5)], [t("day_ahead_energy"), number(report.total.day_ahead_MWh, 1)], [t("real_time_energy"), number(report.total.real_time_MWh, 1)]])));
  actions(total, dayPath("/position"));
  grid.append(total, hedgeCard(report), jointCard(report), exposureCard(report), partsCard(report), contractsCard(report));
  const reserve = reserveCard(report);
  if (reserve) grid.append(reserve);
  grid.append(assetsCard(report, reserve ? "w6" : ""));
  const remarks = card(t("notes"), "");
  remarks.append(element("ul", { class: "list small quiet" }, report.notes.map(text => element("li", {}, text))));
  grid.append(remarks);
}
// "storage ES-1" is a kind and a name.
const partName = name => { const [kind, ...rest] = name === "virtual power plant" ? [name] : name.split(" "); return [t("part_" + kind.replaceAll(" ", "_")), ...rest].join(" "); };
const factRows = rows => rows.flatMap(([name, value]) => [element("dt", {}, name), element("dd", { class: "n" }, value)]);

function hedgeCard(report) {
  const hedge = report.hedge, box = card(t("hedge_risk") + ", " + report.currency, "w4");
  const [before, after] = [hedge.conditional_value_at_risk_5_before, hedge.conditional_value_at_risk_5_after];
  box.append(chart(t("cvar") + ": " + t("before_hedge") + " " + number(before) + ", " + t("after_hedge") + " " + number(after), "low", {
    type: "bar", legend: false, data: { labels: [t("before_hedge"), t("after_hedge")], datasets: [{ label: t("cvar"), data: [before, after], backgroundColor: [colour("orange"), colour("blue")], maxBarThickness: 36 }] },
    options: { indexAxis: "y" }, scales: axis => ({ x: axis({ beginAtZero: true, ticks: { color: colour("quiet"), maxTicksLimit: 4, callback: value => number(value) } }), y: axis({}) }), tooltip: { label: entry => number(entry.parsed.x) }
  }), element("dl", { class: "facts small" }, factRows([[t("cvar") + ", " + t("before_hedge"), number(before)], [t("cvar") + ", " + t("after_hedge"), number(after)], [t("profit") + ", " + t("before_hedge"), number(hedge.expected_profit_before)], [t("profit") + ", " + t("after_hedge"), number(hedge.expected_profit_after)], [t("hedge_cost"), number(hedge.cost)]])));
  return box;
}
function jointCard(report) {
  const joint = report.joint, box = card(t("joint_worth") + ", " + report.currency, "w4");
  box.append(element("div", { class: "big" }, signed(joint.value)), element("div", { class: "quiet" }, "95 % ", number(joint.low), " … ", number(joint.high)), element("p", { class: "quiet small" }, t("joint_text")),
    element("dl", { class: "facts" }, factRows([[t("joint_megawatts"), number(joint.joint_megawatts, 1)], [t("separate_megawatts"), number(joint.separate_megawatts, 1)]])));
  return box;
}
function exposureCard(report) {
  const parts = report.exposure.parts, own = parts.find(part => part.name === desk.parts.part), whole = report.exposure;
  const box = card(t("exposure") + ", MWh · " + (own ? partName(own.name) : t("all_parts")), "");
  const shown = own ?? whole;
  const line = (text, data, shade, extra = {}) => ({ label: text, data, borderColor: colour(shade), backgroundColor: faded(colour(shade), .18), pointRadius: 0, borderWidth: 1.8, stepped: true, yAxisID: "y", ...extra });
  box.append(element("div", { class: "row", role: "group", "aria-label": t("part") }, [null, ...parts.map(part => part.name)].map(name => element("button", { "aria-pressed": String((own?.name ?? null) === name), class: (own?.name ?? null) === name ? "main" : "", onclick: () => go({ part: name }) }, name === null ? t("all_parts") : partName(name)))),
    chart(t("exposure") + ": " + t("exposure_text"), "tall", { type: "line", plugins: [cursor], onHover: hover, options: { shared: true }, data: { labels: whole.interval_end, datasets: [
      line(t("day_ahead_energy"), shown.day_ahead_MWh, "blue", { fill: true }), ...(own ? [] : [line(t("after_hedge"), whole.hedged_day_ahead_MWh, "green")]), line(t("real_time_energy"), shown.real_time_MWh, "orange"),
      line(t("expected") + ", " + report.currency + "/MWh", whole.expected_price, "quiet", { yAxisID: "price", borderDash: [4, 4], stepped: false, borderWidth: 1.2 })] },
      scales: axis => ({ x: axis({ ticks: { color: colour("quiet"), maxTicksLimit: 25 } }), y: axis({ title: { display: true, text: "MWh", color: colour("quiet") } }), price: axis({ position: "right", grid: { drawOnChartArea: false }, title: { display: true, text: report.currency + "/MWh", color: colour("quiet") } }) }),
      tooltip: { label: entry => entry.dataset.label + ": " + number(entry.parsed.y, 1) } }), element("p", { class: "quiet small" }, t("exposure_text")));
  const rows = whole.interval_end.map((end, index) => ({ end, ahead: shown.day_ahead_MWh[index], hedged: whole.hedged_day_ahead_MWh[index], real: shown.real_time_MWh[index], deviation: whole.real_time_deviation_MWh[index], price: whole.expected_price[index] }));
  const columns = [{ title: t("interval"), get: row => row.end }, { title: t("day_ahead_energy"), get: row => row.ahead, number: true, decimals: 1 }, ...(own ? [] : [{ title: t("after_hedge"), get: row => row.hedged, number: true, decimals: 1 }]),
    { title: t("real_time_energy"), get: row => row.real, number: true, decimals: 1 }, ...(own ? [] : [{ title: t("deviation"), get: row => row.deviation, number: true, decimals: 1 }]), { title: t("expected"), get: row => row.price, number: true, decimals: 1 }];
  const values = table(t("exposure"), columns, rows);
  box.append(element("details", {}, element("summary", {}, t("table")), values));
  exportable(box, values, "exposure-" + desk.day);
  return box;
}
function partsCard(report) {
  const box = card(t("parts") + ", " + report.currency, "w7");
  const values = table(t("parts"), [{ title: t("part"), get: row => row.name, show: row => row.name === t("total") ? row.name : partName(row.name) }, { title: t("profit"), get: row => row.expected_profit, number: true }, { title: "10 %", get: row => row.low, number: true }, { title: "90 %", get: row => row.high, number: true },
    { title: t("cvar"), get: row => row.conditional_value_at_risk_5, number: true }, { title: t("day_ahead_energy"), get: row => row.day_ahead_MWh, number: true, decimals: 1 }, { title: t("real_time_energy"), get: row => row.real_time_MWh, number: true, decimals: 1 }],
    [...report.parts, { ...report.total, name: t("total") }], { open: row => go({ part: row.name === t("total") ? null : row.name }), selected: row => row.name === desk.parts.part });
  box.append(values); exportable(box, values, "position-" + desk.day);
  desk.rows = values.table;
  return box;
}
function contractsCard(report) {
  const box = card(t("hedge_advice"), "w5");
  const signs = { sell: ["good", "▼"], buy: ["warned", "▲"], none: ["quiet", "○"] };
  const values = table(t("hedge_advice"), [{ title: t("contract_name"), get: row => row.contract, show: row => t("block_" + row.contract) + " " + row.times }, { title: t("advice"), get: row => row.advice, show: row => lamp(...signs[row.advice], t("advice_" + row.advice)) }, { title: "MW", get: row => row.megawatts, number: true },
    { title: "MWh", get: row => row.energy_MWh, number: true }, { title: report.currency + "/MWh", get: row => row.price_per_MWh, number: true, decimals: 1 }], report.hedge.contracts);
  box.append(values); exportable(box, values, "hedge-" + desk.day);
  return box;
}
function reserveCard(report) {
  if (!report.reserve.length) return null;
  const box = card(t("reserve_offer"), "w6");
  const rows = report.reserve.flatMap(offer => offer.points.map(point => ({ asset: offer.asset, ...point })));
  const values = table(t("reserve_offer"), [{ title: t("asset"), get: row => row.asset }, { title: report.currency + "/MW·h", get: row => row.price_per_MWh, number: true, decimals: 1 }, { title: "MW", get: row => row.mean_MW, number: true, decimals: 1 }, { title: t("margin_lost"), get: row => row.opportunity_cost, number: true }], rows);
  box.append(values); exportable(box, values, "reserve-" + desk.day);
  return box;
}
function assetsCard(report, width) {
  const box = card(t("asset_bids"), width);
  const values = table(t("asset_bids"), [{ title: t("asset"), get: row => row.asset }, { title: t("segments"), get: row => row.segments, number: true }, { title: t("passed"), get: row => row.passed, number: true }, { title: t("open_checks"), get: row => row.not_evaluated, number: true },
    { title: t("violations"), get: row => row.violations.length, show: row => lamp(row.violations.length ? "bad" : "good", row.violations.length ? "■" : "●", row.violations.length ? row.violations.join("; ") : t("compliant")) }], report.compliance);
  box.append(report.compliance.length ? values : element("p", { class: "quiet" }, t("nothing")));
  if (report.compliance.length) exportable(box, values, "asset-bids-" + desk.day);
  return box;
}
