// <b data-elapsed="725">: seconds since a start, as the server counted them. Goes on counting with this device's clock, whatever that clock says.
function show(element) {
  const { elapsed } = element.dataset;
  if (element.elapsed !== elapsed) Object.assign(element, { elapsed, since: Date.now() - elapsed * 1000 });
  const seconds = Math.max(0, Math.floor((Date.now() - element.since) / 1000));
  element.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

const tick = () => document.querySelectorAll("[data-elapsed]").forEach(show);
tick();
setInterval(tick, 1000);
