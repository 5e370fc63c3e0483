/* What no style can say: a chart drawn for the screen scales to the sheet that it is printed on. */
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
}
