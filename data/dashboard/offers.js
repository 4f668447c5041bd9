"use strict";
// The bids page: every unit's offer, and one unit's curve on the density of prices, to be dragged or typed.
async function bidsPage(main) {
  const [bids, drafts] = await Promise.all([askIf(dayPath("/bids")), ask(dayPath("/drafts"))]);
  main.append(...heading(t("bids"), bids ? bids.provenance.rule_pack + " · " + bids.provenance.program + " · " + bids.provenance.data_as_of : ""));
  if (!bids) { main.append(nothing(t("no_bids"), "day")); return; }
  const own = bids.units.find(unit => unit.unit === desk.parts.unit) ?? bids.units[0];
  const drafted = new Map(drafts.drafts.map(draft => [draft.unit, draft]));
  const grid = element("div", { class: "grid" });
  main.append(grid);
  const [curve, steps] = await Promise.all([curveCard(bids, own, drafted.has(own.unit)), processCard()]);
  const list = card(t("bids") + " · " + bids.currency, "w5");
  const rows = table(t("bids"), [{ title: t("unit"), get: row => row.unit }, { title: t("capacity"), get: row => row.rated_capacity_MW, number: true }, { title: t("profit"), get: row => row.optimised.profit.mean, number: true },
    { title: t("standard"), get: row => row.standard.profit.mean, number: true }, { title: t("cvar"), get: row => row.optimised.conditional_value_at_risk, number: true },
    { title: t("verdict"), get: row => row.verdict, show: row => element("span", { class: row.verdict === "compliant" ? "good" : "bad" }, row.verdict === "compliant" ? "● " + t("ok") : "■ " + t("violated")) },
    { title: t("draft"), get: row => drafted.get(row.unit)?.version ?? 0, show: row => drafted.has(row.unit) ? "✎ " + drafted.get(row.unit).author + " " + drafted.get(row.unit).version : "" }],
    bids.units, { open: row => go({ unit: row.unit }), selected: row => row.unit === own.unit });
  list.append(rows); exportable(list, rows, "bids-" + desk.day);
  actions(list, dayPath("/bids")).append(element("button", { onclick: () => download(dayPath("/bids"), "bids-" + desk.day + ".csv") }, "bids.csv"));
  desk.rows = rows.table;
  grid.append(steps, curve, list);
  const why = card(t("reasons") + " · " + own.unit, "w7");
  const reasons = table(t("reasons"), [{ title: t("segment"), get: row => row.segment, number: true }, { title: t("from"), get: row => row.from_MW, number: true }, { title: t("to"), get: row => row.to_MW, number: true }, { title: t("price"), get: row => row.price_per_MWh, number: true }, { title: t("marginal"), get: row => row.marginal_cost_per_MWh, number: true, decimals: 1 },
    { title: t("share"), get: row => row.clearing_share, number: true, show: row => share(row.clearing_share) }, { title: t("reason"), get: row => inLanguage(row) }], own.optimised.segments);
  if (own.optimised.reason) why.append(element("p", {}, inLanguage(own.optimised)));
  why.append(reasons); exportable(why, reasons, "reasons-" + own.unit);
  const checks = card(t("compliance"), "w5");
  const marks = row => row.violated ? ["bad", "■"] : row.not_evaluated ? ["warned", "▲"] : ["good", "●"];
  const tests = table(t("compliance"), [{ title: "", get: row => row.id }, { title: t("rule"), get: row => row.title, show: row => lamp(...marks(row), row.title) }, { title: t("violated"), get: row => row.violated, number: true }, { title: t("unconfirmed"), get: row => row.not_evaluated, number: true }, { title: t("clause"), get: row => row.rule || row.remark }], bids.compliance.checks);
  checks.append(tests); exportable(checks, tests, "checks-" + desk.day);
  grid.append(why, checks);
}

const inLanguage = row => (desk.language === "zh" && row.reason_chinese) || row.reason;

