// After a swap: keeps the focus on the page, and says what changed.
import { say } from "./say.js";

const lost = () => !document.activeElement || document.activeElement === document.body;

function focusOn(element) {
  if (!element) return;
  if (!element.matches("a, button, input, select, textarea, [tabindex]")) element.tabIndex = -1;
  element.focus({ preventScroll: element.dataset.focus === undefined });
}

document.addEventListener("htmx:after:swap", ({ detail }) => {
  const target = detail.ctx.target?.isConnected ? detail.ctx.target : document.getElementById("main");
  const wrong = target.querySelector("[data-focus]");
  if (wrong) return focusOn(wrong);
  if (lost()) focusOn(target.querySelector("h1, h2") ?? target);
  const news = target.querySelector("[data-announce]") ?? (target.matches("[data-announce]") ? target : null);
  if (news) say(news.textContent.trim().replace(/\s+/g, " "));
});

document.addEventListener("htmx:error", () => say(document.getElementById("say")?.dataset.failed ?? "", true));
document.addEventListener("htmx:after:request", () => document.getElementById("say")?.classList.remove("shown"));

// A whole page that came back with mistakes: start at their list.
focusOn(document.querySelector("[data-focus]"));
