// The evaluators' tab. Everything it shows comes from the server as escaped HTML.
(() => {
  "use strict";
  const base = "/fragments/evaluation";
  const byId = (id) => document.getElementById(id);
  const kept = 'a[href^="/fragments/export/"][href$=".json"]';
  const room = () => byId("evaluation-room");

  const line = (words) => {
    const said = document.createElement("p");
    said.className = "failure";
    said.setAttribute("role", "alert");
    said.textContent = words;
    return said;
  };

  async function get(address, body) {
    const sent = body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    let response;
    try {
      response = await fetch(address, sent);
    } catch {
      throw new Error("The server cannot be reached. Is it still running?");
    }
    if (response.ok) return response.text();
    let told = {};
    try {
      told = await response.json();
    } catch {
      // The words below will do.
    }
    throw new Error([told.title, told.remedy].filter(Boolean).join(" ") || "The server did not answer as expected.");
  }

  async function show(place, address, body) {
    try {
      place.innerHTML = await get(address, body);
    } catch (fault) {
      place.replaceChildren(line(fault.message));
      return false;
    }
    return true;
  }

  async function display(address, body) {
    const shown = byId("evaluation-shown");
    await show(shown, address, body);
    (shown.querySelector("h2[tabindex]") ?? shown).focus();
  }

  async function whole() {
    if (await show(room(), base)) follow();
  }

  let following = false;
  async function follow() {
    if (following) return;
    following = true;
    while (byId("evaluation-now")?.querySelector("[data-running]")) {
      await new Promise((done) => setTimeout(done, 500));
      const now = byId("evaluation-now");
      if (!now) break;
      await show(now, `${base}/now`);
      const done = now.querySelector("[data-done]");
      if (done) {
        await show(room(), base);
        await display(`${base}/runs/${done.dataset.done}`);
      }
    }
    following = false;
  }

  const number = (value) => (value === "" ? null : Number(value));
  const actions = {
    run: async (form) => {
      const wanted = { suite: form.suite.value, sufficiency: number(form.sufficiency.value), claims: number(form.claims.value), model: form.model.value.trim() || null };
      await show(byId("evaluation-now"), `${base}/run`, wanted);
      follow();
    },
    compare: (form) => display(`${base}/compare?${new URLSearchParams(new FormData(form))}`),
    rate: (form) => display(`${base}/runs/${form.dataset.run}/rating?${new URLSearchParams({ rater: form.rater.value })}`),
    rated: (form, button) =>
      display(`${base}/runs/${form.dataset.run}/rating`, { rater: form.dataset.rater, claim: form.dataset.claim, said: button.value }),
    keep: async (form, button) => {
      const link = form.closest(".keep-case").previousElementSibling.querySelector(kept);
      let outcome;
      try {
        outcome = JSON.parse(await get(link.getAttribute("href")));
      } catch (fault) {
        form.replaceChildren(line(fault.message));
        return;
      }
      await show(form, `${base}/cases`, { outcome, right: button.value === "right", should_say: form.should_say.value });
    },
  };

  document.addEventListener("submit", (event) => {
    const act = actions[event.target.dataset?.evaluation];
    if (!act) return;
    event.preventDefault();
    act(event.target, event.submitter);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=open-run]");
    if (button) display(`${base}/runs/${button.value}`);
  });

  // Under each answer: one click opens the choice, the second keeps the case.
  function offer() {
    document.querySelectorAll("#conversation .downloads").forEach((downloads) => {
      if (downloads.nextElementSibling?.classList.contains("keep-case") || !downloads.querySelector(kept)) return;
      const made = document.createElement("details");
      made.className = "keep-case";
      made.innerHTML =
        '<summary>Keep as a test case</summary><form data-evaluation="keep">' +
        '<label>If it is wrong: what should it say? <input name="should_say" maxlength="500" autocomplete="off"></label>' +
        '<button type="submit" value="right" class="plain-button">It is right</button> ' +
        '<button type="submit" value="wrong" class="quiet-button">It is wrong</button></form>';
      downloads.after(made);
    });
  }

  let pending = false;
  new MutationObserver(() => {
    if (pending) return;
    pending = true;
    requestAnimationFrame(() => {
      pending = false;
      if (room() && !room().dataset.filled) {
        room().dataset.filled = "yes";
        whole();
      }
      offer();
    });
  }).observe(document.body, { childList: true, subtree: true });
  // A case kept meanwhile may have made a suite: the tab is filled anew when it is opened.
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest("#tabs [role=tab]");
    if (chosen?.textContent.trim() === "Evaluation" && room()?.dataset.filled && !following) whole();
  });
})();
