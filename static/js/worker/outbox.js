// Entries that wait to be sent: in order, many in one request, each deleted only after the server has said what became of it.
import { reach } from "./network.js";
import { lock, waiting } from "./sign-in.js";
import { addRow, current, drop, dropRow, get, instant, put, putRow, rows, seal, unseal } from "./store.js";

const AT_ONCE = 100;

/** Tells every open page how many wait, and whether somebody has to sign in first. */
export async function tell(done) {
  const news = { waiting: await waiting(), signIn: !(await current()), done };
  for (const client of await clients.matchAll({ includeUncontrolled: true })) client.postMessage(news);
  return news;
}

const held = new Set(); // on their way from their pages
/** Keeps an entry: where it is to go, its fields, when. Its number. */
export async function hold(mine, entry) {
  const n = await addRow({ who: mine.who, ...(await seal(mine, entry)) });
  held.add(n);
  return n;
}

/** From now on it waits for whoever sends it. */
export async function release(n) {
  held.delete(n);
  registration.sync?.register("outbox").catch(() => {});
  await tell();
}

/** Mine, as written, in order. */
export async function list() {
  const mine = await current();
  const found = [];
  for (const row of await rows()) {
    const entry = await unseal(mine, row);
    if (entry) found.push({ ...entry, n: row.n });
  }
  return found;
}

/** Those of them that nobody has sent yet. */
export const unsent = async () => (await list()).filter(({ n, wrong }) => !wrong && !held.has(n));

let sending;
/** Sends what waits, unless that is going on already. How many are left. */
export const flush = () => (sending ??= send().finally(() => (sending = undefined)));

async function send() {
  const all = await unsent();
  await sendAll(await current(), all);
  return (await tell(all.length)).waiting;
}

/** Sends these, as `mine`: who leaves has given up the key by then. */
export async function sendAll(mine, all) {
  try {
    for (let from = 0; from < all.length; from += AT_ONCE) await deliver(mine, all.slice(from, from + AT_ONCE));
  } catch {
    // No network, or the answer was lost, or it was no answer: next time.
  }
}

async function deliver(mine, entries) {
  const body = new Blob([JSON.stringify({ who: mine.who, entries })], { type: "application/json" });
  const response = await reach("/outbox", { method: "POST", body });
  if ([401, 409].includes(response.status)) await lock(); // nobody is signed in, or somebody else
  const { answers } = await response.json();
  for (const [i, [status, text]] of answers.entries()) await settle(mine, entries[i], status, text);
}

async function settle(mine, { n, ...entry }, status, wrong) {
  if (status < 300) return dropRow(n);
  if (status < 500) await putRow(n, { who: mine.who, ...(await seal(mine, { ...entry, wrong })) });
}

/** Discards one; with the beginning of a noise its end as well. */
export async function discard({ n }) {
  const all = await list();
  const { trial, path, fields } = all.find((one) => one.n === n) ?? {};
  if (path === "noise") {
    await drop(`running:${trial}`);
    for (const one of all) if (one.path.includes(fields.id)) await dropRow(one.n);
  }
  await dropRow(n);
  return tell();
}

const draftKey = ({ who }, name) => `draft:${who}:${name}`;

/** Keeps what is half typed in a form, with the time. */
export const keepDraft = async (mine, name, fields) =>
  put(draftKey(mine, name), await seal(mine, { ...fields, kept: instant(mine.skew) }));

export const draft = async (mine, name) => unseal(mine, await get(draftKey(mine, name)));

/** Drops it; one that was typed later than `at` stays. */
export async function dropDraft(mine, name, at) {
  if (!((await draft(mine, name))?.kept > at)) await drop(draftKey(mine, name));
}

/** A noise that runs, as this device knows it. */
export async function running(trial) {
  return unseal(await current(), await get(`running:${trial}`));
}

export async function runs(mine, trial, path, fields, at) {
  if (path === "noise") await put(`running:${trial}`, await seal(mine, { id: fields.id, at }));
  else if (path.startsWith("noise/")) await drop(`running:${trial}`);
}
