// The tab of dossiers. The form is put where Gradio leaves room for it; dossiers and grids come back as escaped HTML.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const several = (value) => value.split(",").map((part) => part.trim()).filter(Boolean);

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

  function filters() {
    const found = {};
    for (const name of ["publishers", "entities", "source_types"]) {
      const given = several(byId(`dossier-${name}`).value);
      if (given.length) found[name] = given;
    }
    for (const name of ["since", "until", "as_of"]) {
      const given = byId(`dossier-${name}`).value.trim();
      if (given) found[name] = given;
    }
    return found;
  }

  async function show(address, body) {
    const buttons = [byId("make-dossier"), byId("make-grid")];
    const shown = byId("dossier");
    buttons.forEach((button) => { button.disabled = true; });
    shown.replaceChildren();
    byId("dossier-now").hidden = false;
    try {
      const headers = { "content-type": "application/json" };
      const response = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
      if (response.ok) {
        shown.innerHTML = await response.text();
        byId("dossier-title").focus();
      } else shown.replaceChildren(say(await problem(response)));
    } catch {
      shown.replaceChildren(say("The server cannot be reached. Is it still running?"));
    }
    byId("dossier-now").hidden = true;
    buttons.forEach((button) => { button.disabled = false; });
  }

  function make() {
    const entity = byId("dossier-entity").value.trim();
    if (!entity) return byId("dossier").replaceChildren(say("Name a vendor or a body first."));
    return show("/fragments/dossier", { entity, filters: filters() });
  }

  async function suggest() {
    const list = byId("dossier-names");
    try {
      const response = await fetch("/fragments/dossier/names");
      if (response.ok) list.innerHTML = await response.text();
    } catch { /* Suggestions are a help and no more. */ }
  }

  function place() {
    const room = byId("dossiers");
    if (!room || room.querySelector("form")) return;
    room.append(byId("dossier-form").content.cloneNode(true));
    room.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      make();
    });
    byId("make-grid").addEventListener("click", () => show("/fragments/grid", { vendors: [], filters: filters() }));
    byId("dossier-entity").addEventListener("focus", suggest, { once: true });
    room.addEventListener("click", (event) => {
      const button = event.target.closest("button[name=dossier-of]");
      if (!button) return;
      byId("dossier-entity").value = button.value;
      make();
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
