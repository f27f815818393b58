// Wording help: words that judge or generalise get one quiet suggestion. It never blocks, changes, counts or keeps anything.
import { say } from "./say.js";

/** "always|refuse*" -> whole words, any case; a final * stands for any ending. */
function pattern(list) {
  const words = list.replace(/[.+?^${}()[\]\\]/g, "\\$&").replaceAll("*", "\\p{L}*").replace(/['’]/g, "['’]");
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`, "iu");
}

document.addEventListener("input", ({ target }) => {
  const help = target.dataset?.words && document.getElementById(target.dataset.words);
  if (!help) return;
  help.pattern ??= pattern(help.dataset.list);
  help.hidden = !help.pattern.test(target.value);
  if (help.hidden || help.said) return;
  help.said = true;
  say(help.textContent.trim());
});
