/** Runs a setup now that the page is parsed, and again whenever htmx has changed a part of it. */
export function whenReady(setup) {
  setup(document);
  document.addEventListener("htmx:after:swap", () => setup(document));
}
