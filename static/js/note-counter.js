// How many characters are left in a note. Quiet until the end is near.
import { whenReady } from "./ready.js";
import { say } from "./say.js";

const NEAR = 20;

function count(field) {
  const counter = document.getElementById(field.dataset.count);
  if (!counter) return;
  const left = field.maxLength - field.value.length;
  const text = counter.dataset.left.replace("{n}", left);
  if (counter.textContent === text) return;
  counter.textContent = text;
  counter.classList.toggle("near", left <= NEAR);
  if (left === NEAR || left === 0) say(text);
}

document.addEventListener("input", ({ target }) => target.matches?.("[data-count]") && count(target));
whenReady((root) => root.querySelectorAll("[data-count]").forEach((field) => field.value && count(field)));
