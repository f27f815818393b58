// Entries that wait to be sent: in order, many in one request, each deleted only after the server has said what became of it.
import { lock, waiting } from "./sign-in.js";
import { addRow, current, drop, dropAll, dropRow, get, instant, put, putRow, rows, seal, unseal } from "./store.js";

const AT_ONCE = 100;
const EVERYWHERE = { includeUncontrolled: true };

/** Tells every open page how many wait, and whether somebody has to sign in first. */
export async function tell(done = false) {
  const news = { waiting: await waiting(), signIn: !(await current()), done };
  for (const client of await clients.matchAll(EVERYWHERE)) client.postMessage(news);
  return news;
}

/** Keeps an entry: where it was to go, its fields, when. */
export async function add(mine, { trial, path, fields, at = instant(mine.skew) }) {
  await addRow({ who: mine.who, ...(await seal(mine, { trial, path, fields, at })) });
  await registration.sync?.register("outbox").catch(() => {});
  await tell();
}

/** Mine, as written, in order. */
export async function list() {
  const mine = await current();
  const found = [];
  for (const row of mine ? await rows() : []) {
    const entry = row.who === mine.who && (await unseal(mine, row));
    if (entry) found.push({ ...entry, n: row.n });
  }
  return found;
}

let sending;
/** Sends what waits, unless that is going on already. How many are left. */
export const flush = () => (sending ??= send().finally(() => (sending = undefined)));

async function send() {
  const all = (await list()).filter((one) => !one.wrong);
  await sendAll(await current(), all);
  return (await tell(all.length > 0)).waiting;
}

/** Sends these, as `mine`: who leaves has given up the key by then. */
export async function sendAll(mine, all) {
  for (let from = 0; from < all.length; from += AT_ONCE) {
    if (!(await deliver(mine, all.slice(from, from + AT_ONCE)))) return;
  }
}

async function deliver(mine, entries) {
  try {
    const body = JSON.stringify({ who: mine.who, entries: entries.map(({ trial, path, fields, at }) => ({ trial, path, fields, at })) });
    const headers = { "Content-Type": "application/json", "X-Outbox": "1" };
    const response = await fetch("/outbox", { method: "POST", headers, body, signal: AbortSignal.timeout(60_000) });
    if (response.status === 401 || response.status === 409) await lock(); // nobody is signed in, or somebody else
    if (!response.ok) return false;
    const { answers } = await response.json();
    for (const [i, [status, text]] of answers.entries()) await settle(mine, entries[i], status, text);
    return true;
  } catch {
    return false; // no network, or the answer was lost: next time
  }
}

async function settle(mine, { n, ...entry }, status, wrong) {
  if (status < 300) return dropRow(n);
  if (status < 500) await putRow({ n, who: mine.who, ...(await seal(mine, { ...entry, wrong })) });
}

export async function discard(n) {
  await dropRow(n);
  return tell();
}

/** Back into its form: what was typed becomes the draft that the form is filled with. */
export async function mend(n) {
  const mine = await current();
  const entry = (await list()).find((one) => one.n === n);
  if (!entry) return;
  await keepDraft(mine, draftName(entry.trial, entry.fields), entry.fields);
  await discard(n);
  const { kind, day } = entry.fields;
  const paths = { noise: "noise", moment: "moments" };
  return `/trials/${entry.trial}/${paths[kind] ?? `days/${day}`}${kind === "day" ? "?change=yes" : ""}`;
}

/** Which form a draft is of. The id of what it corrects is part of it: two corrections are two drafts. */
export const draftName = (trial, { kind = "day", day, corrects = "" }) =>
  `draft:${trial}:${kind}:${kind === "day" || kind === "handoff" ? day : corrects}`;

export const keepDraft = async (mine, name, fields) => put(`${name}:${mine.who}`, await seal(mine, fields));

export async function draft(name) {
  const mine = await current();
  return mine && unseal(mine, await get(`${name}:${mine.who}`));
}

export const dropDraft = (name) => dropAll(`${name}:`);

/** A noise that runs, as this device knows it. */
export async function running(trial) {
  return unseal(await current(), await get(`running:${trial}`));
}

export async function runs(mine, trial, path, fields, at) {
  if (path === "noise") await put(`running:${trial}`, await seal(mine, { id: fields.id, at }));
  else if (path.startsWith("noise/")) await drop(`running:${trial}`);
}
