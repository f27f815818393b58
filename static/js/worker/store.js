// What the device holds, by name. Everything that somebody wrote is encrypted under the key of the signed-in person: AES-GCM,
// and the key cannot be read out of the browser. Entries that wait are named by their number, in the order of writing.
import { del as drop, entries, get, keys, set as put, update } from "idb-keyval";

export { drop, get, put };
const ROW = "row:";

/** Deletes every kept value whose name begins so. */
export async function dropAll(...beginnings) {
  for (const name of await keys()) if (beginnings.some((one) => name.startsWith(one))) await drop(name);
}

/** Every entry that waits, in order. */
export async function rows() {
  const all = (await entries()).filter(([name]) => name.startsWith(ROW));
  return all.map(([name, row]) => ({ ...row, n: Number(name.slice(ROW.length)) })).sort((one, other) => one.n - other.n);
}

export async function addRow(row) {
  let n;
  await update("last", (last = 0) => (n = last + 1));
  return putRow({ ...row, n });
}
export const putRow = ({ n, ...row }) => put(ROW + n, row);
export const dropRow = (n) => drop(ROW + n);

/** The key while the sign-in lasts: { who, key, until, skew }. With a `who`, the page's own: not for one that somebody else left open. */
export async function current(who) {
  const found = await get("key");
  if (found && Date.now() + found.skew < found.until && (who ?? found.who) === found.who) return found;
}

/** The time by the server's clock, as far as this device knows. */
export const instant = (skew) => new Date(Date.now() + skew).toISOString();

export async function seal({ key }, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify(value))) };
}

/** What was sealed; nothing where it was sealed with another key. */
export async function unseal(mine, sealed) {
  if (!mine || !sealed) return;
  try {
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, mine.key, sealed.data)));
  } catch {
    // Not ours to read.
  }
}
