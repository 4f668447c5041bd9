"use strict";
// State in the address, requests to the API, words, tables, and what every page shares.
const desk = {
  page: "today", day: null, parts: {}, language: "en", me: null, days: null, units: null, stop: null, rows: null
};
const $ = selector => document.querySelector(selector);
const t = key => (WORDS[desk.language][key] ?? WORDS.en[key] ?? key);

function element(name, facts = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(facts)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "class") made.className = value;
    else made.setAttribute(key, value === true ? "" : value);
  }
  for (const child of children.flat(3)) {
    if (child === null || child === undefined || child === false) continue;
    made.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return made;
}

class Problem extends Error {
  constructor(document, status) { super(document.detail ?? t("offline")); this.document = document; this.status = status; }
}

const kept = new Map();
async function ask(path, choices = {}) {
  const headers = { Accept: "application/json", "Accept-Language": desk.language === "zh" ? "zh-CN" : "en", ...(choices.headers ?? {}) };
  const key = sessionStorage.getItem("key");
  if (key) headers.Authorization = "Bearer " + key;
  if (choices.body !== undefined) headers["Content-Type"] = "application/json";
  const method = choices.method ?? "GET";
  const old = method === "GET" ? kept.get(path) : null;
  if (old) headers["If-None-Match"] = old.tag;
  let reply;
  try {
    reply = await fetch(path, { method, headers, body: choices.body === undefined ? undefined : JSON.stringify(choices.body), cache: "no-store" });
  } catch { throw new Problem({ detail: t("offline") }, 0); }
  if (reply.status === 304 && old) return old.value;
  const text = await reply.text();
  let value = null;
  try { value = text ? JSON.parse(text) : null; } catch { value = { detail: text }; }
  if (!reply.ok) {
    if (reply.status === 401) openKeyDialog();
    throw new Problem(value ?? {}, reply.status);
  }
  const tag = reply.headers.get("ETag");
  if (method === "GET" && tag) { kept.set(path, { tag, value }); if (kept.size > 80) kept.delete(kept.keys().next().value); }
  if (choices.full) return { value, tag, status: reply.status };
  return value;
}
// A document that may not be there yet.
async function askIf(path) {
  try { return await ask(path); } catch (problem) { if (problem.status === 404) return null; throw problem; }
}

const number = (value, decimals = 0) => value === null || value === undefined || !Number.isFinite(value) ? "–"
  : value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).replace("-", "−");
const signed = (value, decimals = 0) => (value > 0 ? "+" : "") + number(value, decimals);
const share = value => value === null || value === undefined ? "–" : number(value * 100, 1) + " %";
const say = text => { $("#say").textContent = ""; setTimeout(() => { $("#say").textContent = text; }, 30); };

// ---- the address: #/page/day?unit=…&…
function readAddress() {
  const [path, query] = location.hash.slice(1).split("?");
  const [, page, day] = path.split("/");
  desk.page = PAGES.some(entry => entry.name === page) ? page : "today";
  desk.day = /^\d{4}-\d\d-\d\d$/.test(day ?? "") ? day : null;
  desk.parts = Object.fromEntries(new URLSearchParams(query ?? ""));
}
function address(changes = {}, page = desk.page, day = desk.day) {
  const parts = { ...(page === desk.page ? desk.parts : {}), ...changes };
  for (const key of Object.keys(parts)) if (parts[key] === null || parts[key] === undefined || parts[key] === "") delete parts[key];
  const query = new URLSearchParams(parts).toString();
  return "#/" + page + (day ? "/" + day : "") + (query ? "?" + query : "");
}
const go = (changes, page, day) => { location.hash = address(changes, page, day); };
// The same page with another part of the state, without drawing it anew.
const note = changes => {
  desk.parts = { ...desk.parts, ...changes };
  history.replaceState(null, "", address());
};
function shiftDay(step) {
  if (!desk.day) return;
  const date = new Date(desk.day + "T00:00:00Z");
  date.setUTCDate(date.getUTCDate() + step);
  go({}, desk.page, date.toISOString().slice(0, 10));
}

