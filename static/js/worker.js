// The service worker: an app that opens and takes entries without a network, and keeps nothing that somebody else could read.
// Everything that the device holds goes through here; pages only ask. ASSETS, put in by the build, are the addresses of the app's files.
import { file, install, own, page, renew, tidy } from "./worker/kit.js";
import { discard, draft, dropDraft, flush, keepDraft, list, sendAll, tell } from "./worker/outbox.js";
import { entry, post } from "./worker/posts.js";
import { finishLeaving, forget, keyOf, leave } from "./worker/sign-in.js";
import { current, get, heed, put } from "./worker/store.js";
import "./worker/push.js";

const PATIENCE = 8000; // milliseconds for a page that the device has itself
const LEAVING = { "/exit": exit, "/sign-out": signOut };

addEventListener("install", (event) => event.waitUntil(install().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(tidy().then(() => clients.claim())));
addEventListener("sync", (event) => event.waitUntil(flush().then((left) => left && Promise.reject())));

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  const kept = entry(request, url);
  if (kept) event.respondWith(post(request, url, kept));
  else if (request.method === "POST" && LEAVING[url.pathname]) event.respondWith(LEAVING[url.pathname](request, url));
  else if (request.method !== "GET") return;
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (request.mode === "navigate" || request.headers.get("HX-Request-Type") === "full") event.respondWith(show(request, url));
});

/** The network's page; this device's own where there is no network, or hardly one. */
async function show(request, url) {
  // A browser may ask for the page while it still starts the worker: such an answer is older than the leaving.
  if (await get("leaving")) return (await finishLeaving()) ? Response.redirect(url) : page(url);
  const slow = new Promise((answer) => setTimeout(answer, PATIENCE)).then(() => own(url));
  const asked = fetch(request).then(async (answer) => {
    await heed(answer);
    return (answer.status > 501 && (await own(url))) || answer;
  });
  return Promise.race([asked, slow.then((kept) => kept ?? asked)]).catch(() => page(url));
}

/** Exit: the device forgets at once. What waited is still sent if it can be; the server is told now or later. */
async function exit(request, url) {
  await put("leaving", 1); // first: the app may be closed before an answer comes
  const mine = await current();
  const all = mine ? (await list()).filter((one) => !one.wrong) : [];
  const body = new URLSearchParams(await request.text());
  await forget();
  if (all.length) await Promise.race([sendAll(mine, all), new Promise((late) => setTimeout(late, 5000))]);
  return (await leave(url.pathname, { method: "POST", headers: { "X-Outbox": "1" }, body, redirect: "manual" })) ?? Response.redirect("/offline", 303);
}

/** Signing out. The server may ask first whether somebody is sure; then nothing is forgotten yet. */
async function signOut(request) {
  const body = new URLSearchParams(await request.text());
  const answer = await leave("/sign-out", { method: "POST", body, redirect: "manual" });
  if (!answer || answer.type === "opaqueredirect") await forget();
  return answer ?? Response.redirect("/offline", 303);
}

/** What pages ask for. Each is answered on the port that came with it. */
const ANSWERS = {
  async hello({ who, kit }) {
    const mine = await keyOf(who);
    if (mine && kit?.url) await renew(mine, kit);
    if (mine) await flush();
    return tell();
  },
  flush,
  list,
  discard,
  draft: ({ name }) => draft(name),
  async keepDraft({ name, fields, who }) {
    const mine = await current(who);
    if (mine) await (fields ? keepDraft(mine, name, fields) : dropDraft(mine, name));
  },
};

addEventListener("message", (event) => {
  const { ask, ...more } = event.data;
  const answer = Promise.resolve(ANSWERS[ask]?.(more)).catch(() => {}); // what fails answers nothing
  event.waitUntil(answer.then((value) => event.ports[0]?.postMessage(value)));
});
