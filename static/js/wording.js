// Wording help: words that judge or generalise get one quiet suggestion. It never blocks, changes, counts or keeps anything.
import { say } from "./say.js";

const patterns = new Map();
const said = new WeakSet();

/** "always|refuse*" -> whole words, any case; a final * stands for any ending. */
function pattern(list) {
  if (!patterns.has(list)) {
    const words = list.split("|").map((word) => word.replace(/[.+?^${}()[\]\\]/g, "\\$&").replaceAll("*", "\\p{L}*").replace(/['’]/g, "['’]"));
    patterns.set(list, new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join("|")})(?![\\p{L}\\p{N}])`, "iu"));
  }
  return patterns.get(list);
}

document.addEventListener("input", ({ target }) => {
  const help = target.dataset?.words && document.getElementById(target.dataset.words);
  if (!help) return;
  help.hidden = !pattern(help.dataset.list).test(target.value);
  if (help.hidden || said.has(target)) return;
  said.add(target);
  say(help.textContent.trim());
});
