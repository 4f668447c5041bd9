"use strict";
// Backtests of our offers, comparisons of strategies, sweeps: asked for here, followed as jobs.
async function backtestsPage(main) {
  const [list, names] = await Promise.all([ask("/api/v1/backtests"), ask("/api/v1/strategies")]);
  main.append(...heading(t("backtests"), ""));
  const grid = element("div", { class: "grid" });
  main.append(grid);
  const done = card(t("backtests"), "w7"), kinds = { backtest: "backtest", comparison: "comparison", sweep: "sweep" };
  const rows = table(t("backtests"), [{ title: t("days"), get: job => job.request.from + " … " + job.request.to }, { title: t("kind"), get: job => t(kinds[job.kind]) + (job.request.strategies ? ": " + job.request.strategies.join(", ") : "") }, { title: t("state"), get: job => job.state, show: job => t(job.state) + (job.state === "running" ? " " + number(job.progress * 100) + " %" : "") }, { title: t("asked"), get: job => job.requested_by }, { title: t("at"), get: job => job.created_at }], list.jobs, { open: job => go({ job: job.id }), selected: job => job.id === desk.parts.job });
  done.append(list.jobs.length ? rows : element("p", { class: "quiet" }, t("nothing")));
  actions(done, "/api/v1/backtests");
  grid.append(backtestForm(names.strategies), done);
  desk.rows = rows.table;
  const chosen = list.jobs.find(job => job.id === desk.parts.job) ?? list.jobs.find(job => job.state === "done");
  if (!chosen || chosen.state !== "done") return;
  const report = await ask("/api/v1/jobs/" + chosen.id + "/result"), path = "/api/v1/jobs/" + chosen.id + "/result";
  ({ backtest: backtestResult, comparison: comparisonResult, sweep: sweepResult })[chosen.kind](grid, report, path);
}
function backtestForm(strategies) {
  const form = card(t("new_backtest"), "w5");
  const last = desk.days?.days.filter(row => row.prices_known).map(row => row.day)[0] ?? desk.days?.next_day;
  const from = element("input", { type: "date", "aria-label": t("first"), value: last ? shifted(last, -6) : "" }), to = element("input", { type: "date", "aria-label": t("last_day"), value: last ?? "" });
  const boxes = strategies.filter(name => !["standard", "cost-plus-lear", "perfect-foresight"].includes(name)).map(name => element("input", { type: "checkbox", value: name }));
  const sweep = element("textarea", { rows: 5, cols: 40, "aria-label": t("sweep"), spellcheck: "false", placeholder: "from: 2022-07-01\nto: 2022-09-30\nstrategy: optimised\nparameters: { risk_aversion: [0, 0.1, 0.3] }" });
  async function begin(body) {
    try {
      const job = await ask("/api/v1/backtests", { method: "POST", body, headers: { "Idempotency-Key": crypto.randomUUID?.() ?? String(Math.random()) } });
      say(t(job.state));
      go({ job: job.id }, "jobs");
    } catch (problem) { openDialog(t("new_backtest"), telling(problem)); }
  }
  const start = () => { const chosen = boxes.filter(box => box.checked).map(box => box.value); begin({ from: from.value, to: to.value, ...(chosen.length ? { strategies: chosen } : {}) }); };
  form.append(element("div", { class: "row" }, from, " … ", to, mayWrite() ? element("button", { class: "main", onclick: start }, t("start")) : ""),
    element("fieldset", {}, element("legend", {}, t("strategies")), element("div", { class: "row" }, boxes.map(box => element("label", {}, box, " ", box.value))), element("p", { class: "quiet small" }, t("strategies_text"))),
    element("details", {}, element("summary", {}, t("sweep")), sweep, mayWrite() ? element("div", { class: "row" }, element("button", { onclick: () => begin({ sweep: sweep.value }) }, t("start_sweep"))) : ""));
  return form;
}
function backtestResult(grid, report, path) {
  const total = card(t("total") + ", " + report.currency, "w4");
  total.append(element("dl", { class: "facts" }, factRows([[t("standard"), number(report.standard.profit) + " (" + share(report.standard_share_of_perfect_foresight) + ")"], [t("optimised"), number(report.optimised.profit) + " (" + share(report.optimised_share_of_perfect_foresight) + ")"], [t("foresight"), number(report.perfect_foresight_profit)],
    [t("mae"), number(report.price_mae, 2)], [t("yesterday"), number(report.same_as_yesterday_price_mae, 2)], [t("coverage"), share(report.coverage80)], [t("violations"), number(report.violated_bids) + " / " + number(report.bids)]])));
  const picture = card(t("profit_by_day") + ", " + report.currency, "w8");
  picture.append(chart(t("profit_by_day"), "", { type: "bar", data: { labels: report.days.map(row => row.day), datasets: [{ label: t("standard"), data: report.days.map(row => row.standard_profit), backgroundColor: colour("orange") }, { label: t("optimised"), data: report.days.map(row => row.optimised_profit), backgroundColor: colour("blue") }] } }));
  const daysBox = card(t("days"), "");
  const values = table(t("days"), [{ title: t("day"), get: row => row.day }, { title: t("price"), get: row => row.mean_price_per_MWh, number: true, decimals: 1 }, { title: t("standard"), get: row => row.standard_profit, number: true }, { title: t("optimised"), get: row => row.optimised_profit, number: true }, { title: t("mae"), get: row => row.price_mae, number: true, decimals: 1 }, { title: t("violations"), get: row => row.violated_bids, number: true }], report.days);
  daysBox.append(values); exportable(daysBox, values, "backtest-" + report.from); actions(picture, path);
  grid.append(total, picture, daysBox);
}
const percentage = value => value === null || value === undefined ? "–" : number(value, 2) + " %";
function comparisonResult(grid, report, path) {
  const box = card(t("comparison") + ", " + report.currency, "");
  const values = table(t("comparison"), [{ title: t("strategy"), get: row => row.strategy }, { title: t("total"), get: row => row.result.profit, number: true }, { title: t("percent"), get: row => row.result.share_of_perfect_foresight, number: true, show: row => percentage(row.result.share_of_perfect_foresight) },
    { title: t("uplift") + " (" + report.baseline + ")", get: row => row.result.uplift?.amount, number: true, show: row => row.result.uplift ? signed(row.result.uplift.amount) : "–" }, { title: "95 %", get: row => row.result.uplift?.low, number: true, show: row => row.result.uplift ? signed(row.result.uplift.low) + " … " + signed(row.result.uplift.high) : "–" }, { title: t("cvar"), get: row => row.result.conditional_value_at_risk_5, number: true }, { title: t("violations"), get: row => row.result.violated_bids, number: true }, { title: t("summary"), get: row => row.summary }], report.rows);
  box.append(values); exportable(box, values, "comparison-" + report.from);
  actions(box, path).append(element("button", { onclick: () => download(path, "comparison-days-" + report.from + ".csv") }, t("days") + " " + t("csv")));
  grid.append(box);
  if (report.lost_days.length) {
    const lost = card(t("lost_days"), "");
    lost.append(table(t("lost_days"), [{ title: t("day"), get: row => row.day }, { title: t("strategy"), get: row => row.strategy }, { title: t("difference"), get: row => row.difference, number: true }, { title: t("price"), get: row => row.mean_price_per_MWh, number: true, decimals: 1 }, { title: t("reason"), get: row => row.why }], report.lost_days));
    grid.append(lost);
  }
  const remarks = card(t("provenance"), "");
  remarks.append(element("p", {}, element("code", {}, report.provenance.command)), element("ul", { class: "list small quiet" }, report.notes.map(text => element("li", {}, text))));
  grid.append(remarks);
}
function sweepResult(grid, report, path) {
  for (const group of report.groups) {
    const box = card(t("sweep") + " · seed " + group.seed + ", " + report.currency, "");
    const values = table(t("sweep"), [{ title: t("strategy"), get: row => row.strategy, show: row => row.strategy + (row.strategy === group.best ? " ★" : "") }, { title: t("total"), get: row => row.profit, number: true }, { title: t("percent"), get: row => row.share_of_perfect_foresight, number: true, show: row => percentage(row.share_of_perfect_foresight) }, { title: t("uplift") + " (" + group.baseline + ")", get: row => row.uplift?.amount, number: true, show: row => row.uplift ? signed(row.uplift.amount) : "–" },
      { title: "95 %", get: row => row.uplift?.low, number: true, show: row => row.uplift ? signed(row.uplift.low) + " … " + signed(row.uplift.high) : "–" }, { title: t("cvar"), get: row => row.conditional_value_at_risk_5, number: true }, { title: t("not_luck"), get: row => row.deflated_sharpe_probability, number: true, show: row => share(row.deflated_sharpe_probability) }], group.rows);
    box.append(values, element("p", { class: "quiet small" }, t("reality_check") + ": p = " + number(group.p_value_of_reality_check, 3)), element("ul", { class: "list small quiet" }, report.notes.map(text => element("li", {}, text))));
    exportable(box, values, "sweep-" + report.from); actions(box, path);
    grid.append(box);
  }
}
