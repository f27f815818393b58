// The service worker: an app that opens and takes entries without a network, and keeps nothing that somebody else could read.
// Everything that the device holds goes through here; pages only ask. ASSETS, put in by the build, are the addresses of the app's files.
import { FILES, file, install, own, page, renew } from "./worker/kit.js";
import { PATIENCE, ask, patience, wait } from "./worker/network.js";
import { discard, draft, dropDraft, flush, keepDraft, list, sendAll, unsent } from "./worker/outbox.js";
import { post } from "./worker/posts.js";
import { finishLeaving, forget, keyOf, leave, leaving, told, waiting } from "./worker/sign-in.js";
import { current, drop, get, heed, put, tidy } from "./worker/store.js";
import "./worker/push.js";

// An exit that finds a sign-out on its way is not done with that: the server may have asked whether somebody is sure.
const LEAVING = { "/exit": () => leave(exit).then((answer) => (answer.status ? leave(exit) : answer)), "/sign-out": (request) => leave(() => signOut(request)) };

addEventListener("install", (event) => event.waitUntil(install().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(tidy(FILES).then(() => clients.claim())));
addEventListener("sync", (event) => event.waitUntil(flush().then((left) => left && Promise.reject())));

addEventListener("fetch", (event) => {
  const answer = answered(event.request);
  if (answer) event.respondWith(answer);
});

/** What is not the browser's own business. */
function answered(request) {
  const url = new URL(request.url);
  const { origin, pathname } = url;
  if (origin !== location.origin) return;
  if (request.method === "POST") return LEAVING[pathname]?.(request) ?? post(request, url);
  if (pathname.startsWith("/static/")) return file(request);
  if (request.mode === "navigate" || request.headers.get("HX-Request-Type") === "full") return show(request, url);
}

/** The network's page; this device's own where there is no network, or hardly one. */
async function show(request, url) {
  // A browser may ask for the page while it still starts the worker: such an answer is older than the leaving.
  if (await leaving()) return finishLeaving().then((answer) => (answer.type === "error" ? answer : Response.redirect(url)));
  const left = await get("left");
  // What waits is sent first: the page is to know of it. Once more where an older try was under way, on a network that was dead then.
  const asked = flush().then((all) => all && flush()).then(() => ask(request)).then(async (answer) => {
    if ((await get("left")) !== left) return Response.redirect(url); // somebody left meanwhile: it may be theirs
    await heed(answer);
    return (answer.status > 501 && (await own(url))) || answer;
  });
  const slow = patience().then(() => own(url)).then((kept) => kept ?? wait(PATIENCE).then(() => page(url, asked)));
  return Promise.race([asked, slow]).catch(() => page(url));
}

/** Exit: the device forgets at once. What waited is still sent if it can be; the server is told now or later. */
async function exit() {
  await put("leaving", 1); // first: the app may be closed before an answer comes
  const mine = await current();
  const all = await unsent();
  await forget();
  await Promise.race([sendAll(mine, all), patience()]);
  return told("/exit");
}

/** Signing out. Who closes the app before there is an answer has left nevertheless. */
async function signOut(request) {
  const body = new URLSearchParams(await request.text());
  await put("leaving", 1);
  // An error at once: what is on the screen goes, and nothing of ours is left to be shown without a network.
  return told("/sign-out", { headers: {}, body });
}

/** What pages ask for. Each is answered on the port that came with it. */
const ANSWERS = {
  async hello({ who, kit }) {
    const mine = await keyOf(who);
    if (mine && kit.url) await renew(mine, kit);
    return flush(); // and every page hears what waits
  },
  flush: () => Promise.race([flush(), patience().then(waiting)]),
  /** Signing out, as far as it is sure: a page asks about what cannot be sent. */
  leave: () => put("leaving", 2).then(ANSWERS.flush),
  stay: async () => (await get("leaving")) > 1 && drop("leaving"), // unless somebody left on another page
  list: async () => (await current()) && list(),
  discard,
  /** Empty where there is none; nothing while nobody knows, for want of the key. */
  async draft({ name, who }) {
    const mine = await keyOf(who); // right after a sign-in it may still be on its way
    return mine && ((await draft(mine, name)) ?? {});
  },
  async keepDraft({ name, fields, who }) {
    const mine = await current(who);
    if (mine) await (fields ? keepDraft(mine, name, fields) : dropDraft(mine, name));
  },
};

addEventListener("message", (event) => event.waitUntil(answer(event)));

async function answer({ data: { ask, ...more }, ports: [port] }) {
  port.postMessage(await ANSWERS[ask]?.(more).catch(() => {})); // what fails answers nothing
}