// ---- building blocks
function card(title, width, ...content) {
  return element("section", { class: "card " + width, "aria-label": title }, element("div", { class: "head" }, element("h2", {}, title), element("div", { class: "acts" })), content);
}
function actions(box, path) {
  const place = box.querySelector(".acts");
  if (path) place.append(element("button", { onclick: () => navigator.clipboard?.writeText(location.origin + path).then(() => say(t("copied"))), title: path }, t("copy")));
  return place;
}
async function download(path, name) {
  const key = sessionStorage.getItem("key");
  const reply = await fetch(path, { headers: { Accept: "text/csv", ...(key ? { Authorization: "Bearer " + key } : {}) } });
  save(await reply.blob(), name);
}
function save(blob, name) {
  const link = element("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
const cell = text => /^[=+\-@\t]/.test(text) && !/^[−-]?[\d.,]+$/.test(text) ? "'" + text : text;
function tableText(table) {
  return "\ufeff" + [...table.rows].map(row => [...row.cells].map(entry => {
    const text = cell((entry.dataset.value ?? entry.innerText).trim());
    return /[",\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
  }).join(",")).join("\r\n") + "\r\n";
}
// A table that can be sorted, exported and walked with j and k. columns: {title, get, number?, text?}
function table(name, columns, rows, choices = {}) {
  const body = element("tbody");
  let order = { column: -1, up: true };
  const head = columns.map((column, index) => element("th", { scope: "col", class: column.number ? "n" : "" },
    element("button", { onclick: () => sort(index) }, column.title)));
  const made = element("table", {}, element("caption", { class: "unseen" }, name), element("thead", {}, element("tr", {}, head)), body);
  function fill(list) {
    body.replaceChildren(...list.map(row => {
      const cells = columns.map((column, index) => {
        const value = column.get(row);
        const shown = column.show ? column.show(row) : column.number ? number(value, column.decimals ?? 0) : value ?? "";
        const facts = { class: column.number ? "n" : /^\d{4}-\d\d-\d\d/.test(value) ? "whole" : "", "data-value": column.number ? value ?? "" : undefined };
        return index === 0 ? element("th", { scope: "row", ...facts }, shown) : element("td", facts, shown);
      });
      return element("tr", choices.open ? { tabindex: "0", "aria-selected": String(choices.selected?.(row) ?? false), onclick: () => choices.open(row),
        onkeydown: event => { if (event.key === "Enter" && event.target.tagName === "TR") choices.open(row); } } : {}, cells);
    }));
  }
  function sort(index) {
    order = { column: index, up: order.column === index ? !order.up : true };
    head.forEach((entry, place) => place === index ? entry.setAttribute("aria-sort", order.up ? "ascending" : "descending") : entry.removeAttribute("aria-sort"));
    const get = columns[index].get;
    fill([...rows].sort((a, b) => { const [x, y] = [get(a), get(b)]; const found = typeof x === "number" ? x - y : String(x ?? "").localeCompare(String(y ?? "")); return order.up ? found : -found; }));
  }
  fill(rows);
  const box = element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": name }, made);
  box.table = made;
  return box;
}
function exportable(box, scroll, name) {
  actions(box).append(element("button", { onclick: () => save(new Blob([tableText(scroll.table)], { type: "text/csv" }), name + ".csv") }, t("csv")));
}
function nothing(message, kind) {
  const box = element("div", {}, element("p", { class: "quiet" }, message));
  if (kind && mayWrite()) box.append(element("button", { class: "main", onclick: () => startJob({ kind, day: desk.day }) }, t(JOB_WORDS[kind])));
  return box;
}
const mayWrite = () => desk.me && desk.me.role !== "viewer";
function telling(problem) {
  const document = problem.document ?? {};
  return element("div", { class: "findings", role: "alert" }, element("b", {}, document.title ?? ""), " ", document.detail ?? String(problem),
    (document.errors ?? []).map(error => element("div", { class: "small" }, error.pointer, " ", desk.language === "zh" ? error.message_zh : error.message_en, error.clause ? " (" + error.clause + ")" : "")));
}

// ---- jobs
async function startJob(body) {
  try {
    const job = await ask("/api/v1/jobs", { method: "POST", body, headers: { "Idempotency-Key": crypto.randomUUID?.() ?? String(Math.random()) } });
    say(t(job.state));
    followJob(job.id, done => { if (done.state === "done") draw(); else openDialog(t("jobs"), element("p", {}, t(done.state), ": ", done.problem ?? "")); });
    go({ job: job.id }, "jobs");
  } catch (problem) { openDialog(t("jobs"), telling(problem)); }
}
// Poll first; the stream only makes it faster.
function followJob(id, end, step = () => {}) {
  let over = false;
  const finish = job => { if (!over && !["queued", "running"].includes(job.state)) { over = true; stream?.close(); clearInterval(timer); end(job); } else if (!over) step(job); };
  const timer = setInterval(async () => { try { finish(await ask("/api/v1/jobs/" + id)); } catch { /* the next look may succeed */ } }, 1500);
  let stream = null;
  if (!sessionStorage.getItem("key")) {
    stream = new EventSource("/api/v1/jobs/" + id + "/events");
    for (const name of ["progress", "done"]) stream.addEventListener(name, event => finish(JSON.parse(event.data)));
    stream.onerror = () => stream.close();
  }
  return () => { over = true; stream?.close(); clearInterval(timer); };
}

// ---- dialogs
function openDialog(title, ...content) {
  const box = $("#dialog");
  box.replaceChildren(element("h2", { id: "dialog-title" }, title), ...content.flat(), element("div", { class: "row" }, element("button", { onclick: () => box.close() }, t("close"))));
  if (!box.open) box.showModal();
}
function openKeyDialog() {
  const input = element("input", { type: "password", size: "60", autocomplete: "off", "aria-label": t("key_title"), value: sessionStorage.getItem("key") ?? "" });
  const use = async () => { sessionStorage.setItem("key", input.value.trim()); kept.clear(); $("#dialog").close(); await identify(); draw(); };
  input.addEventListener("keydown", event => { if (event.key === "Enter") { event.preventDefault(); use(); } });
  openDialog(t("key_title"), element("p", {}, t("key_text")), desk.me ? element("p", { class: "quiet" }, t("who"), ": ", desk.me.name, " (", desk.me.role, ")") : "",
    element("div", { class: "row" }, input, element("button", { class: "main", onclick: use }, t("use")),
      element("button", { onclick: () => { sessionStorage.removeItem("key"); kept.clear(); $("#dialog").close(); identify().then(draw); } }, t("forget"))));
  input.focus();
}
async function identify() {
  try { desk.me = await ask("/api/v1/me"); } catch { desk.me = null; }
}
