// The key comes with the sign-in and goes with it.
import { PATIENCE, reach } from "./network.js";
import { current, drop, dropAll, get, put, rows, tidy } from "./store.js";

/** Makes sure of the key of `who`; another one's is taken away. Returns it, or nothing while nobody is signed in. */
export async function keyOf(who) {
  const held = await get("key");
  if (held && held.who !== who) await lock();
  if (!who) return;
  const mine = await current();
  return mine ?? fetchKey(who);
}

async function fetchKey(wanted) {
  const before = Date.now();
  const response = await reach("/device-key", { cache: "no-store" });
  if (!response.ok) return;
  const { who, key: text, until, now } = await response.json();
  if (who !== wanted) return; // a page that somebody else left open
  const raw = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  const mine = { who, key, until, skew: now - (before + Date.now()) / 2 };
  await put("key", mine);
  await drop("quiet");
  return mine;
}

/** The sign-in is over: what the device holds can be read by nobody until the same person is back. */
export async function lock() {
  await dropAll("key", "kit");
}

/** Somebody leaves, by Exit or by signing out: nothing stays but what could not be sent, and that without its key. */
export async function forget() {
  await dropAll("key", "kit", "draft:", "running:");
  await put("quiet", 1); // the sign-in page does not speak of what waits
  await tidy();
  for (const one of await registration.getNotifications()) one.close();
  await navigator.clearAppBadge?.().catch(() => {});
}

let going;
/** Somebody leaves in this way, unless that is going on already: a second exit might come when the next person is there. */
export const leave = (how) => (going ??= how().finally(() => (going = undefined)));

/** Whether somebody is leaving, or left and the server does not know. A phone that is full knows only the first. */
export const leaving = async () => Boolean(going) || get("leaving");

/** Tells the server. The answer once it knows; it may ask first whether somebody is sure: then nothing is forgotten yet. */
export async function told(path, init) {
  const answer = await reach(path, { method: "POST", ...init }, PATIENCE).catch(() => ({ status: 503 }));
  const { status } = answer; // 0 is to be redirected, which is to have left
  if (!status || status > 499) await forget();
  if (status > 499) return Response.error();
  await drop("leaving");
  return answer;
}

/** What was left undone without a network is done before anything else is shown. */
export const finishLeaving = () => leave(() => told("/exit"));

/** How many entries wait here that the signed-in person wrote; for nobody, how many wait for somebody to come back. */
export async function waiting() {
  const mine = await current();
  if (!mine && (await get("quiet"))) return 0;
  return (await rows()).filter((row) => !mine || row.who === mine.who).length;
}
