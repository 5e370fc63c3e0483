/* What no style can say: charts scale to the sheet that they are printed on; keys reach the search. */
if (!window.bandstand) {
  window.bandstand = true;
  const drawings = () => document.querySelectorAll(".js-plotly-plot svg.main-svg");
  window.addEventListener("beforeprint", () => {
    for (const svg of drawings()) {
      svg.setAttribute("viewBox", `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`);
    }
    const app = document.querySelector(".stApp");
    document.documentElement.toggleAttribute(
      "data-dark", app !== null && getComputedStyle(app).colorScheme === "dark");
  });
  window.addEventListener("afterprint", () => {
    for (const svg of drawings()) svg.removeAttribute("viewBox");
    document.documentElement.removeAttribute("data-dark");
  });

  const editable = "input, textarea, select, [contenteditable=true], [role=combobox]";
  document.addEventListener("keydown", event => {
    const box = document.querySelector(".st-key-search input");
    if (event.key === "/" && box && !event.target.closest(editable)) {
      event.preventDefault();
      box.focus();
      box.select();
    } else if (["Enter", "ArrowDown"].includes(event.key) && event.target === box) {
      document.querySelector(".st-key-found :is(a, button)")?.focus();
    }
  });
}
