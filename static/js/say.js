/** Tells screen readers one sentence, politely. With `shown` it stays on the screen until the next one. */
export function say(text, shown = false) {
  const region = document.getElementById("say");
  if (!region) return;
  region.classList.toggle("shown", shown);
  // The same sentence twice is only read twice when the region was empty in between.
  region.textContent = "";
  setTimeout(() => (region.textContent = text), 50);
}

/** Takes the sentence off the screen. */
export const hush = () => document.getElementById("say")?.classList.remove("shown");

/** That a request came to nothing. It stays on the screen until the next attempt. */
export const failed = () => say(document.getElementById("say")?.dataset.failed ?? "", true);
