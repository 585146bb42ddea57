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
form.hidden = false;
form.addEventListener("input", narrow);
form.addEventListener("submit", (event) => event.preventDefault());
narrow();
