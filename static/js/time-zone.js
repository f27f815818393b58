// Fills <input data-timezone> (or a <select>) with this device's time zone, if nothing was chosen yet.
import { whenReady } from "./ready.js";

whenReady((root) => {
  for (const field of root.querySelectorAll("[data-timezone]")) {
    if (field.value) continue;
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone; // only here: the first time, a phone takes a while for it
    if (!zone) continue;
    if (field.tagName === "SELECT" && ![...field.options].some((option) => option.value === zone)) continue;
    field.value = zone;
  }
});
