"use strict";
// Retail customers: tiers, one customer's dimensions and what adds and takes, cases of load alerts, offers of packages.
const DIMENSIONS = ["economic_value", "risk_control", "market_responsiveness", "potential", "green_contribution"];
const customerPath = (name, rest = "") => "/api/v1/customers/" + encodeURIComponent(name) + rest;

// The first look reads and scores the whole portfolio; who asks meanwhile is told to come again.
async function askPatiently(path) {
  for (let turn = 0; ; turn += 1) {
    try { return await ask(path); } catch (problem) {
      if (problem.status !== 503 || turn === 60) throw problem;
      say(t("computing"));
      await new Promise(done => setTimeout(done, 1500));
    }
  }
}
async function customersPage(main) {
  const query = new URLSearchParams({ limit: "100", ...(desk.parts.tier ? { tier: desk.parts.tier } : {}), ...(desk.parts.cursor ? { cursor: desk.parts.cursor } : {}) });
  const list = await askPatiently("/api/v1/customers?" + query);
  main.append(...heading(t("customers"), t("as_of") + " " + list.as_of + " · " + t("reader_" + list.role) + (list.simulated ? " · " + t("simulated") : "")));
  const grid = element("div", { class: "grid" });
  main.append(grid);
  const name = desk.parts.customer ?? list.customers[0]?.customer;
  grid.append(tierCard(list, name, "/api/v1/customers?" + query));
  if (name) {
    const [score, entry] = [await ask(customerPath(name)), list.customers.find(row => row.customer === name)];
    grid.append(dimensionsCard(score, entry), contributionsCard(score));
    grid.append(packagesCard(name));
  }
  grid.append(casesCard());
}
function tierCard(list, chosen, path) {
  const box = card(t("customers") + " · " + number(list.customers_in_all), "");
  const chip = (tier, text) => element("button", { "aria-pressed": String((desk.parts.tier ?? null) === tier), class: (desk.parts.tier ?? null) === tier ? "main" : "", onclick: () => go({ tier, cursor: null, customer: null }) }, text);
  box.append(element("div", { class: "row", role: "group", "aria-label": t("tier") }, chip(null, t("all_tiers")), list.tiers.map(row => chip(row.tier, row.tier + " · " + number(row.customers)))));
  const values = table(t("customers"), [{ title: t("customer"), get: row => row.customer }, { title: t("name"), get: row => row.name }, { title: t("industry"), get: row => row.industry }, { title: t("tier"), get: row => row.tier, show: row => element("b", {}, row.tier + (row.pending_tier ? " → " + row.pending_tier + "?" : "")) },
    { title: t("total_score"), get: row => row.total, number: true, decimals: 1 }, { title: t("of80"), get: row => row.band?.low, number: true, show: row => row.band ? number(row.band.low, 1) + "–" + number(row.band.high, 1) : "–" },
    ...DIMENSIONS.map(key => ({ title: t(key), get: row => row.dimensions[key], number: true, show: row => row.insufficient.includes(key) ? element("span", { class: "quiet", title: t("insufficient") }, "(" + number(row.dimensions[key]) + ")") : number(row.dimensions[key]) })),
    { title: t("confidence"), get: row => row.confidence, show: row => t("level_" + row.confidence) }, { title: "MWh", get: row => row.energy_MWh, number: true }, { title: t("contract_end"), get: row => row.contract_end }],
    list.customers, { open: row => go({ customer: row.customer }), selected: row => row.customer === chosen });
  box.append(values, element("div", { class: "row" }, desk.parts.cursor ? element("button", { onclick: () => go({ cursor: null, customer: null }) }, t("first_page")) : "", list.next_cursor ? element("button", { onclick: () => go({ cursor: list.next_cursor, customer: null }) }, t("next_page")) : "", element("span", { class: "quiet small" }, "(n): " + t("insufficient"))));
  actions(box, path).append(element("button", { onclick: () => download("/api/v1/customers", "customers.csv") }, t("csv")));
  desk.rows = values.table;
  return box;
}
function dimensionsCard(score, entry) {
  const box = card(score.customer + (entry ? " · " + entry.name : ""), "w5");
  const text = DIMENSIONS.map(key => t(key) + " " + number(score.dimensions[key])).join(", ");
  box.append(element("div", { class: "big" }, t("tier") + " " + score.tier + " · " + number(score.total, 1)), element("div", { class: "quiet" }, (score.band ? t("of80") + " " + number(score.band.low, 1) + " … " + number(score.band.high, 1) + " · " : "") + t("confidence") + " " + t("level_" + score.confidence) + " · " + t("comparable") + " " + number(score.segment_total, 1)),
    element("p", {}, desk.language === "zh" ? score.sentence_zh : score.sentence_en),
    chart(text, "", { type: "radar", legend: false, interaction: { mode: "nearest", intersect: false }, data: { labels: DIMENSIONS.map(key => t(key)), datasets: [{ label: score.customer, data: DIMENSIONS.map(key => score.dimensions[key]), borderColor: colour("blue"), backgroundColor: faded(colour("blue"), .2), pointBackgroundColor: DIMENSIONS.map(key => score.insufficient.includes(key) ? colour("page") : colour("blue")), pointRadius: 4 }] },
      scales: () => ({ r: { min: 0, max: 100, ticks: { color: colour("quiet"), backdropColor: "transparent", stepSize: 25 }, grid: { color: colour("line") }, angleLines: { color: colour("line") }, pointLabels: { color: colour("ink"), font: { size: 12 } } } }), tooltip: { label: entry => number(entry.parsed.r, 1) } }),
    ...score.reasons.map(reason => lamp("warned", "▲", reason)));
  actions(box, customerPath(score.customer));
  return box;
}
function contributionsCard(score) {
  const box = card(t("contributions"), "w7"), title = row => desk.language === "zh" ? row.name_zh : row.name;
  const rows = [...score.contributions].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)), top = rows.slice(0, 12).sort((a, b) => b.contribution - a.contribution);
  box.append(chart(t("contributions") + ": " + top.map(row => title(row) + " " + signed(row.contribution, 1)).join(", "), "", { type: "bar", legend: false, options: { indexAxis: "y" }, data: { labels: top.map(title), datasets: [{ label: t("contribution"), data: top.map(row => row.contribution), backgroundColor: top.map(row => colour(row.contribution < 0 ? "orange" : "blue")) }] },
    scales: axis => ({ x: axis({ title: { display: true, text: t("contribution_text"), color: colour("quiet") } }), y: axis({ ticks: { color: colour("ink"), autoSkip: false } }) }), tooltip: { label: entry => signed(entry.parsed.x, 2) } }));
  const values = table(t("contributions"), [{ title: t("indicator"), get: row => row.indicator + " " + title(row) }, { title: t("value"), get: row => row.value, number: true, show: row => number(row.value, Math.abs(row.value) < 100 ? 2 : 0) + " " + row.unit }, { title: t("score"), get: row => row.score, number: true }, { title: t("segment_median"), get: row => row.segment_median, number: true }, { title: t("weight"), get: row => row.weight, number: true, decimals: 3 },
    { title: t("contribution"), get: row => row.contribution, number: true, show: row => element("span", { class: row.contribution < 0 ? "down" : "up" }, signed(row.contribution, 2)) }], rows);
  box.append(element("details", {}, element("summary", {}, t("table")), values)); exportable(box, values, "score-" + score.customer);
  return box;
}
// All packages are simulated for all customers the first time, which may take a while.
function packagesCard(name) {
  const box = card(t("packages") + " · " + name, ""), content = element("p", { class: "quiet" }, t("computing"));
  box.append(content);
  actions(box, customerPath(name, "/packages"));
  const from = drawing;
  askPatiently(customerPath(name, "/packages")).then(report => {
    if (from !== drawing) return;
    const offers = report.customers[0]?.offers ?? [], money = offers.some(offer => offer.expected_margin !== undefined);
    const values = table(t("packages"), [{ title: t("offer"), get: row => row.role, show: row => desk.language === "zh" ? row.role_zh : t("offer_" + row.role) }, { title: t("package"), get: row => row.package, show: row => row.package + " · " + row.kind }, { title: t("bill"), get: row => row.expected_bill, number: true }, { title: t("of80"), get: row => row.bill_p10, number: true, show: row => number(row.bill_p10) + " … " + number(row.bill_p90) },
      { title: t("saving"), get: row => row.saving, number: true, show: row => signed(row.saving) }, { title: t("saving_chance"), get: row => row.saving_probability, number: true, show: row => share(row.saving_probability) },
      ...(money ? [{ title: t("margin"), get: row => row.expected_margin, number: true }, { title: t("margin") + "/MWh", get: row => row.margin_per_MWh, number: true, decimals: 2 }, { title: t("cvar"), get: row => row.margin_cvar_95, number: true }] : []), { title: t("acceptance"), get: row => row.acceptance_assumed, number: true, show: row => share(row.acceptance_assumed) },
      { title: t("findings"), get: row => row.findings.length, show: row => row.findings.length ? row.findings.map(found => lamp(found.level === "red" || found.level === "violation" ? "bad" : "warned", "▲", found.sentence)) : lamp("good", "●", t("no_findings")) }], offers);
    content.replaceWith(values, element("ul", { class: "list small quiet" }, report.notes.map(text => element("li", {}, text))));
    exportable(box, values, "packages-" + name);
  }).catch(problem => { if (from === drawing) content.replaceWith(problem instanceof Problem ? telling(problem) : String(problem)); });
  return box;
}
function casesCard() {
  const box = card(t("customer_alerts"), ""), content = element("div", {}, element("p", { class: "quiet" }, t("computing")));
  box.append(content);
  actions(box, "/api/v1/customer-alerts").append(element("button", { onclick: () => download("/api/v1/customer-alerts", "customer-alerts.csv") }, t("csv")));
  const from = drawing, signs = { production_stop: "bad", relocation: "bad", expansion: "good" };
  async function work(name, body) {
    try { show(await ask("/api/v1/customer-alerts/" + name, { method: "POST", body, headers: { "Idempotency-Key": crypto.randomUUID?.() ?? String(Math.random()) } })); say(t("done")); }
    catch (problem) { openDialog(t("customer_alerts"), telling(problem)); }
  }
  function resolve(entry) {
    openDialog(entry.customer + " · " + t("kind_" + entry.kind), element("p", {}, t("resolve_text")), element("div", { class: "row" }, ["confirmed", "false", "explained"].map(name => element("button", { onclick: () => { $("#dialog").close(); work("resolve", { case: entry.id, as: name }); } }, t("resolve_" + name)))));
  }
  function show(report) {
    const money = report.cases.some(entry => entry.value_at_stake !== undefined);
    const values = table(t("customer_alerts"), [{ title: t("customer"), get: row => row.customer, show: row => element("a", { href: address({ customer: row.customer }) }, row.customer) }, { title: t("kind"), get: row => row.kind, show: row => lamp(signs[row.kind] ?? "warned", row.kind === "expansion" ? "▲" : "■", t("kind_" + row.kind)) }, { title: t("severity"), get: row => row.severity, show: row => t("severity_" + row.severity) }, { title: t("state"), get: row => row.status, show: row => t("case_" + row.status) }, { title: t("opened"), get: row => row.opened_on },
      { title: t("change") + ", %", get: row => row.change_percent, number: true, show: row => signed(row.change_percent, 1) }, { title: t("baseline") + ", MWh", get: row => row.baseline_MWh, number: true, decimals: 1 }, { title: t("observed") + ", MWh", get: row => row.observed_MWh, number: true, decimals: 1 }, ...(money ? [{ title: t("at_stake"), get: row => row.value_at_stake, number: true }] : []), { title: t("owner"), get: row => row.owner ?? "" },
      ...(mayWrite() ? [{ title: "", get: () => "", show: row => element("div", { class: "row" }, row.status === "acknowledged" ? "" : element("button", { onclick: () => work("acknowledge", { case: row.id }) }, t("acknowledge")), element("button", { onclick: () => resolve(row) }, t("resolve") + " …")) }] : [])], report.cases);
    content.replaceChildren(report.cases.length ? values : element("p", { class: "quiet" }, t("no_cases")), element("p", { class: "quiet small" }, number(report.watched_customers) + " / " + number(report.customers) + " " + t("watched") + " · " + report.first_day + " … " + report.last_day + " · " + number(report.resolved) + " " + t("case_resolved")));
  }
  askPatiently("/api/v1/customer-alerts").then(report => { if (from === drawing) show(report); }).catch(problem => { if (from === drawing) content.replaceChildren(problem instanceof Problem ? telling(problem) : String(problem)); });
  return box;
}
