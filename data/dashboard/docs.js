"use strict";
// The description of the API as a page.
(async () => {
  const description = await (await fetch("/api/v1/openapi.json")).json();
  const main = document.querySelector("#main");
  const make = (name, text, kind) => { const made = document.createElement(name); if (text !== undefined) made.textContent = text; if (kind) made.className = kind; return made; };
  main.append(make("h1", description.info.title + " " + description.info.version), make("p", description.info.description, "below"));
  const groups = new Map();
  for (const [path, methods] of Object.entries(description.paths)) for (const [method, operation] of Object.entries(methods)) {
    const group = operation.tags[0];
    if (!groups.has(group)) groups.set(group, []);
    groups.get(group).push([method.toUpperCase(), path, operation]);
  }
  for (const [group, operations] of groups) {
    main.append(make("h2", group, "gap"));
    for (const [method, path, operation] of operations) {
      const box = make("details", undefined, "card");
      const head = make("summary");
      head.append(make("b", method + " "), make("code", path), make("span", " " + operation.summary, "quiet"));
      box.append(head, make("p", operation.description ?? ""));
      for (const parameter of operation.parameters ?? []) box.append(make("div", parameter.name + " (" + parameter.in + (parameter.required ? ", required" : "") + "): " + parameter.description + " " + JSON.stringify(parameter.schema), "small"));
      const body = operation.requestBody?.content["application/json"].schema.$ref;
      if (body) { const name = body.split("/").pop(); box.append(make("h3", "Body: " + name), make("pre", JSON.stringify(description.components.schemas[name], null, 2), "small")); }
      for (const [status, answer] of Object.entries(operation.responses)) box.append(make("div", status + ": " + answer.description, "small quiet"));
      main.append(box);
    }
  }
  main.dataset.ready = "docs";
})();
