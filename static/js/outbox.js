// The page of what waits on this phone: each entry as it was written, to send, to mend or to discard.
import { ask } from "./ask.js";
import { whenReady } from "./ready.js";
import { failed } from "./say.js";

const page = () => document.getElementById("outbox");
const written = (at, more) => new Date(at).toLocaleString(page().dataset.language, { weekday: "short", day: "numeric", month: "short", ...more }).replace(",", "");

function drawn({ n, trial, path, fields, at, wrong }) {
  const item = page().querySelector("template").content.firstElementChild.cloneNode(true);
  const part = (name) => item.querySelector(`[data-${name}]`);
  const kind = fields.kind ?? path.split("/")[2] ?? "start";
  for (const word of item.querySelectorAll("[data-kind]")) if (word.dataset.kind !== kind) word.remove();
  const texts = {
    at: written(at, { hour: "2-digit", minute: "2-digit" }),
    other: !location.pathname.includes(trial) && (fields.trial_title ? `: ${fields.trial_title}` : " "),
    day: fields.day && written(`${fields.day}T12:00`),
    note: fields.note,
    wrong,
  };
  for (const name in texts) {
    const place = part(name);
    place.hidden = !texts[name];
    (place.lastElementChild ?? place).textContent = texts[name];
  }
  part("mend").hidden = !fields.draft;
  part("mend").href = `${fields.draft}#${n}`; // it waits on until the form is saved
  part("discard").dataset.discard = n;
  return item;
}

/** Nothing that is being read or pressed is drawn anew. */
async function draw() {
  if (!page()) return;
  const list = page().querySelector("[data-list]");
  const all = await ask("list"); // nothing while nobody knows: then nothing is claimed
  const now = JSON.stringify(all);
  if (list.all === now) return;
  list.all = now;
  if (list.contains(document.activeElement)) list.focus(); // it does not go with what was discarded
  list.replaceChildren(...(all ?? []).map(drawn));
  for (const one of page().querySelectorAll("[data-some]")) one.hidden = !all?.some(({ wrong }) => !wrong);
  page().querySelector("[data-none]").hidden = all?.length !== 0;
}

document.addEventListener("click", async ({ target }) => {
  const { send, discard } = target.closest?.("#outbox button")?.dataset ?? {};
  if (discard && confirm(page().dataset.sure)) ask("discard", { n: Number(discard) });
  if (send !== "") return;
  await ask("flush");
  await draw();
  if (!target.closest("[data-some]").hidden) failed();
});

navigator.serviceWorker?.addEventListener("message", draw);
whenReady(draw);
