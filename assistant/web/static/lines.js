// The tab of drafts. The form is put where Gradio leaves room for it; a draft comes back as escaped HTML after every step.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  let busy = false;

  const say = (words) => {
    const line = document.createElement("p");
    line.className = "failure";
    line.setAttribute("role", "alert");
    line.textContent = words;
    return line;
  };

  async function problem(response) {
    try {
      const told = await response.json();
      return [told.title, told.remedy].filter(Boolean).join(" ");
    } catch {
      return "The server did not answer as expected. Try again.";
    }
  }

  async function show(address, body, after) {
    if (busy) return;
    busy = true;
    byId("lines-now").hidden = false;
    try {
      const headers = { "content-type": "application/json" };
      const response = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
      if (response.ok) {
        byId("drafted").innerHTML = await response.text();
        after();
      } else byId("drafted").prepend(say(await problem(response)));
    } catch {
      byId("drafted").prepend(say("The server cannot be reached. Is it still running?"));
    }
    byId("lines-now").hidden = true;
    busy = false;
  }

  function make() {
    const topic = byId("lines-topic").value.trim();
    if (!topic) return byId("drafted").replaceChildren(say("Write what it is about first."));
    const body = { topic, kind: byId("lines-kind").value };
    const audience = byId("lines-audience").value.trim();
    const asOf = byId("lines-as-of").value.trim();
    if (audience) body.audience = audience;
    if (asOf) body.filters = { as_of: asOf };
    return show("/fragments/draft", body, () => byId("drafted-title").focus());
  }

  function step(button) {
    const line = button.closest("li[data-line]");
    const name = button.value;
    const section = Number(line.dataset.section);
    const number = Number(line.dataset.line);
    const body = { step: name, section, line: number };
    if (name === "edit") body.text = line.querySelector("textarea").value;
    const place = number + ({ up: -1, down: 1 }[name] || 0);
    return show(`/fragments/draft/${button.closest("article").dataset.key}`, body, () => {
      // The keyboard stays at the line that was worked on.
      const lines = [...document.querySelectorAll(`#drafted li[data-section="${section}"]`)];
      const next = lines[Math.max(0, Math.min(place, lines.length - 1))];
      (next?.querySelector(`button[value="${name}"]`) || byId("drafted-title")).focus();
    });
  }

  function place() {
    const room = byId("drafting");
    if (!room || room.querySelector("form")) return;
    room.append(byId("lines-form").content.cloneNode(true));
    room.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      make();
    });
    room.addEventListener("click", (event) => {
      const button = event.target.closest("button[name=step]");
      if (button) step(button);
    });
  }

  let pending = false;
  new MutationObserver(() => {
    if (pending) return;
    pending = true;
    requestAnimationFrame(() => {
      pending = false;
      place();
    });
  }).observe(document.body, { childList: true, subtree: true });
})();
