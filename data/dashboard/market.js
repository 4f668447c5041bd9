"use strict";
// What is to be known of the market before the gate: levels, what they are made of, and sentences with their figures.
async function marketPage(main) {
  const report = await askIf(dayPath("/market"));
  main.append(...heading(t("market_page"), report ? report.rule_pack + " · " + report.data_as_of : ""));
  if (!report) { main.append(nothing(t("no_market"), "market")); return; }
  const grid = element("div", { class: "grid" });
  main.append(grid);
  grid.append(sentencesCard(report), spaceCard(report));
  if (report.price) grid.append(briefPriceCard(report));
  grid.append(levelsCard(report), stackCard(report), similarCard(report));
  if (report.fleet) grid.append(fleetFactsCard(report));
  if (report.spread) grid.append(spreadCard(report));
  grid.append(newsCard(report));
}
function sentencesCard(report) {
  const box = card(t("market_findings"), "");
  for (const sentence of report.sentences) {
    const text = desk.language === "zh" ? sentence.chinese : sentence.english;
    box.append(sentence.figures.length ? element("details", { class: "told" }, element("summary", { title: t("figures") }, text), element("dl", { class: "facts small quiet" }, sentence.figures.flatMap(figure => [element("dt", {}, figure.name), element("dd", {}, number(figure.value, 2) + " " + figure.unit + " · " + figure.source)])))
      : element("div", { class: "told" }, text));
  }
  actions(box, dayPath("/market"));
  return box;
}
function levelLine(text, data, shade, extra = {}) {
  return { label: text, data, borderColor: colour(shade), backgroundColor: faded(colour(shade), .2), pointRadius: 0, borderWidth: 2, ...extra };
}
function spaceCard(report) {
  const box = card(t("bidding_space") + ", MW", "w7"), near = report.similar_days[0];
  const space = report.bidding_space_MW;
  box.append(chart(t("bidding_space") + " " + number(Math.min(...space)) + " … " + number(Math.max(...space)) + " MW", "", { type: "line", plugins: [cursor], onHover: hover, options: { shared: true }, data: { labels: report.interval_end, datasets: [
    levelLine(report.day, space, "blue"), ...(report.yesterday_MW.length ? [levelLine(t("day_before"), report.yesterday_MW, "quiet", { borderDash: [4, 4], borderWidth: 1.3 })] : []),
    ...(near ? [levelLine(near.day + " (" + t("most_similar") + ")", near.bidding_space_MW, "orange", { borderWidth: 1.3 })] : [])] },
    scales: axis => ({ x: axis({ ticks: { color: colour("quiet"), maxTicksLimit: 13 } }), y: axis({ title: { display: true, text: "MW", color: colour("quiet") } }) }), tooltip: { label: entry => entry.dataset.label + ": " + number(entry.parsed.y) } }));
  const rows = report.interval_end.map((end, index) => ({ end, space: space[index], before: report.yesterday_MW[index], price: report.price?.expected_per_MWh[index], low: report.price?.low_per_MWh[index], high: report.price?.high_per_MWh[index] }));
  const values = table(t("bidding_space"), [{ title: t("interval"), get: row => row.end }, { title: t("bidding_space") + ", MW", get: row => row.space, number: true }, { title: t("day_before") + ", MW", get: row => row.before, number: true }, { title: t("expected"), get: row => row.price, number: true, decimals: 1 }, { title: "10 %", get: row => row.low, number: true, decimals: 1 }, { title: "90 %", get: row => row.high, number: true, decimals: 1 }], rows);
  box.append(element("details", {}, element("summary", {}, t("table")), values)); exportable(box, values, "market-" + desk.day);
  return box;
}
function briefPriceCard(report) {
  const price = report.price, box = card(t("fan") + ", " + report.currency + "/MWh", "w5");
  box.append(chart(t("fan") + ": " + t("mean") + " " + number(price.mean_per_MWh, 1), "", { type: "line", plugins: [cursor], onHover: hover, options: { shared: true }, data: { labels: report.interval_end, datasets: [
    { label: "~low", data: price.low_per_MWh, borderWidth: 0, pointRadius: 0, fill: false }, { label: "80 % " + t("band"), data: price.high_per_MWh, borderWidth: 0, pointRadius: 0, fill: "-1", backgroundColor: faded(colour("blue"), .2), borderColor: faded(colour("blue"), .3) },
    levelLine(t("expected"), price.expected_per_MWh, "blue")] }, scales: axis => ({ x: axis({ ticks: { color: colour("quiet"), maxTicksLimit: 13 } }), y: axis({}) }), tooltip: { label: entry => entry.dataset.label + ": " + number(entry.parsed.y, 1) } }));
  box.append(element("dl", { class: "facts small" }, factRows([[t("mean"), number(price.mean_per_MWh, 1)], [t("mean") + ", " + t("similar_days"), number(price.similar_days_mean_per_MWh, 1)], [t("floor"), number(price.floor_per_MWh)], [t("cap"), number(price.cap_per_MWh)]])));
  return box;
}
function levelsCard(report) {
  const box = card(t("levels"), "w6"), clock = hour => hour === undefined ? "" : " · " + String(Math.floor(hour)).padStart(2, "0") + ":" + String(Math.round(hour % 1 * 60)).padStart(2, "0");
  const facts = [["mean", "mean_MW"], ["valley", "valley_MW", "valley_hour"], ["peak", "peak_MW", "peak_hour"], ["ramp_up", "ramp_up_MW", "ramp_up_hour"], ["ramp_down", "ramp_down_MW", "ramp_down_hour"]];
  const show = key => row => { const source = report[key]; return source ? number(source[row[1]]) + (row[2] ? clock(source[row[2]]) : "") : "–"; };
  const column = (title, key) => ({ title, get: row => report[key]?.[row[1]], number: true, show: show(key) });
  const values = table(t("levels"), [{ title: "MW", get: row => t(row[0]) }, column(t("bidding_space"), "features"), column(t("day_before"), "yesterday"), column(t("net_load"), "net_load")], facts);
  box.append(values); exportable(box, values, "levels-" + desk.day);
  return box;
}
function stackCard(report) {
  const box = card(t("stack") + ", MW", "w6");
  box.append(chart(t("stack") + ": " + report.parts.map(part => part.name + " " + number(part.mean_MW)).join(", "), "low", { type: "bar", options: { indexAxis: "y" }, data: { labels: report.parts.map(part => t("part_" + part.name)), datasets: [
    { label: report.day, data: report.parts.map(part => part.mean_MW), backgroundColor: colour("blue") }, { label: t("day_before"), data: report.parts.map(part => part.yesterday_mean_MW), backgroundColor: faded(colour("quiet"), .5) }] },
    scales: axis => ({ x: axis({ ticks: { color: colour("quiet"), callback: value => number(value) } }), y: axis({}) }), tooltip: { label: entry => entry.dataset.label + ": " + number(entry.parsed.x) } }));
  const values = table(t("stack"), [{ title: t("part"), get: row => t("part_" + row.name) }, { title: t("mean"), get: row => row.mean_MW, number: true }, { title: t("day_before"), get: row => row.yesterday_mean_MW, number: true }, { title: t("change"), get: row => row.change_MW, number: true, show: row => signed(row.change_MW) },
    { title: t("largest_change"), get: row => row.largest_change_MW, number: true, show: row => row.largest_change_MW === undefined ? "–" : signed(row.largest_change_MW) + " · " + (row.largest_change_at ?? "") }, { title: t("series"), get: row => row.series }], report.parts);
  box.append(values); exportable(box, values, "stack-" + desk.day);
  return box;
}
function similarCard(report) {
  const box = card(t("similar_days"), "w4");
  const values = table(t("similar_days"), [{ title: t("day"), get: row => row.day }, { title: t("similarity"), get: row => row.similarity, number: true, decimals: 3 }, { title: t("price"), get: row => row.mean_price_per_MWh, number: true, decimals: 1 }], report.similar_days, { open: row => go({}, "market", row.day) });
  box.append(values); exportable(box, values, "similar-" + desk.day);
  desk.rows = values.table;
  return box;
}
function fleetFactsCard(report) {
  const fleet = report.fleet, box = card(t("fleet"), "w4");
  box.append(element("dl", { class: "facts" }, factRows([[t("units_n"), number(fleet.available) + " / " + number(fleet.units)], [t("on_line"), number(fleet.on_line)], [t("available_MW"), number(fleet.available_MW)], [t("minimum_MW"), number(fleet.minimum_output_on_line_MW)], [t("contract") + ", MW", number(fleet.contracted_mean_MW) + " (" + number(fleet.contracted_maximum_MW) + ")"],
    [t("contract") + ", " + report.currency + "/MWh", number(fleet.price_of_contracts_per_MWh, 1)], [t("reserve_own"), number(report.reserve.own_above_contracts_MW)]])), ...report.outages.map(entry => lamp("warned", "▲", entry.sentence)));
  return box;
}
function spreadCard(report) {
  const box = card(t("spread") + ", " + report.currency + "/MWh", "w4"), rows = report.spread.by_hour_per_MWh;
  box.append(chart(t("spread") + ": " + t("mean") + " " + number(report.spread.mean_per_MWh, 1), "low", { type: "bar", legend: false, data: { labels: rows.map((_, hour) => String(hour + 1)), datasets: [{ label: t("spread"), data: rows, backgroundColor: rows.map(value => colour(value < 0 ? "orange" : "blue")) }] },
    scales: axis => ({ x: axis({}), y: axis({}) }), tooltip: { label: entry => number(entry.parsed.y, 1) } }), element("p", { class: "quiet small" }, number(report.spread.days) + " " + t("days") + " · " + t("mean") + " " + number(report.spread.mean_per_MWh, 1) + " · σ " + number(report.spread.standard_deviation_per_MWh, 1)));
  return box;
}
function newsCard(report) {
  const box = card(t("news"), "");
  box.append(element("div", {}, element("h2", {}, report.rules.pack + " · " + t("valid_from") + " " + report.rules.since), report.rules.differences.length ? element("ul", { class: "list small" }, report.rules.differences.map(text => element("li", {}, text))) : element("p", { class: "quiet" }, t("no_differences")),
    report.rules.upcoming.map(pack => element("details", {}, element("summary", {}, pack.pack + " (" + pack.status + ", " + pack.from + "): " + pack.differences.length + " " + t("differences")), element("ul", { class: "list small" }, pack.differences.map(text => element("li", {}, text))))),
    report.changes.map(entry => lamp("warned", "▲", entry.series + ": " + signed(entry.mean_change_MW) + " MW (" + signed(entry.largest_change_MW) + " · " + entry.largest_change_at + ")")),
    report.notes.length ? element("ul", { class: "list small quiet" }, report.notes.map(text => element("li", {}, text))) : ""));
  return box;
}