async function curveCard(bids, own, drafted) {
  const currency = bids.currency, unit = own.unit;
  const box = card(t("curve") + " · " + unit, "w7");
  const density = await ask(dayPath("/bids/density"));
  const prepared = own.optimised.segments.map(row => ({ to_MW: row.to_MW, price_per_MWh: row.price_per_MWh }));
  const reply = drafted ? await ask(dayPath("/drafts/" + encodeURIComponent(unit)), { full: true }) : null;
  const held = reply?.value ?? null;
  let tag = reply?.tag ?? null;
  let segments = (held?.segments ?? prepared).map(row => ({ ...row }));
  const past = [], future = [];
  const lines = element("tbody"), verdict = element("div", { role: "status", "aria-live": "polite" }), state = element("span", { class: "quiet small" });
  const worth = element("dl", { class: "facts" });

  // The points of a curve as the market reads it: slopes join the ends, steps go level.
  const slopes = bids.provenance.curve_form === "slopes";
  const path = list => { const points = []; let from = 0; for (const [index, row] of list.entries()) { if (!slopes || index === 0) points.push({ x: from, y: row.price_per_MWh }); points.push({ x: row.to_MW, y: row.price_per_MWh, end: index }); from = row.to_MW; } return points; };
  const densityPoints = density.price_per_MWh.map((price, index) => ({ x: density.share[index], y: price }));
  let dragged = null;
  const picture = chart(t("curve"), "tall", {
    type: "scatter", interaction: { mode: "nearest", intersect: false },
    data: { datasets: [
      { label: t("your_curve"), data: path(segments), showLine: true, borderColor: colour("blue"), backgroundColor: colour("blue"), borderWidth: 2.4, pointRadius: point => point.raw?.end === undefined ? 0 : 5, pointHitRadius: 8 },
      { label: t("prepared"), data: path(prepared), showLine: true, borderColor: colour("quiet"), borderDash: [5, 4], borderWidth: 1.3, pointRadius: 0 },
      { label: t("standard"), data: path(own.standard.segments), showLine: true, borderColor: colour("orange"), borderWidth: 1.3, pointRadius: 0 },
      { label: t("density"), data: densityPoints, showLine: true, xAxisID: "density", borderWidth: 0, pointRadius: 0, fill: { target: { value: 0 } }, borderColor: faded(colour("green"), .5), backgroundColor: faded(colour("green"), .2), type: "line", indexAxis: "y", order: 9 }] },
    scales: axis => ({ x: axis({ min: 0, title: { display: true, text: "MW", color: colour("quiet") } }), y: axis({ title: { display: true, text: currency + "/MWh", color: colour("quiet") } }), density: axis({ type: "linear", position: "top", min: 0, max: Math.max(...density.share) * 3, display: false }) }),
    tooltip: { label: entry => entry.dataset.label + ": " + number(entry.parsed.x, entry.dataset.xAxisID === "density" ? 4 : 0) + (entry.dataset.xAxisID === "density" ? "" : " MW") + ", " + number(entry.parsed.y, 1) },
    ready: made => {
      const canvas = made.canvas;
      canvas.addEventListener("pointerdown", event => {
        const hit = made.getElementsAtEventForMode(event, "nearest", { intersect: true }, true).find(entry => entry.datasetIndex === 0);
        const end = hit ? made.data.datasets[0].data[hit.index].end : undefined;
        if (end === undefined) return;
        remember(); dragged = end; canvas.setPointerCapture(event.pointerId);
      });
      canvas.addEventListener("pointermove", event => {
        if (dragged === null) return;
        const row = segments[dragged], bounds = canvas.getBoundingClientRect();
        row.price_per_MWh = Math.round(made.scales.y.getValueForPixel(event.clientY - bounds.top));
        if (event.shiftKey) row.to_MW = Math.round(made.scales.x.getValueForPixel(event.clientX - bounds.left));
        changed();
      });
      for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, () => { dragged = null; });
    }
  });
  const remember = () => { past.push(JSON.stringify(segments)); future.length = 0; if (past.length > 200) past.shift(); };
  const step = (from, to) => { if (!from.length) return; to.push(JSON.stringify(segments)); segments = JSON.parse(from.pop()); fill(); changed(); };

  function fill() {
    lines.replaceChildren(...segments.map((row, index) => {
      const field = (key, name) => {
        const input = element("input", { inputmode: "decimal", value: row[key], "aria-label": unit + ", " + t("segment") + " " + (index + 1) + ", " + name });
        input.addEventListener("change", () => { const value = typed(input.value, row[key]); if (value === null) { input.setAttribute("aria-invalid", "true"); return; } input.removeAttribute("aria-invalid"); remember(); row[key] = value; input.value = value; changed(); });
        input.addEventListener("keydown", event => {
          if (event.key === "ArrowUp" || event.key === "ArrowDown") { event.preventDefault(); remember(); row[key] = Math.round((row[key] + (event.key === "ArrowUp" ? 1 : -1) * (event.shiftKey ? 10 : 1)) * 1000) / 1000; input.value = row[key]; changed(); }
        });
        input.addEventListener("paste", event => {
          const text = event.clipboardData.getData("text"), block = text.trim().split(/\r?\n/).map(line => line.split(/[\t;,]/).map(Number));
          if (block.length < 2 && block[0].length < 2) return;
          event.preventDefault(); remember();
          block.forEach((entries, place) => { const target = segments[index + place]; if (!target || entries.some(Number.isNaN)) return; if (entries.length >= 2) { target.to_MW = entries[0]; target.price_per_MWh = entries[1]; } else target[key] = entries[0]; });
          fill(); changed();
        });
        return element("td", { class: "n" }, input);
      };
      return element("tr", {}, element("th", { scope: "row" }, index + 1), element("td", { class: "n", "data-from": "" }, number(index ? segments[index - 1].to_MW : 0)), field("to_MW", t("to")), field("price_per_MWh", t("price")), element("td", { class: "n", "data-share": "" }, "–"));
    }));
  }
  // 350, =350, +5, +5%, *1.02
  function typed(text, old) {
    const found = /^\s*([=+*]?)\s*(-?[\d.]+)\s*(%?)\s*$/.exec(text.replace("−", "-").replace(",", ""));
    if (!found) return null;
    const value = Number(found[2]);
    if (!Number.isFinite(value)) return null;
    const result = found[1] === "+" ? (found[3] ? old * (1 + value / 100) : old + value) : found[1] === "*" ? old * value : value;
    return Math.round(result * 1000) / 1000;
  }
  let asking = false, again = false;
  async function changed() {
    const made = picture.chart;
    if (made) { made.data.datasets[0].data = path(segments); made.update("none"); }
    if (dragged !== null) fill();
    if (asking) { again = true; return; }
    asking = true;
    const begin = performance.now();
    try {
      show(await ask(dayPath("/what-if"), { method: "POST", body: { unit, segments } }));
      state.textContent = t("answered") + " " + number(performance.now() - begin) + " ms";
    } catch (problem) { verdict.replaceChildren(telling(problem)); }
    asking = false;
    if (again) { again = false; changed(); }
  }
  function show(found) {
    worth.replaceChildren(...[[t("worth"), number(found.draft.expected_profit) + " " + currency], [t("difference"), signed(found.expected_profit_difference)], [t("cvar"), number(found.draft.conditional_value_at_risk_5)], [t("energy"), number(found.draft.expected_energy_MWh, 1)]].flatMap(([name, value]) => [element("dt", {}, name), element("dd", { class: "n" }, value)]));
    [...lines.rows].forEach((row, index) => { const part = found.draft.segments[index]; if (!part) return; row.querySelector("[data-share]").textContent = share(part.clearing_probability); row.querySelector("[data-from]").textContent = number(part.from_MW); });
    verdict.replaceChildren(found.findings.length ? element("div", { class: "findings" }, element("b", {}, t("findings")), element("ul", { class: "list" }, found.findings.map(entry => element("li", {}, entry.check, entry.segment ? " · " + t("segment") + " " + entry.segment : "", ": ", desk.language === "zh" ? entry.message_chinese : entry.message, element("div", { class: "quiet small" }, entry.clause))))) : lamp("good", "●", t("no_findings")));
  }
  async function saveDraft() {
    if (!mayWrite()) { openKeyDialog(); return; }
    const place = dayPath("/drafts/" + encodeURIComponent(unit));
    try {
      const reply = tag ? await ask(place, { method: "PUT", body: { segments }, headers: { "If-Match": tag }, full: true })
        : await ask(dayPath("/drafts"), { method: "POST", body: { unit, segments }, headers: { "Idempotency-Key": crypto.randomUUID?.() ?? String(Math.random()) }, full: true });
      tag = reply.tag; kept.delete(place);
      state.textContent = t("saved") + " " + reply.value.version + " · " + reply.value.author;
      say(state.textContent);
      document.dispatchEvent(new CustomEvent("drafted"));
    } catch (problem) {
      if (problem.status === 412 || problem.status === 409) openDialog(t("conflict"), telling(problem), element("div", { class: "row" }, element("button", { class: "main", onclick: () => { $("#dialog").close(); kept.clear(); draw(); } }, t("read_again"))));
      else verdict.replaceChildren(telling(problem));
    }
  }
  desk.save = saveDraft; desk.undo = () => step(past, future); desk.redo = () => step(future, past);
  desk.enter = () => lines.querySelector("input")?.focus();
  fill();
  const form = element("table", { class: "segments" }, element("caption", { class: "unseen" }, t("segments") + " " + unit), element("thead", {}, element("tr", {}, [t("segment"), t("from"), t("to"), t("price") + ", " + currency + "/MWh", t("share")].map((name, index) => element("th", { scope: "col", class: index ? "n" : "" }, name)))), lines);
  box.append(picture, element("p", { class: "quiet small" }, t("drag")), element("div", { class: "desk" }, form, element("div", {}, worth, verdict,
    element("div", { class: "row" }, element("button", { class: "main", id: "save", onclick: saveDraft }, t("save_draft")), element("button", { onclick: () => { remember(); segments = prepared.map(row => ({ ...row })); fill(); changed(); } }, t("reset")), element("button", { onclick: desk.undo, "aria-label": t("undo") }, "↶"), element("button", { onclick: desk.redo, "aria-label": t("redo") }, "↷"),
      held ? element("button", { onclick: async () => { try { await ask(dayPath("/drafts/" + encodeURIComponent(unit)), { method: "DELETE", headers: { "If-Match": tag ?? "*" } }); kept.clear(); draw(); } catch (problem) { verdict.replaceChildren(telling(problem)); } } }, t("discard")) : ""), state)));
  actions(box, dayPath("/what-if"));
  worth.append(element("dt", {}, t("loading")));
  changed();
  return box;
}
