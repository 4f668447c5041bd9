"use strict";
// How far the day's bids have come, and the next act: draft, check, approve (by somebody else), seal, submit.
async function processCard() {
  const box = card(t("process"), "");
  const content = element("div");
  box.append(content);
  actions(box, dayPath("/process"));
  const stages = ["draft", "checked", "approved", "sealed", "submitted"];
  const acts = { none: "draft", draft: "check", checked: "approve", approved: "seal", sealed: "submit" };
  let state = null;
  async function act(name, body) {
    try { show(await ask(dayPath("/process/" + name), { method: "POST", body: body ?? {}, headers: { "Idempotency-Key": crypto.randomUUID?.() ?? String(Math.random()) } })); say(t("stage_" + state.stage)); }
    catch (problem) { show(state, problem); say(problem.message); }
  }
  function button(name, main) {
    const run = () => {
      if (name !== "submit") return act(name);
      const input = element("input", { type: "text", "aria-label": t("receipt"), size: 30 });
      const send = () => { $("#dialog").close(); act("submit", { receipt: input.value }); };
      input.addEventListener("keydown", event => { if (event.key === "Enter") { event.preventDefault(); send(); } });
      openDialog(t("act_submit"), element("div", { class: "row" }, element("label", {}, t("receipt"), " ", input), element("button", { class: "main", onclick: send }, t("act_submit"))));
      input.focus();
    };
    return element("button", { class: main ? "main" : "", "data-act": name, onclick: run }, t("act_" + name));
  }
  async function exportSealed() {
    const key = sessionStorage.getItem("key");
    const reply = await fetch(dayPath("/process/export"), { method: "POST", headers: key ? { Authorization: "Bearer " + key } : {} });
    if (reply.ok) save(await reply.blob(), "bids-" + desk.day + ".csv"); else show(state, new Problem(await reply.json(), reply.status));
  }
  function override(stop) {
    const [check, ...unit] = stop.split(" ");
    const input = element("input", { type: "text", "aria-label": t("reason"), size: 40 });
    const send = () => { $("#dialog").close(); act("override", { check, unit: unit.join(" "), reason: input.value }); };
    input.addEventListener("keydown", event => { if (event.key === "Enter") { event.preventDefault(); send(); } });
    openDialog(t("act_override") + " " + stop, element("div", { class: "row" }, element("label", {}, t("reason"), " ", input), element("button", { class: "main", onclick: send }, t("act_override"))));
    input.focus();
  }
  function show(next, problem) {
    state = next;
    const now = stages.indexOf(state.stage), able = mayWrite();
    content.replaceChildren(
      element("ol", { class: "steps" }, stages.map((name, index) => element("li", { class: index < now ? "past" : index === now ? "now" : "", "aria-current": index === now ? "step" : null }, (index <= now ? "● " : "○ ") + t("stage_" + name)))),
      element("dl", { class: "facts small" }, [[t("maker"), state.maker], [t("checker"), state.checker], [t("payload"), state.payload.slice(0, 16)], [t("sealed"), state.sealed ? state.sealed.slice(0, 16) + " · " + state.sealed_by : ""], [t("receipt"), state.receipt]].filter(entry => entry[1]).flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)])),
      state.blocks.length ? lamp("bad", "■", t("blocks") + ": " + state.blocks.join(", ")) : "",
      state.open_stops.length ? element("div", {}, lamp("warned", "▲", t("stops") + ":"), element("div", { class: "row" }, state.open_stops.slice(0, 12).map(stop => element("button", { onclick: () => override(stop) }, stop + " …")), state.open_stops.length > 12 ? "+" + (state.open_stops.length - 12) : "")) : "",
      ...state.overrides.map(entry => element("div", { class: "small quiet" }, entry.check, " ", entry.unit, ": ", entry.reason, " (", entry.person, ")")),
      problem ? telling(problem) : "",
      element("div", { class: "row" }, able ? [acts[state.stage] ? button(acts[state.stage], true) : "", ["sealed", "submitted"].includes(state.stage) ? element("button", { onclick: exportSealed }, t("act_export")) : "", state.stage === "none" ? "" : button("draft", false)] : "", element("span", { class: "quiet small" }, state.next)));
  }
  desk.next = () => content.querySelector("[data-act]")?.focus();
  try { show(await ask(dayPath("/process"))); } catch (problem) { content.append(problem.status === 404 ? element("p", { class: "quiet" }, t("nothing")) : telling(problem)); }
  return box;
}
