// The tab that checks a draft. The form is put where Gradio leaves room for it; verdicts come back as escaped HTML.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);

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

  async function check(form) {
    const file = byId("draft-file").files[0];
    const text = byId("draft-text").value;
    const shown = byId("checked");
    if (!file && !text.trim()) return shown.replaceChildren(say("There is no draft yet. Paste one, or choose a file."));
    const body = new FormData();
    if (file) body.append("file", file);
    else body.append("text", text);
    const button = byId("check-draft");
    button.disabled = true;
    shown.replaceChildren();
    byId("checking-now").hidden = false;
    try {
      const response = await fetch("/fragments/check", { method: "POST", body });
      if (response.ok) {
        shown.innerHTML = await response.text();
        byId("verdicts-title").focus();
      } else shown.replaceChildren(say(await problem(response)));
    } catch {
      shown.replaceChildren(say("The server cannot be reached. Is it still running?"));
    }
    byId("checking-now").hidden = true;
    button.disabled = false;
    form.querySelector("#draft-file").value = "";
  }

  function place() {
    const room = byId("checking");
    if (!room || room.querySelector("form")) return;
    room.append(byId("checking-form").content.cloneNode(true));
    const form = room.querySelector("form");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      check(form);
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !byId("check-draft").disabled) form.requestSubmit();
    });
    room.addEventListener("change", (event) => {
      if (event.target.id === "only-faults") byId("checked").classList.toggle("only-faults", event.target.checked);
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
