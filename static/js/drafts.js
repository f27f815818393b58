// What is half typed survives closing, a crash and a restart: the worker keeps it, encrypted, until its form is sent. A draft is named by
// the address of its form. `#7` behind an address opens the form with what waits in the outbox as number 7.
import { ask } from "./ask.js";
import { whenReady } from "./ready.js";
import { say } from "./say.js";

const SOON = 300; // milliseconds after the last key
const NEVER = ["csrf_token", "id", "handoff_id", "all", "who"];

let pending;
let typed; // and not sent yet

/** Nothing for a form that is kept by the server as it is typed, or by nobody. */
const nameOf = (form) => form?.elements.draft?.value;
const put = (form, fields) => ask("keepDraft", { name: nameOf(form), fields, who: form.elements.who?.value });

/** Keeps what is being typed; not that of a form that is sent. */
function keep(sent) {
  typed &&= sent?.type !== "submit";
  const form = pending?.form;
  clearTimeout(pending?.timer);
  pending = undefined;
  if (!form || form === sent?.target) return;
  put(form, Object.fromEntries([...new FormData(form)].filter(([name]) => !NEVER.includes(name))));
}

function changed({ target: { form } }) {
  if (!nameOf(form)) return;
  keep({ target: form });
  typed = true;
  pending = { form, timer: setTimeout(keep, SOON) };
}

function fill(form, fields) {
  for (const field of form.elements) {
    const value = fields.all && field.name.startsWith("term-") ? "kept" : fields[field.name];
    if (value === undefined || NEVER.includes(field.name)) continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === value;
    else field.value = value;
    if (field.value && field.tagName === "TEXTAREA") field.closest("details")?.setAttribute("open", ""); // what was typed is seen
  }
}

/** What a form shows since then (or of now, if it came back with mistakes) is newer than a draft from before. */
async function restore(form) {
  const name = nameOf(form);
  const since = form.elements.draft?.dataset.since;
  if (!name || since === "now") return;
  let fields = await ask("draft", { name });
  const n = location.hash.slice(1);
  const row = n && (await ask("list"))?.find((one) => one.n == n && one.fields.draft === name)?.fields;
  if (row && fields?.replaces !== row.id) fields = { ...row, replaces: row.id };
  if (!fields || fields.kept < since || !form.isConnected || pending?.form === form) return;
  fill(form, fields);
  typed = true;
  say(document.getElementById("device")?.dataset.restored ?? "", true);
}

document.addEventListener("input", changed);
document.addEventListener("change", changed);
document.addEventListener("submit", keep);
document.addEventListener("click", ({ target }) => {
  const form = target.closest?.(".actions a")?.closest("form"); // "Cancel"
  if (!nameOf(form)) return;
  keep({ target: form });
  put(form);
});
addEventListener("pagehide", keep);
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return keep();
  const { today, zone } = document.querySelector("[data-zone]")?.dataset ?? {};
  if (!typed && today < new Date().toLocaleDateString("sv", { timeZone: zone })) location.reload(); // it lay there overnight
});
whenReady((root) => root.querySelectorAll("form").forEach(restore));
