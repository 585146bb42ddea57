// Narrows the list of cases; everything is there without it.
const form = document.getElementById("narrow");
const cases = [...document.querySelectorAll(".case")];
const shown = document.getElementById("shown");
function narrow() {
  const words = form.words.value.toLowerCase();
  let count = 0;
  for (const one of cases) {
    const fits = (!form.result.value || one.dataset.result === form.result.value)
      && (!form.kind.value || one.dataset.kind === form.kind.value)
      && (!words || one.textContent.toLowerCase().includes(words));
    one.hidden = !fits;
    count += fits;
  }
  shown.textContent = `${count} of ${cases.length} cases shown`;
}
// On paper nothing can be opened: what did not pass is, unless somebody has chosen otherwise.
addEventListener("beforeprint", () => {
  const failed = cases.filter((one) => !one.hidden && one.dataset.result !== "passed");
  if (!cases.some((one) => one.open)) failed.forEach((one) => { one.open = true; });
});
if (form) { // a page that only compares has none
  form.hidden = false;
  form.addEventListener("input", narrow);
  form.addEventListener("submit", (event) => event.preventDefault());
  narrow();
}
