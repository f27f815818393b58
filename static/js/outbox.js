// The page of what waits on this phone: each entry as it was written, to send, to mend or to discard.
import { ask } from "./ask.js";
import { whenReady } from "./ready.js";

const page = () => document.getElementById("outbox");
const { lang } = document.documentElement;
const language = lang === "en" ? "en-GB" : lang; // Tue 24 Nov, 17:30: as the server writes it
const written = (at, how) => new Date(at).toLocaleString(language, { weekday: "short", ...how }).replace(",", "");

function drawn({ n, trial, path, fields, at, wrong }) {
  const item = page().querySelector("template").content.firstElementChild.cloneNode(true);
  const part = (name) => item.querySelector(`[data-${name}]`);
  const kind = fields.kind ?? path.split("/")[2] ?? "start";
  for (const word of item.querySelectorAll("[data-kind]")) if (word.dataset.kind !== kind) word.remove();
  const texts = {
    at: written(at, { hour: "2-digit", minute: "2-digit" }),
    other: !location.pathname.includes(trial) && (fields.title ? `: ${fields.title}` : " "),
    day: fields.day && written(`${fields.day}T12:00`, { day: "numeric", month: "short" }),
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

async function draw() {
  if (!page()) return;
  const all = (await ask("list")) ?? [];
  page().querySelector("[data-list]").replaceChildren(...all.map(drawn));
  for (const one of page().querySelectorAll("[data-some]")) one.hidden = all.every(({ wrong }) => wrong);
  page().querySelector("[data-none]").hidden = all.length > 0;
}

document.addEventListener("click", async (event) => {
  const { send, discard } = event.target.closest?.("#outbox button")?.dataset ?? {};
  if (discard && confirm(page().dataset.sure)) await ask("discard", { n: Number(discard) });
  else if (send !== undefined) await ask("flush");
});

navigator.serviceWorker?.addEventListener("message", draw);
whenReady(draw);
