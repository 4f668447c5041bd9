"use strict";
// Charts from documents, with the same look in light and dark; without the library every chart is its table alone.
const colour = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
const faded = (hex, part) => hex + Math.round(part * 255).toString(16).padStart(2, "0");
let living = [], waitingCharts = [];
function forgetCharts() { for (const made of living) made.destroy(); living = []; }
// Charts are built once their canvas stands in the page.
function buildCharts() {
  const ready = waitingCharts.filter(entry => entry.canvas.isConnected);
  waitingCharts = waitingCharts.filter(entry => !entry.canvas.isConnected);
  for (const entry of ready) entry.build();
}

function chart(label, height, settings) {
  const canvas = element("canvas", { role: "img", "aria-label": label });
  const box = element("div", { class: "chart " + height }, canvas);
  if (typeof Chart === "undefined") return element("p", { class: "quiet" }, t("not_cached"));
  const ink = colour("quiet"), line = colour("line");
  const axis = extra => ({ grid: { color: line }, ticks: { color: ink }, title: { color: ink }, ...extra });
  const scales = settings.scales ? settings.scales(axis) : { x: axis({}), y: axis({}) };
  waitingCharts.push({ canvas, build: () => {
    const made = new Chart(canvas, {
      type: settings.type, data: settings.data, plugins: settings.plugins ?? [],
      options: {
        responsive: true, maintainAspectRatio: false, animation: false, interaction: settings.interaction ?? { mode: "index", intersect: false },
        plugins: { legend: { display: settings.legend !== false, labels: { color: ink, boxWidth: 18, filter: entry => !entry.text.startsWith("~") } },
          tooltip: { filter: entry => !(entry.dataset.label ?? "").startsWith("~"), callbacks: settings.tooltip ?? {} } },
        scales, onHover: settings.onHover, ...(settings.options ?? {})
      }
    });
    living.push(made);
    box.chart = made;
    settings.ready?.(made);
  } });
  requestAnimationFrame(buildCharts);
  return box;
}
// A line that stands where the reader's cursor is, in every chart of the page.
const cursor = {
  id: "cursor",
  afterDraw(made) {
    if (desk.cursor === undefined || desk.cursor === null) return;
    const x = made.scales.x.getPixelForValue(desk.cursor);
    if (!(x >= made.chartArea.left && x <= made.chartArea.right)) return;
    const pen = made.ctx;
    pen.save(); pen.strokeStyle = colour("quiet"); pen.setLineDash([3, 3]);
    pen.beginPath(); pen.moveTo(x, made.chartArea.top); pen.lineTo(x, made.chartArea.bottom); pen.stroke(); pen.restore();
  }
};
function moveCursor(index) {
  if (index === desk.cursor) return;
  desk.cursor = index;
  for (const made of living) if (made.options.shared) made.draw();
}
const hover = (event, hits, made) => { const index = made.scales.x.getValueForPixel(event.x); if (index >= 0) moveCursor(Math.round(index)); };

