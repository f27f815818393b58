// What is half typed survives closing, a crash and a restart: the worker keeps it, encrypted, until its form is sent.
import { ask } from "./ask.js";
import { whenReady } from "./ready.js";
import { say } from "./say.js";

const SOON = 300; // milliseconds after the last key
const NEVER = ["csrf_token", "id", "handoff_id", "all", "who"];

let pending;

/** The same name as in `worker/outbox.js`; nothing for a form that is kept by the server as it is typed, or by nobody. */
function nameOf(form) {
  const trial = /^\/trials\/([^/]+)\/observations$/.exec(form?.getAttribute?.("action") ?? "")?.[1];
  if (!trial) return;
  const { kind, day, corrects = "" } = Object.fromEntries(new FormData(form));
  return kind !== "step" && `draft:${trial}:${kind}:${kind === "day" || kind === "handoff" ? day : corrects}`;
}

function keep() {
  const form = pending?.form;
  clearTimeout(pending?.timer);
  pending = undefined;
  if (!form) return;
  const fields = Object.fromEntries([...new FormData(form)].filter(([name]) => !NEVER.includes(name)));
  ask("keepDraft", { name: nameOf(form), fields, who: form.elements.who?.value });
}

function changed({ target }) {
  const form = target.form;
  if (!nameOf(form)) return;
  clearTimeout(pending?.timer);
  pending = { form, timer: setTimeout(keep, SOON) };
}

function fill(form, fields) {
  for (const field of form.elements) {
    const value = fields[field.name];
    if (value === undefined || field.type === "hidden" || field.tagName === "BUTTON") continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === value;
    else field.value = value;
    if (field.value && field.tagName === "TEXTAREA") field.closest("details")?.setAttribute("open", ""); // what was typed is seen
  }
}

async function restore(form) {
  const name = nameOf(form);
  if (!name || form.querySelector(".errors")) return;
  const fields = await ask("draft", { name });
  if (!fields || !form.isConnected || pending?.form === form) return;
  fill(form, fields);
  say(document.getElementById("device")?.dataset.restored ?? "", true);
}

document.addEventListener("input", changed);
document.addEventListener("change", changed);
document.addEventListener("submit", () => {
  clearTimeout(pending?.timer);
  pending = undefined;
});
addEventListener("pagehide", keep);
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());
whenReady((root) => root.querySelectorAll("form").forEach(restore));
