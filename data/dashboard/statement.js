"use strict";
// The operator's statement against ours: a file is sent, every difference comes back with its cause.
function statementCard() {
  const box = card(t("statement"), ""), content = element("div");
  const choose = element("input", { type: "file", accept: ".csv,.xlsx", "aria-label": t("statement"), onchange: async () => {
    const file = choose.files[0];
    if (!file) return;
    content.replaceChildren(element("p", { class: "quiet" }, t("computing")));
    try {
      const key = sessionStorage.getItem("key"), type = /\.xlsx$/i.test(file.name) ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv";
      const reply = await fetch(dayPath("/statement"), { method: "POST", headers: { "Content-Type": type, "Accept-Language": desk.language === "zh" ? "zh-CN" : "en", ...(key ? { Authorization: "Bearer " + key } : {}) }, body: file });
      const value = await reply.json();
      if (!reply.ok) throw new Problem(value, reply.status);
      showDifferences(box, content, value);
      say(t("done"));
    } catch (problem) { content.replaceChildren(problem instanceof Problem ? telling(problem) : String(problem)); }
  } });
  box.append(element("p", { class: "quiet small" }, t("statement_text")), mayWrite() ? element("div", { class: "row" }, choose) : "", content);
  return box;
}
function showDifferences(box, content, report) {
  const found = report.reconciliation;
  const causes = table(t("causes_of"), [{ title: t("cause"), get: row => row.cause, show: row => t("cause_" + row.cause.replaceAll("-", "_")) }, { title: t("lines_n"), get: row => row.lines, number: true }, { title: t("amount"), get: row => row.amount, number: true, decimals: 2 }], found.causes);
  const rows = table(t("differences"), [{ title: t("unit"), get: row => row.unit }, { title: t("item"), get: row => row.item, show: row => itemName(row.item) }, { title: t("interval"), get: row => row.period, number: true }, { title: t("cause"), get: row => row.cause, show: row => t("cause_" + row.cause.replaceAll("-", "_")) }, { title: t("difference"), get: row => row.difference, number: true, decimals: 2 }, { title: t("findings"), get: row => row.sentence }], found.differences);
  content.replaceChildren(element("div", { class: "big" }, signed(found.difference, 2) + " " + report.currency), element("p", {}, number(found.equal_lines) + " / " + number(found.compared_lines) + " " + t("equal_lines") + " · " + found.layout + " · " + found.dispute_sentence),
    found.differences.length ? element("div", {}, causes, element("h2", { class: "gap" }, t("differences")), rows) : lamp("good", "●", t("no_differences")));
  if (found.differences.length) exportable(box, rows, "statement-" + desk.day);
}
