/** Runs a setup once the page is parsed, each in a task of its own so that a tap need not wait for all, and again whenever htmx has changed a part of it. */
export function whenReady(setup) {
  const run = () => setup(document);
  setTimeout(run);
  document.addEventListener("htmx:after:swap", run);
}
