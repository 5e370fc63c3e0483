/* What no style can say: charts scale to the sheet that they are printed on, a table of which the
   sheet has a part says so; keys reach the search. */
if (!window.bandstand) {
  window.bandstand = true;
  const drawings = () => document.querySelectorAll(".js-plotly-plot svg.main-svg");
  const grids = () => document.querySelectorAll("[data-testid=stDataFrame]");
  // A grid is a picture of what is in sight.
  const whole = grid => {
    const scroller = grid.querySelector(".dvn-scroller"), table = grid.querySelector("[role=grid]");
    if (!scroller || !table || (scroller.scrollWidth <= scroller.clientWidth + 1
        && scroller.scrollHeight <= scroller.clientHeight + 1)) return "";
    const rows = (table.getAttribute("aria-rowcount") - 1).toLocaleString("en-US");
    return `Part of a table of ${rows} rows and ${table.getAttribute("aria-colcount")} columns. `
      + "The page's CSV and Excel files have all of it.";
  };
  window.addEventListener("beforeprint", () => {
    for (const grid of grids()) grid.setAttribute("data-whole", whole(grid));
    for (const svg of drawings()) {
      svg.setAttribute("viewBox", `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`);
    }
    const app = document.querySelector(".stApp");
    document.documentElement.toggleAttribute(
      "data-dark", app !== null && getComputedStyle(app).colorScheme === "dark");
  });
  window.addEventListener("afterprint", () => {
    for (const svg of drawings()) svg.removeAttribute("viewBox");
    for (const grid of grids()) grid.removeAttribute("data-whole");
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
