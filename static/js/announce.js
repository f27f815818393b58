// After a swap: keeps the focus on the page, and says what changed.
import { failed, hush, say } from "./say.js";

const lost = () => !document.activeElement || document.activeElement === document.body;

function inSight(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}

function focusOn(element) {
  if (!element) return;
  if (!element.matches("a, button, input, select, textarea, [tabindex]")) element.tabIndex = -1;
  element.focus({ preventScroll: element.dataset.focus === undefined });
}

/** Whether somebody has gone to another field since: then the focus is theirs. */
const elsewhere = ({ from }) => document.activeElement !== from && document.activeElement?.matches("input, textarea, select");

document.addEventListener("htmx:before:request", ({ detail }) => (detail.ctx.from = document.activeElement));
document.addEventListener("htmx:after:swap", ({ detail }) => {
  const target = detail.ctx.target?.isConnected ? detail.ctx.target : document.getElementById("main");
  // A whole other page took this one's place: begin at its top, as a browser does.
  if (target === document.body) {
    scrollTo(0, 0);
    if (!target.querySelector("[data-focus]")) focusOn(target.querySelector("h1"));
  }
  const wrong = target.querySelector("[data-focus]");
  if (wrong) return (target !== document.body && elsewhere(detail.ctx)) || focusOn(wrong);
  if (lost()) focusOn(target.querySelector("h1, h2") ?? target);
  const news = target.querySelector("[data-announce]") ?? (target.matches("[data-announce]") ? target : null);
  if (news) say(news.textContent.trim().replace(/\s+/g, " "), !inSight(news));
});

document.addEventListener("htmx:error", failed);
document.addEventListener("htmx:after:request", ({ detail }) => detail.ctx.swap !== "none" && hush());
// A sentence on the screen goes with the next touch; only "that did not go through" waits for the next attempt.
document.addEventListener("pointerdown", () => {
  const region = document.getElementById("say");
  if (region?.textContent !== region?.dataset.failed) hush();
});

// A whole page that came back with mistakes: start at their list.
focusOn(document.querySelector("[data-focus]"));
