// <b data-elapsed="725">: seconds since a start, as the server counted them. Goes on counting with this device's clock, whatever that clock says.
const starts = new WeakMap();

function started(element) {
  const known = starts.get(element);
  if (known?.text === element.dataset.elapsed) return known.at;
  const at = Date.now() - Number(element.dataset.elapsed) * 1000;
  starts.set(element, { text: element.dataset.elapsed, at });
  return at;
}

function show(element) {
  const seconds = Math.max(0, Math.floor((Date.now() - started(element)) / 1000));
  element.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

const tick = () => document.querySelectorAll("[data-elapsed]").forEach(show);
tick();
setInterval(tick, 1000);