function bandSets(labelOf, probabilities, quantiles, names) {
  const blue = colour("blue"), find = p => probabilities.findIndex(value => Math.abs(value - p) < 0.005), sets = [];
  for (const [low, high, strength] of [[0.05, 0.95, .13], [0.1, 0.9, .16], [0.25, 0.75, .24]]) {
    const [a, b] = [find(low), find(high)];
    if (a < 0 || b < 0) continue;
    sets.push({ label: "~" + low, data: quantiles[a], borderWidth: 0, pointRadius: 0, fill: false });
    sets.push({ label: Math.round((high - low) * 100) + " % " + t("band"), data: quantiles[b], borderWidth: 0, pointRadius: 0, fill: "-1", backgroundColor: faded(blue, strength), borderColor: faded(blue, .3) });
  }
  return sets;
}
function fanChart(document, actual, currency) {
  const p = document.probabilities, middle = document.quantiles[p.findIndex(value => Math.abs(value - .5) < .005)];
  const line = (label, data, shade, extra = {}) => data?.length ? [{ label, data, borderColor: colour(shade), backgroundColor: colour(shade), borderWidth: 2, pointRadius: 0, fill: false, ...extra }] : [];
  const label = t("fan") + ". " + t("median") + " " + number(Math.min(...middle)) + " … " + number(Math.max(...middle)) + " " + currency + "/MWh" + (Math.min(...middle) < 0 ? ", " + t("negative") : "");
  return chart(label, "tall", {
    type: "line", plugins: [cursor], onHover: hover, options: { shared: true },
    data: { labels: document.interval_end, datasets: [...bandSets(t, p, document.quantiles), ...line(t("median"), middle, "blue"),
      ...line(t("yesterday"), document.same_as_yesterday, "quiet", { borderDash: [4, 4], borderWidth: 1.2 }), ...line(t("actual"), actual, "orange")] },
    scales: axis => ({ x: axis({ ticks: { color: colour("quiet"), maxTicksLimit: 25 } }), y: axis({ title: { display: true, text: currency + "/MWh", color: colour("quiet") } }) }),
    tooltip: { label: entry => entry.dataset.label + ": " + number(entry.parsed.y, 1) }
  });
}
// Floating bars; steps: [{label, from, to, kind}], all of them numbers of the document.
function waterfallChart(label, steps, currency) {
  const shade = { total: "quiet", up: "blue", down: "orange" };
  return chart(label, "", {
    type: "bar", legend: false,
    data: { labels: steps.map(step => step.label), datasets: [{ label: currency, data: steps.map(step => [step.from, step.to]), backgroundColor: steps.map(step => colour(shade[step.kind])), borderWidth: 0, maxBarThickness: 90 }] },
    scales: axis => ({ x: axis({}), y: axis({ title: { display: true, text: currency, color: colour("quiet") }, ticks: { color: colour("quiet"), callback: value => number(value) } }) }),
    tooltip: { label: entry => number(entry.raw[1]) + " " + currency }
  });
}
// One rectangle for each unit and interval: lightness for the share of rated capacity, a hatch for off.
function heatMap(name, rows, labels, open) {
  const width = 1180, left = 74, top = 22, height = 19, step = (width - left - 6) / labels.length;
  const space = "http://www.w3.org/2000/svg";
  const make = (tag, facts, text) => { const made = document.createElementNS(space, tag); for (const [key, value] of Object.entries(facts)) made.setAttribute(key, value); if (text !== undefined) made.textContent = text; return made; };
  const picture = make("svg", { viewBox: "0 0 " + width + " " + (top + rows.length * height + 26), role: "img", "aria-label": name });
  const blue = colour("blue");
  labels.forEach((label, index) => { if ((index + 1) % (labels.length / 12) === 0) picture.append(make("text", { x: left + (index + 1) * step, y: 14, "text-anchor": "end", "font-size": 11 }, label)); });
  rows.forEach((row, place) => {
    const y = top + place * height;
    const group = make("g", { tabindex: 0, role: "button", "aria-label": row.unit + ": " + row.summary });
    group.style.cursor = "pointer";
    group.addEventListener("click", () => open(row));
    group.addEventListener("keydown", event => { if (event.key === "Enter") open(row); });
    group.append(make("text", { x: left - 8, y: y + 13, "text-anchor": "end", "font-size": 11.5 }, row.unit));
    let start = 0;
    for (let index = 1; index <= labels.length; index += 1) {
      if (index < labels.length && row.values[index] === row.values[start]) continue;
      const part = row.values[start] / row.capacity;
      const box = make("rect", { x: left + start * step, y: y + 1, width: (index - start) * step, height: height - 2, fill: part > 0.001 ? blue : "none", "fill-opacity": part > 0.001 ? .12 + .88 * part : 1, stroke: part > 0.001 ? "none" : colour("line"), "stroke-width": .5 });
      box.append(make("title", {}, row.unit + " " + labels[start] + (index - start > 1 ? " … " + labels[index - 1] : "") + ": " + number(row.values[start]) + " MW"));
      group.append(box);
      if (start > 0 && (row.values[start - 1] > .001) !== (part > .001)) group.append(make("text", { x: left + start * step - 1, y: y + 14, "font-size": 12, "font-weight": 700, "text-anchor": "middle" }, part > .001 ? "▲" : "▼"));
      start = index;
    }
    picture.append(group);
  });
  const y = top + rows.length * height + 8;
  [0, .25, .5, .75, 1].forEach((part, index) => {
    picture.append(make("rect", { x: left + index * 110, y, width: 26, height: 12, fill: part ? blue : "none", "fill-opacity": .12 + .88 * part, stroke: colour("line") }));
    picture.append(make("text", { x: left + index * 110 + 32, y: y + 10, "font-size": 11 }, part ? part * 100 + " %" : "0 MW"));
  });
  picture.append(make("text", { x: left + 560, y: y + 10, "font-size": 11 }, t("of_rated") + " · ▲ ▼ " + t("starts")));
  return element("div", { class: "heat" }, picture);
}
