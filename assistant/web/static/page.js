// What the page does by itself: the source panel, copying, removing. Everything it inserts was escaped by the server.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const root = document.documentElement;

  // Light or dark: `?__theme=` decides, else the reader's system.
  const wanted = new URLSearchParams(location.search).get("__theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const paint = () => {
    root.dataset.theme = wanted === "dark" || (wanted !== "light" && system.matches) ? "dark" : "light";
  };
  paint();
  system.addEventListener("change", paint);

  // Gradio takes its configuration from the server that this page came from.
  window.__gradio_mode__ = "app";
  document.querySelector("gradio-app").setAttribute("src", location.origin + "/");

  const panel = byId("source-panel");
  const body = byId("source-body");
  let opener = null;
  let asked = 0;

  const announce = (words) => {
    byId("announcer").textContent = words;
  };

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

  async function open(address, from) {
    const turn = ++asked;
    if (from && !panel.contains(from)) opener = from;
    panel.hidden = false;
    root.classList.add("panel-open");
    panel.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(address);
      const shown = response.ok ? await response.text() : null;
      if (turn !== asked) return;
      if (shown === null) body.replaceChildren(say(await problem(response)));
      else body.innerHTML = shown;
    } catch {
      if (turn === asked) body.replaceChildren(say("The server cannot be reached. Is it still running?"));
    }
    panel.removeAttribute("aria-busy");
    arrive();
  }

  // The title stays in sight, in the bar, when the quote is further down than one window.
  const titleGone = new IntersectionObserver(
    ([seen]) => {
      const name = panel.querySelector(".panel-name");
      const past = !seen.isIntersecting && seen.boundingClientRect.top < seen.rootBounds.top + 1;
      name.classList.toggle("past", past);
      name.textContent = past ? seen.target.textContent : "Source";
    },
    { root: panel, rootMargin: "-48px 0px 0px 0px" },
  );

  // To the quote: on the picture of its page where there is one, else in the text.
  function scrollToQuote() {
    const picture = body.querySelector(".page-picture");
    const quote = body.querySelector("mark");
    panel.scrollTop = 0;
    if (!picture) return quote && within(quote.getBoundingClientRect());
    const shown = picture.getBoundingClientRect();
    const share = shown.width / (picture.naturalWidth || Number(picture.getAttribute("width")));
    const top = shown.top + Number(picture.dataset.top) * share;
    within({ top, bottom: top + 48 });
  }

  function within(place) {
    const view = panel.getBoundingClientRect();
    if (place.bottom > view.bottom - 64) panel.scrollTop += (place.top + place.bottom - view.top - view.bottom) / 2;
  }

  function pictureFailed(picture) {
    const line = document.createElement("p");
    line.className = "quiet";
    line.textContent = "The picture of the page cannot be shown. The quote is marked in the text below.";
    picture.closest("figure").replaceWith(line);
    scrollToQuote();
  }

  function arrive() {
    const title = byId("source-title");
    titleGone.disconnect();
    if (title) {
      title.focus({ preventScroll: true });
      titleGone.observe(title);
    }
    const picture = body.querySelector(".page-picture");
    if (picture) {
      picture.addEventListener("load", scrollToQuote, { once: true });
      picture.addEventListener("error", () => pictureFailed(picture), { once: true });
    }
    scrollToQuote();
    document.querySelectorAll(".marker.current").forEach((one) => one.classList.remove("current"));
    if (opener && opener.classList.contains("marker")) opener.classList.add("current");
    if (opener) opener.scrollIntoView({ block: "nearest" });
  }

  function close() {
    if (panel.hidden) return;
    asked++;
    panel.hidden = true;
    root.classList.remove("panel-open");
    body.replaceChildren();
    document.querySelectorAll(".marker.current").forEach((one) => one.classList.remove("current"));
    if (opener && opener.isConnected) opener.focus();
    opener = null;
  }

  function openSource(button) {
    const place = /^([0-9a-f]{16})\/(\d+)\/(\d+)\/(\d+)(\/whole)?$/.exec(button.value);
    if (!place) return;
    const [, id, version, start, end, whole] = place;
    const query = new URLSearchParams({ start, end });
    if (whole) query.set("whole", "true");
    open(`/fragments/source/${id}/${version}?${query}`, button);
  }

  function openDocument(button) {
    const place = /^([0-9a-f]{16})\/(\d+)$/.exec(button.value);
    if (place) open(`/fragments/source/${place[1]}/${place[2]}`, button);
  }

  async function copyAnswer(button) {
    const text = button.parentElement.querySelector(".plain").textContent;
    const told = button.parentElement.querySelector(".copied");
    try {
      await navigator.clipboard.writeText(text);
      told.textContent = "Copied";
    } catch {
      told.textContent = "Could not be copied: this browser does not allow it";
    }
    setTimeout(() => (told.textContent = ""), 4000);
  }

  function removeDocument(button) {
    if (!/^[0-9a-f]{16}$/.test(button.value)) return;
    const dialog = byId("confirm");
    byId("confirm-text").textContent = button.title.replace(/^Remove /, "");
    dialog.returnValue = "keep";
    dialog.addEventListener(
      "close",
      async () => {
        if (dialog.returnValue !== "remove") return;
        const response = await fetch(`/api/documents/${button.value}`, { method: "DELETE" });
        announce(response.ok ? "Removed." : await problem(response));
        if (!response.ok) button.closest("li").append(say(byId("announcer").textContent));
        else byId("refresh").click();
      },
      { once: true },
    );
    dialog.showModal();
  }

  // Sources go in one by one, so that each has its receipt as soon as it is done.
  async function add(form) {
    const known = [...form.querySelectorAll("input:not([type=file])")].filter((field) => field.value.trim());
    const files = [...form.querySelector("#files").files];
    const addresses = byId("addresses").value.split(/\s+/).filter(Boolean);
    const receipts = byId("receipts");
    const now = byId("adding-now");
    const total = files.length + addresses.length;
    receipts.replaceChildren();
    byId("added").textContent = "";
    if (!total) return receipts.append(say("Nothing was chosen. Choose files, or write addresses."));
    byId("add").disabled = true;
    now.hidden = false;
    let done = 0;
    for (const source of [...files, ...addresses]) {
      const name = source.name ?? source;
      byId("adding-share").value = done / total;
      now.querySelector(".said-now").textContent = `Reading ${++done} of ${total}: ${name}`;
      receipts.insertAdjacentHTML("beforeend", (await receipt(source, known)) ?? "");
    }
    now.hidden = true;
    byId("add").disabled = false;
    form.querySelector("#files").value = "";
    byId("addresses").value = "";
    byId("added").textContent = summed(receipts);
    byId("refresh").click();
  }

  const sums = { ingested: "added", new_version: "new version", unchanged: "already in the library" };

  function summed(receipts) {
    const all = receipts.querySelectorAll("li.receipt").length;
    const parts = Object.entries(sums).map(([status, words]) => [receipts.querySelectorAll(`.${status}`).length, words]);
    parts.push([all - parts.reduce((sum, [number]) => sum + number, 0), "not added"]);
    return `${parts.filter(([number]) => number).map((part) => part.join(" ")).join(", ")}.`;
  }

  async function receipt(source, known) {
    const options = { method: "POST" };
    if (source instanceof File) {
      options.body = new FormData();
      options.body.append("files", source, source.name);
      known.forEach((field) => options.body.append(field.name, field.value));
    } else {
      const given = known.map((field) => [field.name, field.value]);
      options.body = JSON.stringify({ address: source, ...Object.fromEntries(given) });
      options.headers = { "content-type": "application/json" };
    }
    let told = "The server cannot be reached. Is it still running?";
    try {
      const response = await fetch("/fragments/receipts", options);
      if (response.ok) return await response.text();
      told = await problem(response);
    } catch {
      // Said below.
    }
    const line = document.createElement("li");
    line.className = "receipt";
    line.append(say(`${source.name ?? source}: ${told}`));
    byId("receipts").append(line);
    return null;
  }

  function place(form) {
    const place = byId("adding");
    if (!place || place.querySelector("form")) return;
    place.append(form.content.cloneNode(true));
    const made = place.querySelector("form");
    const drop = made.querySelector(".drop");
    const field = made.querySelector("#files");
    made.addEventListener("submit", (event) => {
      event.preventDefault();
      add(made);
    });
    drop.addEventListener("dragover", (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      field.files = event.dataTransfer.files;
    });
  }

  const questionField = () => document.querySelector("#question textarea, #question input");

  // What was pressed is gone; without a place of its own the keyboard would start again at the top of the page.
  // On a touch screen the focus would bring up the keys, over the answer.
  function toQuestion() {
    if (matchMedia("(hover: hover)").matches) questionField().focus({ preventScroll: true });
  }

  function fill(field, value) {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // A question that was corrected, or chosen from several, is taken as it stands: it is no follow-up.
  const asAsked = (is) => fill(document.querySelector("#as-asked textarea, #as-asked input"), is ? "yes" : "");

  function editQuestion(button) {
    const field = questionField();
    fill(field, button.value);
    asAsked(true);
    field.focus();
    field.select();
  }

  function askThis(button) {
    fill(questionField(), button.value);
    asAsked(true);
    // Gradio takes the new value over before the next frame.
    requestAnimationFrame(() => byId("send").click());
    toQuestion();
  }

  // Gradio builds a tab when it is opened first: the field is there some frames later.
  let adding = false;

  function openLibrary() {
    document.querySelectorAll("#tabs [role=tab]")[1].click();
    adding = true;
    tidy();
  }

  // How many filters are set is said where they are folded away: a forgotten one changes every answer.
  function countFilters() {
    const label = document.querySelector("#filters .label-wrap > span:not(.icon)");
    if (!label) return;
    const typed = [...document.querySelectorAll("#filters [data-testid=textbox]")].filter((field) => field.value.trim());
    const chosen = [...document.querySelectorAll("#filters .block")].filter((field) => field.querySelector(".token"));
    const set = typed.length + chosen.length;
    const words = set ? `Filters (${set} set)` : "Filters";
    if (label.textContent !== words) label.textContent = words;
    label.parentElement.querySelector(".icon")?.setAttribute("aria-hidden", "true");
  }

  const conversationField = () => document.querySelector("#conversation-id textarea, #conversation-id input");
  const side = byId("conversations");
  const identity = /^[0-9a-f]{16}$/;
  const current = () => conversationField()?.value ?? "";
  let listing = 0;
  let known = null;

  async function listConversations() {
    const turn = ++listing;
    const query = new URLSearchParams({ search: byId("conversation-search").value.trim(), current: current() });
    let shown = null;
    try {
      const response = await fetch(`/fragments/conversations?${query}`);
      shown = response.ok ? await response.text() : null;
    } catch {
      // Said below.
    }
    if (turn !== listing) return;
    if (shown === null) byId("conversation-list").replaceChildren(say("The conversations cannot be shown."));
    else byId("conversation-list").innerHTML = shown;
  }

  // Wide windows show the list unless the reader hid it; narrow ones only when asked.
  function showConversations(shown, focus) {
    side.hidden = !shown;
    const toggle = byId("toggle-conversations");
    toggle.setAttribute("aria-expanded", String(shown));
    root.classList.toggle("side-open", shown);
    if (shown) listConversations();
    if (focus) (shown ? byId("conversations-title") : toggle).focus();
  }

  function toggleConversations() {
    const shown = side.hidden;
    if (matchMedia("(min-width: 90rem)").matches) localStorage.setItem("conversations", shown ? "shown" : "hidden");
    showConversations(shown, true);
  }

  const narrow = () => !matchMedia("(min-width: 64rem)").matches;

  // The address names the conversation, so that it is there again after a reload and can be kept as a bookmark.
  function addressOf(id) {
    const address = new URL(location.href);
    if (id) address.searchParams.set("conversation", id);
    else address.searchParams.delete("conversation");
    history.replaceState(null, "", address);
  }

  function openConversation(id) {
    if (!identity.test(id)) return;
    if (document.querySelector("#conversation .forming")) return announce("Wait for the answer first.");
    fill(conversationField(), id);
    known = id;
    addressOf(id);
    // Gradio takes the new value over before the next frame.
    requestAnimationFrame(() => byId("reopen").click());
    if (narrow()) showConversations(false);
    listConversations();
  }

  function newConversation() {
    if (document.querySelector("#conversation .forming")) return announce("Wait for the answer first.");
    byId("again").click();
    if (narrow()) showConversations(false);
    toQuestion();
  }

  async function change(id, options, done) {
    let told = "The server cannot be reached. Is it still running?";
    try {
      const response = await fetch(`/api/conversations/${id}`, options);
      told = response.ok ? done : await problem(response);
      if (response.ok && options.method === "DELETE" && current() === id) newConversation();
    } catch {
      // Said below.
    }
    announce(told);
    await listConversations();
    if (told !== done) byId("conversation-list").prepend(say(told));
    byId("conversations-title").focus();
  }

  function confirmed(dialog, answer, act) {
    dialog.returnValue = "keep";
    dialog.addEventListener("close", () => dialog.returnValue === answer && act(), { once: true });
    dialog.showModal();
  }

  function deleteConversation(button) {
    if (!identity.test(button.value)) return;
    byId("deleting-text").textContent = button.title.replace(/^Delete /, "");
    confirmed(byId("confirm-deleting"), "remove", () => change(button.value, { method: "DELETE" }, "Deleted."));
  }

  function renameConversation(button) {
    if (!identity.test(button.value)) return;
    const field = byId("new-name");
    field.value = button.title.replace(/^Rename /, "");
    confirmed(byId("renaming"), "rename", () => {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ name: field.value.trim() });
      change(button.value, { method: "PATCH", headers, body }, "Renamed.");
    });
    field.select();
  }

  // Whenever the page changes: the first time, the conversation of the address is opened; then the address follows.
  function followConversation() {
    const field = conversationField();
    if (!field || !byId("reopen")) return;
    const toggle = byId("toggle-conversations");
    if (known === null) {
      known = "";
      toggle.hidden = false;
      const wide = matchMedia("(min-width: 90rem)").matches && localStorage.getItem("conversations") !== "hidden";
      if (wide) showConversations(true);
      const wanted = new URLSearchParams(location.search).get("conversation") ?? "";
      if (identity.test(wanted)) openConversation(wanted);
    } else if (field.value !== known) {
      known = field.value;
      addressOf(known);
      if (!side.hidden) listConversations();
    }
  }

  let searching = 0;
  byId("conversation-search").addEventListener("input", () => {
    clearTimeout(searching);
    searching = setTimeout(listConversations, 200);
  });

  const actions = {
    "edit-question": editQuestion,
    "toggle-conversations": toggleConversations,
    "new-conversation": newConversation,
    "open-conversation": (button) => openConversation(button.value),
    "rename-conversation": renameConversation,
    "delete-conversation": deleteConversation,
    "open-source": openSource,
    "open-document": openDocument,
    "copy-answer": copyAnswer,
    "remove-document": removeDocument,
    "ask-this": askThis,
    "open-library": openLibrary,
    "close-panel": close,
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[name]");
    const act = button && Object.hasOwn(actions, button.name) && actions[button.name];
    if (act) {
      event.preventDefault();
      act(button);
    }
    if (event.target.closest("#again")) toQuestion();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) close();
    const tab = event.target.closest?.("#tabs [role=tab]");
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!tab || !step) return;
    const tabs = [...document.querySelectorAll("#tabs [role=tab]")];
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    next.focus();
    next.click();
  });

  document.addEventListener("input", (event) => {
    countFilters();
    if (event.target === questionField() && !event.target.value.trim()) asAsked(false);
  });

  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    questionField()?.focus();
  });

  // Gradio names each message by its source text, tags and all; a reader of the screen should hear the text alone.
  // A new question is brought to the top of the window, so that its answer is read from the beginning.
  let questions = 0;
  let answered = 0;
  const tidy = () => {
    place(byId("adding-form"));
    if (adding && byId("files")?.offsetParent) {
      adding = false;
      byId("files").focus();
    }
    countFilters();
    followConversation();
    document.querySelectorAll("#conversation [data-testid][aria-label]").forEach((message) => {
      message.setAttribute("role", "group");
      message.setAttribute("aria-label", message.dataset.testid === "user" ? "Your question" : "Answer");
    });
    const asked = document.querySelectorAll("#conversation .asked");
    const answers = document.querySelectorAll("#conversation article.answer, #conversation .failure").length;
    root.classList.toggle("talking", asked.length + answers > 0);
    if (answers !== answered && !side.hidden) listConversations();
    answered = answers;
    if (asked.length > questions) {
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      asked[asked.length - 1].scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
    }
    questions = asked.length;
  };
  let pending = false;
  new MutationObserver(() => {
    if (pending) return;
    pending = true;
    requestAnimationFrame(() => {
      pending = false;
      tidy();
    });
  }).observe(document.querySelector("gradio-app"), { childList: true, subtree: true });
})();
