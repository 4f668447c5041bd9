"use strict";
// The order of the pages, the keyboard, and the first look.
const PAGES = [
  { name: "today", draw: todayPage, key: "t" }, { name: "market", draw: marketPage, key: "m", word: "market_page" }, { name: "prices", draw: pricesPage, key: "p" }, { name: "bids", draw: bidsPage, key: "b" },
  { name: "position", draw: positionPage, key: "o" }, { name: "fleet", draw: fleetPage, key: "f" }, { name: "clearing", draw: clearingPage, key: "c" }, { name: "backtests", draw: backtestsPage, key: "k", dayless: true },
  { name: "customers", draw: customersPage, key: "u", dayless: true, isThere: () => desk.me?.has_customers }, { name: "rules", draw: rulesPage, key: "r", dayless: true },
  { name: "data", draw: dataPage, key: "d", dayless: true }, { name: "jobs", draw: jobsPage, key: "j", dayless: true }
];
const shownPages = () => PAGES.filter(page => page.isThere?.() ?? true);
const titleOf = page => t(page.word ?? page.name);
let leaving = [], drawing = 0;

async function draw() {
  readAddress();
  const own = ++drawing;
  for (const leave of leaving) leave();
  leaving = []; desk.rows = null; desk.save = null; desk.undo = null; desk.redo = null; desk.enter = null; desk.next = null; desk.cursor = null;
  const page = PAGES.find(entry => entry.name === desk.page);
  const main = $("#main"), fresh = element("div");
  document.documentElement.lang = desk.language === "zh" ? "zh-CN" : "en";
  if (!main.hasChildNodes()) main.append(element("p", { class: "quiet" }, t("loading")));
  try {
    if (!desk.days) desk.days = await ask("/api/v1/days");
    if (!desk.day && desk.days) desk.day = desk.days.days.find(row => row.documents.includes("bids"))?.day ?? desk.days.next_day ?? null;
    bar();
    if (page.dayless) { const day = desk.day; desk.day = null; try { await page.draw(fresh); } finally { desk.day = day; } } else if (desk.day) await page.draw(fresh);
    else fresh.append(element("p", {}, t("nothing")));
  } catch (problem) { fresh.append(problem instanceof Problem ? telling(problem) : element("pre", { class: "bad" }, String(problem.stack ?? problem))); bar(); }
  if (own !== drawing) return;
  forgetCharts();
  main.replaceChildren(fresh);
  waitingCharts = waitingCharts.filter(entry => fresh.contains(entry.canvas));
  buildCharts();
  document.title = titleOf(page) + (desk.day && !page.dayless ? " · " + desk.day : "") + " · SpotDesk";
  main.dataset.ready = desk.page;
}

function bar() {
  $("#pages").replaceChildren(...shownPages().map(page => element("a", { href: "#/" + page.name + (desk.day ? "/" + desk.day : ""), "aria-current": page.name === desk.page ? "page" : null, title: "g " + page.key }, titleOf(page))));
  $("#day").value = desk.day ?? "";
  $("#day").setAttribute("aria-label", t("day"));
  $("#find").setAttribute("aria-label", t("search"));
  $("#language").textContent = desk.language === "zh" ? "English" : "中文";
  $("#key").textContent = t("key_title");
  $(".skip").textContent = t("skip");
  const notes = [desk.days?.simulated ? t("simulated") : null, desk.me && !desk.me.keys_needed ? t("open") : null].filter(Boolean);
  $("#banner").hidden = !notes.length;
  $("#banner").textContent = notes.join(" · ");
  $("#foot").textContent = (desk.days ? desk.days.workspace + " · " + desk.days.market + " · " : "") + (desk.me ? desk.me.name + " (" + desk.me.role + ")" : "") + " · API /api/v1 · ";
  $("#foot").append(element("a", { href: "/docs" }, "/docs"));
}

