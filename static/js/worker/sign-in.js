// The key comes with the sign-in and goes with it.
import { PATIENCE, reach } from "./network.js";
import { current, drop, dropAll, get, keep, put, rows, tidy } from "./store.js";

/** Makes sure of the key of `who`; another one's is taken away. Returns it, or nothing while nobody is signed in. */
export async function keyOf(who) {
  await lock(who);
  return who && ((await current()) ?? fetchKey(who));
}

async function fetchKey(wanted) {
  const before = Date.now();
  const left = await get("left");
  const response = await reach("/device-key");
  if (!response.ok) return;
  const { who, raw, until, now } = await response.json();
  if (who !== wanted) return; // a page that somebody else left open
  const key = await crypto.subtle.importKey("raw", new Uint8Array(raw), "AES-GCM", false, ["encrypt", "decrypt"]);
  await keep({ who, key, until, skew: now - (before + Date.now()) / 2 }, left);
  return current();
}

/** The sign-in is over, but that of `who`: nobody can read what the device holds until the same person is back, who stays known. */
export async function lock(who) {
  const held = await get("key");
  if (!held || held.who === who) return;
  await dropAll(["key", "kit"]); // first, and by itself: a phone that is full could not keep the rest
  await put("key", { who: who || held.who });
}

/** Somebody leaves, by Exit or by signing out: nothing stays but what could not be sent, and that without its key. */
export async function forget() {
  await dropAll(["key", "kit", "draft:", "running:"]);
  await put("left", Date.now()); // what is on its way from before is for nobody any more
  await tidy();
  for (const one of await registration.getNotifications()) one.close();
  navigator.clearAppBadge?.().catch(() => {});
}

let going;
/** Somebody leaves in this way, unless that is going on already: a second exit might come when the next person is there. */
export const leave = (how) => (going ??= how().finally(() => (going = undefined)));

/** Whether somebody is leaving, or left and the server does not know. A phone that is full knows only the first. */
export const leaving = async () => (going ? true : get("leaving"));

/** Tells the server. The answer once it knows; it may ask first whether somebody is sure: then nothing is forgotten yet. */
export async function told(path, init) {
  const answer = await reach(path, { method: "POST", ...init }, PATIENCE).catch(() => ({ status: 503 }));
  const { status } = answer; // 0 is to be redirected, which is to have left
  if (!status || status > 499) await forget();
  if (status > 499) {
    new BroadcastChannel("exit").postMessage("/signed-out"); // to what else is open
    return Response.error();
  }
  await drop("leaving");
  return answer;
}

/** What was left undone without a network is done before anything else is shown. */
export const finishLeaving = () => leave(() => told("/exit"));

/** How many entries wait here that the signed-in person wrote, or the one whose sign-in ended; none for who left. */
export async function waiting() {
  const held = await get("key");
  return (await rows()).filter(({ who }) => who === held?.who).length;
}
