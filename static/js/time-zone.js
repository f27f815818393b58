// Fills <input data-timezone> with this device's time zone, if nothing was chosen yet.
import { whenReady } from "./ready.js";

whenReady((root) => {
  for (const field of root.querySelectorAll("[data-timezone]")) {
    field.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? ""; // only then: the first time, a phone takes a while for it
  }
});