function search(text) {
  const word = text.trim().toLowerCase();
  if (!word) return;
  if (/^\d{4}-\d\d-\d\d$/.test(word)) return go({}, desk.page, word);
  const page = shownPages().find(entry => titleOf(entry).toLowerCase().startsWith(word) || entry.name.startsWith(word));
  if (page) return go({}, page.name);
  const unit = desk.units?.units.find(entry => entry.unit.toLowerCase().includes(word) || entry.plant.toLowerCase().includes(word));
  if (unit) return go({ unit: unit.unit }, "bids");
  say(t("find_none") + " " + text);
}
async function loadUnits() { if (!desk.units) desk.units = await askIf("/api/v1/units").catch(() => null); }

function moveRow(step) {
  const rows = [...(desk.rows?.tBodies[0].rows ?? [])];
  if (!rows.length) return;
  const now = rows.findIndex(row => row.contains(document.activeElement));
  const place = now < 0 ? Math.max(0, rows.findIndex(row => row.getAttribute("aria-selected") === "true")) : Math.min(rows.length - 1, Math.max(0, now + step));
  rows[place].focus();
}
function help() {
  const lines = [["?", t("k_help")], ["/", t("k_search")], ["g t … g j", t("k_pages") + ": " + shownPages().map(page => page.key + " " + titleOf(page)).join(", ")], ["j k", t("k_rows")], ["Enter", t("k_open")], ["← →", t("k_day")], ["Shift ← →", t("k_week")], ["i", t("k_curve")], ["n", t("k_next")], ["u", t("key_title")], ["Ctrl S", t("k_save")], ["Ctrl Z, Ctrl Y", t("k_undo")], ["l", t("k_lang")], ["m", t("k_theme")], ["Esc", t("k_close")]];
  openDialog(t("keys_title"), element("dl", { class: "facts" }, lines.flatMap(([key, text]) => [element("dt", {}, element("kbd", {}, key)), element("dd", {}, text)])));
}
function setTheme(name) { document.documentElement.dataset.theme = name; localStorage.setItem("theme", name); draw(); }
function setLanguage(name) { desk.language = name; localStorage.setItem("language", name); draw(); }
const otherTheme = () => setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
const otherLanguage = () => setLanguage(desk.language === "zh" ? "en" : "zh");

let waitingForPage = false;
document.addEventListener("keydown", event => {
  const writing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if ((event.ctrlKey || event.metaKey) && !event.altKey) {
    const act = { s: desk.save, z: event.shiftKey ? desk.redo : desk.undo, y: desk.redo }[event.key.toLowerCase()];
    if (act) { event.preventDefault(); act(); }
    return;
  }
  if (event.altKey || event.defaultPrevented) return;
  if (event.key === "Escape" && writing) { event.target.blur(); return; }
  if (writing || $("#dialog").open) return;
  if (waitingForPage) { waitingForPage = false; const page = shownPages().find(entry => entry.key === event.key); if (page) { event.preventDefault(); go({}, page.name); } return; }
  const act = { "?": help, "/": () => $("#find").focus(), g: () => { waitingForPage = true; }, j: () => moveRow(1), k: () => moveRow(-1), l: otherLanguage, m: otherTheme, i: desk.enter, n: desk.next, u: openKeyDialog,
    ArrowLeft: () => shiftDay(event.shiftKey ? -7 : -1), ArrowRight: () => shiftDay(event.shiftKey ? 7 : 1) }[event.key];
  if (act) { event.preventDefault(); act(); }
});
$("#previous").addEventListener("click", () => shiftDay(-1));
$("#next").addEventListener("click", () => shiftDay(1));
$("#day").addEventListener("change", event => { if (event.target.value) go({}, desk.page, event.target.value); });
$("#find").addEventListener("focus", loadUnits);
$("#find").addEventListener("keydown", async event => { if (event.key === "Enter") { await loadUnits(); search(event.target.value); event.target.value = ""; event.target.blur(); } });
$("#language").addEventListener("click", otherLanguage);
$("#theme").addEventListener("click", otherTheme);
$("#key").addEventListener("click", openKeyDialog);
$("#help").addEventListener("click", help);
window.addEventListener("hashchange", draw);

const asked = new URLSearchParams(location.search);
desk.language = asked.get("lang") ?? localStorage.getItem("language") ?? (navigator.language.startsWith("zh") ? "zh" : "en");
document.documentElement.dataset.theme = asked.get("theme") ?? localStorage.getItem("theme") ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
identify().then(draw);
