// What the device holds, by name. Everything that somebody wrote is encrypted under the key of the signed-in person: AES-GCM,
// and the key cannot be read out of the browser. Entries that wait are named by their number, in the order of writing.
// A storage that is full or out of order holds nothing, and the app does what it can without; only an entry that is to wait fails then.
import { createStore, promisifyRequest as done } from "idb-keyval";

const store = createStore("keyval-store", "keyval");
const within = (beginning) => IDBKeyRange.bound(beginning, `${beginning}\uffff`);
const read = (how) => store("readonly", how).catch(() => {});
const surely = (how) => store("readwrite", (all) => (how(all), done(all.transaction)));
const change = (all, name, how) => (all.get(name).onsuccess = ({ target }) => how(target.result));
const write = (how) => surely(how).catch(() => {});
const ROW = "row:";
const MINUTE = 60_000; // milliseconds: an answer's date has whole seconds, and was a while on its way

export const get = (name) => read((all) => done(all.get(name)));
export const put = (name, value) => write((all) => all.put(value, name));
export const drop = (name) => write((all) => all.delete(name));

/** Deletes every kept value whose name begins so. */
export const dropAll = (beginnings) => write((all) => beginnings.forEach((one) => all.delete(within(one))));

/** Deletes every cache but this one. */
export async function tidy(but) {
  for (const name of await caches.keys()) if (name !== but) await caches.delete(name);
}

/** Every entry that waits, in order. */
export async function rows() {
  const mine = within(ROW);
  const [names, found] = (await read((all) => Promise.all([done(all.getAllKeys(mine)), done(all.getAll(mine))]))) ?? [[]];
  return names.map((name, i) => ({ ...found[i], n: Number(name.slice(ROW.length)) })).sort((one, other) => one.n - other.n);
}

/** Keeps one more, the last in order; its number. Fails where it could not be kept. */
export async function addRow(row) {
  let n;
  await surely((all) =>
    change(all, "last", (last = 0) => {
      all.put((n = last + 1), "last");
      all.put(row, ROW + n);
    }),
  );
  return n;
}
export const putRow = (n, row) => put(ROW + n, row);
export const dropRow = (n) => drop(ROW + n);

/** Keeps the key, unless somebody left since. */
export const keep = (mine, left) => write((all) => change(all, "left", (now) => now === left && all.put(mine, "key")));

/** The key while the sign-in lasts: { who, key, until, skew }. With a `who`, the page's own: not for one that somebody else left open. */
export async function current(who) {
  const found = await get("key");
  if (found && Date.now() + found.skew < found.until && (who ?? found.who) === found.who) return found;
}

/** This device's clock may have been set since the key came: the server says again what time it is. In one step, for the key may go. */
export const heed = ({ headers }) =>
  write((all) => {
    const skew = Date.parse(headers.get("date")) - Date.now();
    change(all, "key", (mine) => Math.abs(skew - mine?.skew) > MINUTE && all.put({ ...mine, skew }, "key"));
  });

/** The time by the server's clock, as far as this device knows. */
export const instant = (skew) => new Date(Date.now() + skew).toISOString();

export async function seal({ key }, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify(value))) };
}

/** What was sealed; nothing where nothing was, or with another key. */
export async function unseal(mine, sealed) {
  try {
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, mine.key, sealed.data)));
  } catch {
    // Not ours to read.
  }
}
