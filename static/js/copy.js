// A button with data-copy="<id>" copies that field.
import { say } from "./say.js";

document.addEventListener("click", async ({ target }) => {
  const button = target.closest?.("[data-copy]");
  const field = button && document.getElementById(button.dataset.copy);
  if (!field) return;
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    say(button.dataset.copied, true);
  } catch {
    // No permission, or no HTTPS: the text is selected, so the device's own copy works.
    field.focus();
  }
});
