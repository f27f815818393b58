// What is half typed survives closing, a crash and a restart: the worker keeps it, encrypted, until its form is sent. A draft is named by
// the address of its form. `#7` behind an address opens the form with what waits in the outbox as number 7.
import { ask } from "./ask.js";
import { first, marked, now } from "./field-state.js";
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

/** Fills in what was kept. What was typed before that, or saved since, is newer; of a text both stay. */
function fill(form, fields, old, known) {
  const touched = [...form.elements].map((field) => (old || now(field) !== first(field)) && field.name);
  for (const field of form.elements) {
    const { name, value: here } = field;
    const value = fields.all && name.startsWith("term-") ? "kept" : fields[name];
    if (value === undefined || NEVER.includes(name)) continue;
    const text = field.rows; // of all fields a text alone has them
    if (touched.includes(name) && (!known || (text && !value.includes(here)))) {
      if (!text || here.includes(value.trim())) continue;
      field.value = `${value}\n${here}`.trim();
      changed({ target: field });
    } else if (marked(field)) field.checked = here === value;
    else field.value = value;
    if (text && field.value) field.closest("details")?.setAttribute("open", ""); // what was typed is seen
  }
}

/** What a form shows since then (or of now, if it came back with mistakes) is newer than a draft from before. */
async function restore(form) {
  const name = nameOf(form);
  const { draft, replaces, who } = form.elements;
  const { since } = draft?.dataset ?? {};
  if (!name || since === "now") return;
  let fields = await ask("draft", { name, who: who?.value });
  const n = location.hash.slice(1);
  const row = n && (await ask("list"))?.find((one) => one.n == n && one.fields.draft === name)?.fields;
  if (row && fields?.replaces !== row.id) fields = { ...row, replaces: row.id };
  const known = replaces.value;
  if (!fields || !form.isConnected || (known && pending?.form === form)) return;
  if (fields.draft) {
    fill(form, fields, fields.kept < since, known);
    typed = true;
    say(document.getElementById("device").dataset.restored, true);
  }
  replaces.value ||= "-"; // nothing; but the form knows of its draft, which goes once it is sent
}

const restoreAll = () => document.querySelectorAll("form").forEach(restore);

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
  else restoreAll(); // another tab may know more
});
whenReady(restoreAll);
